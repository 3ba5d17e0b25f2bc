import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { useAnnounce } from '../../ui/announce.tsx'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { RecordText } from '../../ui/values.tsx'
import { afterDecision, Decisions } from './Decisions.tsx'
import { evidenceWords, type Question, useText } from './queries.ts'

interface Answering {
  readonly question: Question
  readonly answer: 'joined' | 'apart'
}

/** What the rules leave to a person. */
export function OwnerDeskPage() {
  const text = useText()
  const session = useSession()
  const mayDecide = session.has('officer')
  const [answering, setAnswering] = useState<Answering>()
  const questions = useQuery(api.owners.questions.queryOptions({ input: { limit: 100 } }))
  const decisions = useQuery(api.owners.decisions.queryOptions({ input: { limit: 50 } }))
  return (
    <Page title={text.desk.title} lede={text.desk.lede} actions={<ReadAgain />}>
      {!mayDecide && <Notice>{text.desk.readOnly}</Notice>}
      <Loaded query={questions} text={text.errors}>
        {({ total, items }) => (
          <>
            {total > 0 && <p>{text.desk.questions(total)}</p>}
            <Questions items={items} mayDecide={mayDecide} onAnswer={setAnswering} />
          </>
        )}
      </Loaded>
      <Section title={text.desk.decisions} layout="stacked">
        <Loaded query={decisions} text={text.errors}>
          {({ items }) => <Decisions decisions={items} mayDecide={mayDecide} empty={text.desk.noDecisions} />}
        </Loaded>
      </Section>
      {answering && <AnswerDialog {...answering} onClose={() => setAnswering(undefined)} />}
    </Page>
  )
}

function ReadAgain() {
  const text = useText()
  const announce = useAnnounce()
  const read = useMutation(
    api.owners.read.mutationOptions({
      onSuccess: async ({ owners, names }) => {
        announce(text.desk.done(formatNumber(owners), formatNumber(names)))
        await afterDecision()
      },
    }),
  )
  return (
    <>
      <Button kind="primary" busy={read.isPending} onClick={() => read.mutate({})}>
        {text.desk.read}
      </Button>
      {read.data && (
        <Notice tone="met" live>
          {text.desk.done(formatNumber(read.data.owners), formatNumber(read.data.names))}
        </Notice>
      )}
      <ErrorSummary error={read.error} text={text.errors} attempt={read.failureCount} />
    </>
  )
}

interface QuestionsProps {
  readonly items: readonly Question[]
  readonly mayDecide: boolean
  readonly onAnswer: (answering: Answering) => void
}

function Questions({ items, mayDecide, onAnswer }: QuestionsProps) {
  const text = useText()
  const asked: Readonly<Record<string, string>> = text.asked
  return (
    <DataTable
      caption={text.desk.title}
      columns={[
        {
          name: 'first',
          header: text.page.name,
          cell: (one) => <Named id={one.firstOwnerId} name={one.firstName} />,
        },
        {
          name: 'second',
          header: text.page.name,
          cell: (one) => <Named id={one.secondOwnerId} name={one.secondName} />,
        },
        { name: 'rule', header: text.desk.rule, cell: ({ rule }) => asked[rule] ?? rule },
        {
          name: 'evidence',
          header: text.page.evidence,
          cell: ({ evidence }) => evidenceWords(evidence, text),
        },
        {
          name: 'documents',
          header: text.page.count,
          numeric: true,
          cell: ({ documents }) => formatNumber(documents),
        },
        {
          name: 'answer',
          header: '',
          cell: (question) =>
            mayDecide && (
              <>
                <Button onClick={() => onAnswer({ question, answer: 'joined' })}>{text.desk.join}</Button>{' '}
                <Button kind="quiet" onClick={() => onAnswer({ question, answer: 'apart' })}>
                  {text.desk.apart}
                </Button>
              </>
            ),
        },
      ]}
      rows={items}
      rowKey={({ id }) => id}
      empty={{ title: text.desk.none, next: text.desk.noneNext }}
    />
  )
}

function Named({ id, name }: { readonly id: string | null; readonly name: string }) {
  if (id === null) return <RecordText>{name}</RecordText>
  return (
    <TextLink href={`/patents/owners/${id}`}>
      <RecordText>{name}</RecordText>
    </TextLink>
  )
}

function AnswerDialog({ question, answer, onClose }: Answering & { readonly onClose: () => void }) {
  const text = useText()
  const { desk } = text
  const { firstName, secondName, id } = question
  const answered = useMutation(
    api.owners.answer.mutationOptions({
      onSuccess: async () => {
        onClose()
        await afterDecision()
      },
    }),
  )
  const joining = answer === 'joined'
  return (
    <ReasonDialog
      hint={text.reasonHint}
      text={text.errors}
      title={joining ? desk.joinTitle(firstName, secondName) : desk.apartTitle(firstName, secondName)}
      effect={joining ? desk.joinEffect : desk.apartEffect}
      error={answered.error}
      busy={answered.isPending}
      onDecide={(reason) => answered.mutate({ id, answer, reason })}
      onClose={onClose}
    />
  )
}

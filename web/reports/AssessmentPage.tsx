import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Form } from '../ui/Form.tsx'
import { either, language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { AssessmentItem } from './AssessmentItem.tsx'
import { useText } from './text.ts'

export type Assessment = Awaited<ReturnType<typeof client.reports.assessment>>

/** One self-assessment: what is missing first, then every item with its figures and its evidence. */
export function AssessmentPage() {
  const text = useText()
  const id = usePathParameter('id')
  const query = useQuery(
    api.reports.assessment.queryOptions({ input: { id, language }, refetchOnWindowFocus: false }),
  )
  return (
    <Page
      title={query.data?.title ?? text.assessments.title}
      crumbs={[{ text: text.assessments.title, href: '/work/assessments' }]}
      width="full"
    >
      <Loaded query={query} text={text.errors}>
        {(assessment) => <Body assessment={assessment} />}
      </Loaded>
    </Page>
  )
}

function Body({ assessment }: { readonly assessment: Assessment }) {
  const text = useText()
  const words = text.assessments
  const session = useSession()
  const { id, state, criteria, snapshot, pack } = assessment
  const mayWrite = state === 'open' && session.has('statistician', 'officer')
  return (
    <>
      <Facts
        rows={[
          { label: text.state, value: words.states[state] },
          {
            label: words.criteria,
            value: either(criteria.names),
            note: criteria.sample ? `${words.sample} · ${either(criteria.source)}` : either(criteria.source),
          },
          {
            label: text.snapshot,
            value: <TextLink href={`/snapshots/${snapshot.id}`}>{snapshot.asOf}</TextLink>,
          },
          { label: words.complete, value: words.of(assessment.complete, assessment.items) },
          ...(pack === null ? [] : [{ label: words.pack, value: <code>{pack.sha256}</code> }]),
        ]}
      />
      <p>
        <a className="button" data-kind="plain" href={`/api/v1/assessments/${id}/pack`}>
          {words.download}
        </a>
      </p>
      <p>{words.downloadNote}</p>
      <Gaps assessment={assessment} />
      {assessment.dimensions.map(({ code, names, items }) => (
        <Section key={code} title={either(names)}>
          {items.map((item) => (
            <AssessmentItem key={item.code} assessmentId={id} item={item} mayWrite={mayWrite} />
          ))}
        </Section>
      ))}
      {state === 'open' && session.has('statistician') && <Close assessment={assessment} />}
    </>
  )
}

function Gaps({ assessment }: { readonly assessment: Assessment }) {
  const { assessments: words } = useText()
  const items = new Map(
    assessment.dimensions.flatMap((dimension) => dimension.items).map((item) => [item.code, item]),
  )
  const open = assessment.gapsFirst
    .flatMap((code) => items.get(code) ?? [])
    .filter(({ gaps }) => gaps.length > 0)
  return (
    <Section title={words.gaps}>
      {open.length === 0 ? (
        <p>{words.noGaps}</p>
      ) : (
        <ol>
          {open.map((item) => (
            <li key={item.code}>
              <a href={`#${item.code}`}>{either(item.names)}</a>:{' '}
              {item.gaps.map((gap) => words.gap[gap]).join(' · ')}
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

function Close({ assessment: { id, version } }: { readonly assessment: Assessment }) {
  const text = useText()
  const words = text.assessments
  const queryClient = useQueryClient()
  const close = useMutation(
    api.reports.closeAssessment.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.reports.key() }),
    }),
  )
  return (
    <Section title={words.close} note={words.closeNote}>
      {close.isSuccess && <Notice tone="met" title={words.closed} live />}
      <Form
        onSubmit={() => close.mutate({ id, version })}
        error={close.error}
        text={text.errors}
        actions={
          <Button type="submit" kind="danger" busy={close.isPending}>
            {words.close}
          </Button>
        }
      >
        {null}
      </Form>
    </Section>
  )
}

import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { moreOf, queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { RadioGroup } from '../../ui/choices.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { MomentText, NumberText } from '../../ui/values.tsx'
import { MeasuredSection } from './Measured.tsx'
import { type Run, scopeWords, type Text, useText } from './queries.ts'

const WATCHED = 2000

/** Orders searches and lists those that were made. */
export function RunsPage() {
  const text = useText()
  const mayOrder = useSession().has('officer', 'inspector')
  const navigate = useNavigate()
  const runs = useInfiniteQuery({
    ...api.nearDuplicates.runs.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 50, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some(isOpen)) === true ? WATCHED : false,
  })
  return (
    <Page title={text.title} lede={text.lede} width="full">
      {mayOrder ? <OrderForm /> : <Notice>{text.order.readOnly}</Notice>}
      <Loaded query={runs} text={text.errors}>
        {({ pages }) => (
          <Section title={text.runs.caption} layout="stacked">
            <DataTable
              caption={text.runs.caption}
              columns={columnsOf(text)}
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => id}
              total={pages[0]?.total ?? 0}
              onOpen={({ id }) => void navigate({ to: `/work/patents/near-duplicates/${id}` })}
              more={moreOf(runs)}
              empty={{ title: text.runs.none, next: text.runs.noneNext }}
            />
          </Section>
        )}
      </Loaded>
      <MeasuredSection />
    </Page>
  )
}

export const isOpen = ({ state }: Pick<Run, 'state'>) => state === 'waiting' || state === 'running'

export const TONES: Readonly<Record<Run['state'], Tone>> = {
  waiting: 'info',
  running: 'info',
  finished: 'met',
  failed: 'late',
}

function columnsOf(text: Text) {
  const count = (name: 'documents' | 'pairs' | 'clusters') => ({
    name,
    header: text.runs[name],
    numeric: true,
    cell: (run: Run) => run[name] !== null && <NumberText value={run[name]} />,
  })
  return [
    {
      name: 'scope',
      header: text.runs.scope,
      cell: (run: Run) => (
        <TextLink href={`/work/patents/near-duplicates/${run.id}`}>{scopeWords(run, text)}</TextLink>
      ),
    },
    {
      name: 'state',
      header: text.runs.state,
      cell: ({ state }: Run) => <Badge tone={TONES[state]}>{text.states[state]}</Badge>,
    },
    {
      name: 'ordered',
      header: text.runs.ordered,
      cell: ({ orderedAt }: Run) => <MomentText value={orderedAt} />,
    },
    count('documents'),
    count('pairs'),
    count('clusters'),
  ] as const
}

const SCOPES = ['applicant', 'agency', 'corpus'] as const

function OrderForm() {
  const text = useText()
  const navigate = useNavigate()
  const [scope, setScope] = useState<Run['scope']>('applicant')
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const order = useMutation(
    api.nearDuplicates.order.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries()
        await navigate({ to: `/work/patents/near-duplicates/${id}` })
      },
    }),
  )
  const submit = () => {
    const isMissing = scope !== 'corpus' && name.trim() === ''
    setMissing(isMissing)
    if (!isMissing) order.mutate({ scope, name: scope === 'corpus' ? null : name })
  }
  return (
    <Section title={text.order.title} layout="stacked">
      <Form
        label={text.order.title}
        onSubmit={submit}
        errors={missing ? [{ field: 'name', message: text.order.nameMissing }] : []}
        error={order.error}
        text={text.errors}
        actions={
          <Button type="submit" kind="primary" busy={order.isPending}>
            {text.order.submit}
          </Button>
        }
      >
        <RadioGroup
          name="scope"
          label={text.order.scope}
          hint={text.order.scopeHint}
          value={scope}
          onChange={(value) => setScope(SCOPES.find((one) => one === value) ?? 'applicant')}
          options={SCOPES.map((value) => ({ value, label: text.order.scopes[value] }))}
          inline
        />
        {scope !== 'corpus' && (
          <TextField
            name="name"
            label={text.order.name}
            hint={text.order.nameHint[scope]}
            value={name}
            onChange={setName}
            required
          />
        )}
      </Form>
    </Section>
  )
}

import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, NumberText } from '../ui/values.tsx'
import { useText } from './queries.ts'

export type ReturnPeriod = Awaited<ReturnType<typeof client.agencies.returnPeriods>>['items'][number]

const TONES: Readonly<Record<ReturnPeriod['state'], Tone>> = {
  'not-open': 'neutral',
  due: 'info',
  late: 'late',
  filed: 'met',
  'filed-late': 'risk',
}

export function PeriodState({ state }: Pick<ReturnPeriod, 'state'>) {
  const { returns: text } = useText()
  return <Badge tone={TONES[state]}>{text.states[state]}</Badge>
}

/** The periods of one agency, each leading to its form. */
export function PeriodTable({ code }: { readonly code: string }) {
  const { returns: text } = useText()
  const periods = useQuery(api.agencies.returnPeriods.queryOptions({ input: { code } }))
  return (
    <Loaded query={periods} text={text.errors}>
      {({ name, items }) => (
        <DataTable
          caption={`${name} · ${text.title}`}
          rows={items}
          rowKey={({ period }) => period}
          empty={{ title: text.noPeriods }}
          columns={[
            {
              name: 'period',
              header: text.period,
              cell: ({ period }) => (
                <TextLink href={`/work/returns/${code}/${period}`}>{text.periodName(period)}</TextLink>
              ),
            },
            {
              name: 'state',
              header: text.state,
              cell: ({ state, draft }) => (
                <>
                  <PeriodState state={state} /> {draft && <Badge>{text.draft}</Badge>}
                </>
              ),
            },
            { name: 'due', header: text.due, cell: ({ dueOn }) => <DateText value={dueOn} /> },
            {
              name: 'filed',
              header: text.filedOn,
              cell: ({ filedOn }) => (filedOn === null ? text.notFiled : <DateText value={filedOn} />),
            },
            {
              name: 'revisions',
              header: text.revisions,
              numeric: true,
              cell: ({ revisions }) => <NumberText value={revisions} />,
            },
          ]}
        />
      )}
    </Loaded>
  )
}

import { useQuery } from '@tanstack/react-query'
import { api, client } from '../app/api.ts'
import { useSession, useZone } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { DateText, RecordText } from '../ui/values.tsx'
import { ActForm } from './ActForm.tsx'
import { usePlanNames, useText } from './queries.ts'
import { useRefreshed } from './refreshed.ts'

/** The three levels with their units, and who sits where. */
export function SeatsPage() {
  const text = useText()
  const session = useSession()
  const seats = useQuery(api.plan.seats.queryOptions({ input: {} }))
  const names = usePlanNames()
  return (
    <Page
      width="full"
      title={text.seats.title}
      lede={text.seats.lede}
      crumbs={[{ text: text.desk.title, href: '/work/plan' }]}
    >
      <Units />
      <Section title={text.seats.seat} layout="stacked">
        <Loaded query={seats} text={text.errors}>
          {({ items }) => (
            <DataTable
              caption={text.seats.title}
              rows={items}
              rowKey={({ id }) => id}
              empty={{ title: text.seats.none }}
              columns={[
                { name: 'unit', header: text.seats.unit, cell: ({ unit }) => names.unit(unit) },
                { name: 'person', header: text.seats.person, cell: ({ personName }) => personName },
                {
                  name: 'position',
                  header: text.seats.position,
                  cell: ({ position }) => <RecordText>{position}</RecordText>,
                },
                {
                  name: 'from',
                  header: text.seats.from,
                  cell: ({ validFrom }) => <DateText value={validFrom} />,
                },
                {
                  name: 'to',
                  header: text.seats.to,
                  cell: ({ validTo }) => (validTo === null ? text.seats.open : <DateText value={validTo} />),
                },
                {
                  name: 'tasks',
                  header: text.seats.tasks,
                  numeric: true,
                  cell: ({ tasksOpen }) => formatNumber(tasksOpen),
                },
              ]}
            />
          )}
        </Loaded>
        {session.has('officer') && <SeatActs seats={seats.data?.items ?? []} />}
      </Section>
    </Page>
  )
}

function Units() {
  const text = useText()
  const names = usePlanNames()
  return (
    <Section title={text.seats.unit}>
      <ul>
        {names.units.map(({ code, level, sample }) => (
          <li key={code}>
            {text.levels[level]} · {names.unit(code)} {sample && <Badge>{text.sample}</Badge>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface Seat {
  readonly id: string
  readonly unit: string
  readonly personName: string
  readonly validTo: string | null
}

function SeatActs({ seats }: { readonly seats: readonly Seat[] }) {
  const text = useText()
  const names = usePlanNames()
  const done = useRefreshed()
  const today = useZone()?.today ?? ''
  return (
    <>
      <ActForm
        title={text.seats.add}
        initial={{ validFrom: today }}
        fields={[
          { name: 'unit', label: text.seats.unit, kind: 'choice', options: names.unitOptions },
          { name: 'email', label: text.seats.email },
          { name: 'position', label: text.seats.position },
          { name: 'validFrom', label: text.seats.validFrom, kind: 'day' },
        ]}
        act={async ({ unit = '', email = '', position = '', validFrom = '' }) => {
          await client.plan.seat({ unit, email: email.trim(), position, validFrom })
          return done(text.seats.added)
        }}
      />
      <ActForm
        title={text.seats.end}
        kind="danger"
        initial={{ on: today }}
        fields={[
          {
            name: 'id',
            label: text.seats.seat,
            kind: 'choice',
            options: seats
              .filter(({ validTo }) => validTo === null)
              .map(({ id, unit, personName }) => ({ value: id, label: `${names.unit(unit)} ${personName}` })),
          },
          { name: 'on', label: text.seats.on, kind: 'day' },
        ]}
        act={async ({ id = '', on = '' }) => {
          const { unmanned } = await client.plan.endSeat({ id, on })
          return done(text.seats.ended(unmanned.join(text.separator)))
        }}
      />
    </>
  )
}

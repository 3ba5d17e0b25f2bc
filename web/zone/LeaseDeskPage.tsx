import { useInfiniteQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { DateText, MoneyText } from '../ui/values.tsx'
import { EndLeaseForm, StartLeaseForm } from './LeaseForms.tsx'
import { useText } from './text.ts'

export type Lease = Awaited<ReturnType<typeof client.zone.leases>>['items'][number]

/** Every lease, and for those who run the buildings the two acts on them: start and end. */
export function LeaseDeskPage() {
  const text = useText()
  const session = useSession()
  const mayWrite = session.has('operator', 'officer')
  const leases = useInfiniteQuery(
    api.zone.leases.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 100, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  return (
    <Page title={text.leaseDesk.title} lede={text.leaseDesk.lede}>
      <Section title={text.leaseDesk.list} layout="stacked">
        <Loaded query={leases}>
          {({ pages }) => (
            <DataTable
              caption={text.leaseDesk.listTable}
              tall
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => id}
              total={pages[0]?.total ?? 0}
              more={moreOf(leases)}
              empty={{ title: text.leaseDesk.none }}
              columns={[
                { name: 'number', header: text.leaseDesk.number, cell: ({ number }) => number },
                { name: 'unit', header: text.leaseDesk.unit, cell: ({ unit }) => unit },
                { name: 'tenant', header: text.leaseDesk.tenant, cell: ({ tenantName }) => tenantName },
                {
                  name: 'rent',
                  header: text.leaseDesk.rent,
                  numeric: true,
                  cell: ({ monthlyRentFen, currency }) => (
                    <MoneyText fen={monthlyRentFen} currency={currency} exact />
                  ),
                },
                {
                  name: 'from',
                  header: text.leaseDesk.from,
                  cell: ({ validFrom }) => <DateText value={validFrom} />,
                },
                {
                  name: 'to',
                  header: text.leaseDesk.to,
                  cell: ({ validTo }) =>
                    validTo === null ? text.leaseDesk.open : <DateText value={validTo} />,
                },
              ]}
            />
          )}
        </Loaded>
      </Section>
      {mayWrite && (
        <>
          <Section title={text.leaseDesk.add}>
            <StartLeaseForm />
          </Section>
          <Section title={text.leaseDesk.end}>
            <EndLeaseForm leases={leases.data?.pages.flatMap(({ items }) => items) ?? []} />
          </Section>
        </>
      )}
    </Page>
  )
}

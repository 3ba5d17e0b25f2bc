import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Page } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { PeriodTable } from './PeriodTable.tsx'
import { useText } from './queries.ts'

/** The periods of one agency, for the office. */
export function AgencyReturnsPage() {
  const { returns: text } = useText()
  const code = usePathParameter('code')
  const periods = useQuery(api.agencies.returnPeriods.queryOptions({ input: { code } }))
  return (
    <Page
      title={periods.data?.name ?? code}
      eyebrow={text.title}
      crumbs={[{ text: text.title, href: '/work/returns' }]}
      width="full"
    >
      <PeriodTable code={code} />
    </Page>
  )
}

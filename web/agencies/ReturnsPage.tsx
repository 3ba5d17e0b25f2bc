import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { Empty } from '../ui/states.tsx'
import { useText } from './queries.ts'
import { PeriodTable } from './PeriodTable.tsx'
import { ReturnDesk } from './ReturnDesk.tsx'

/** For an agency its periods; for the office who has filed and who is late. */
export function ReturnsPage() {
  const { returns: text } = useText()
  const session = useSession()
  const office = session.has('officer', 'operator', 'statistician')
  return (
    <Page title={text.title} lede={office ? text.deskLede : text.ownLede} width="full">
      {office ? <ReturnDesk /> : <OwnReturns />}
    </Page>
  )
}

function OwnReturns() {
  const { returns: text } = useText()
  const mine = useQuery(api.agencies.mine.queryOptions({}))
  return (
    <Loaded query={mine} text={text.errors}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={text.none}>{text.noneNext}</Empty>
        ) : (
          items.map(({ code, name }) => (
            <Section key={code} title={name} layout="stacked">
              <PeriodTable code={code} />
            </Section>
          ))
        )
      }
    </Loaded>
  )
}

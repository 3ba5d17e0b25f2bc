import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import styles from './services.module.css'
import { useText } from './text.ts'

const PROCEDURE = 'special-service-order'

/** What the four special services are, how an order goes, and the orders of one's organisation. */
export function OrdersPage() {
  const { orders: text } = useText()
  return (
    <Page
      title={text.title}
      lede={text.lede}
      actions={
        <ButtonLink kind="primary" href={`/services/${PROCEDURE}/start`}>
          {text.start}
        </ButtonLink>
      }
    >
      <Section title={text.mineTitle}>
        <MyOrders />
      </Section>
      <Section title={text.whatTitle}>
        <Offers />
      </Section>
      <Section title={text.howTitle}>
        <ol className={styles.how}>
          {text.how.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ol>
        <p className={styles.after}>
          {text.work}
          <TextLink href="/work/orders">{text.workLink}</TextLink>
        </p>
      </Section>
    </Page>
  )
}

function Offers() {
  const { orders: text, errors } = useText()
  const offers = useQuery(api.services.orders.offers.queryOptions())
  return (
    <Loaded query={offers} text={errors}>
      {({ items, note }) => (
        <>
          <ul className={styles.offers}>
            {items.map(({ code, names, summary, agencies, class: serviceClass, sample }) => (
              <li key={code}>
                <p className={styles.name}>
                  {either(names)} {sample && <Badge tone="risk">{text.sample}</Badge>}
                </p>
                <p>{either(summary)}</p>
                <p className={styles.note}>
                  <TextLink href={`/agencies?class=${serviceClass}`}>
                    {text.agencies(formatNumber(agencies))}
                  </TextLink>
                </p>
              </li>
            ))}
          </ul>
          <p className={styles.after}>{either(note)}</p>
        </>
      )}
    </Loaded>
  )
}

function MyOrders() {
  const { orders: text, errors } = useText()
  const { signedIn } = useSession()
  const mine = useQuery({
    ...api.matters.list.queryOptions({ input: { scope: 'mine', procedure: PROCEDURE, limit: 50 } }),
    enabled: signedIn,
  })
  if (!signedIn) {
    return (
      <Empty title={text.none} actions={<ButtonLink href="/sign-in?next=/orders">{text.signIn}</ButtonLink>}>
        {text.mineSignedOut}
      </Empty>
    )
  }
  return (
    <Loaded query={mine} text={errors}>
      {({ items, total }) => (
        <RegisterList
          caption={text.mineTitle}
          items={items}
          total={total}
          rowKey={({ number }) => number}
          row={({ number, title, state, submittedAt }) => (
            <RegisterRow
              href={`/my/matters/${number}`}
              title={title}
              badges={<Badge tone={toneOf(state.code)}>{either(state.names)}</Badge>}
            >
              {number} · {text.submitted} <MomentText value={submittedAt} />
            </RegisterRow>
          )}
          empty={{ title: text.none, next: text.noneNext }}
        />
      )}
    </Loaded>
  )
}

export function toneOf(state: string) {
  if (state === 'filed') return 'met' as const
  if (state === 'quoted' || state === 'delivered') return 'risk' as const
  return state === 'withdrawn' || state === 'lapsed' ? ('neutral' as const) : ('info' as const)
}

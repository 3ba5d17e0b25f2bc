import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatMoney } from '../ui/format.ts'
import { either, language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { DateText, RecordText } from '../ui/values.tsx'
import { ContactForm, DeliverForm, GiveBackForm, QuoteForm, WithdrawForm } from './AgencyOrderForms.tsx'
import { Deliveries, Filed } from './Deliveries.tsx'
import { type Order, QuoteCard } from './OrderPanel.tsx'
import { toneOf } from './OrdersPage.tsx'
import styles from './services.module.css'
import { type Text, useText } from './text.ts'

/** One order as an agency works on it: what is asked, its own quotes, and what it may do now. */
export function AgencyOrderPage() {
  const { orders: text, errors } = useText()
  const number = usePathParameter('number')
  const order = useQuery(api.services.orders.get.queryOptions({ input: { number } }))
  const { data } = order
  return (
    <Page
      title={data?.title ?? number}
      eyebrow={data ? `${either(data.service.names)} · ${number}` : number}
      crumbs={[{ text: text.desk.title, href: '/work/orders' }]}
      {...(data && { badges: <Badge tone={toneOf(data.state)}>{either(data.stateNames)}</Badge> })}
    >
      <Loaded query={order} text={errors}>
        {(found) => (
          <>
            <Asked order={found} />
            <Acts order={found} />
            <Section title={text.act.done} layout="stacked">
              {found.quotes.length === 0 ? (
                <p>{text.desk.none.mine}</p>
              ) : (
                <ul className={styles.quotes}>
                  {found.quotes.toReversed().map((quote) => (
                    <li key={quote.id} data-state={quote.state}>
                      <QuoteCard quote={quote} />
                    </li>
                  ))}
                </ul>
              )}
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const money = (fen: number) => formatMoney(BigInt(fen), 'CNY', language)

function budgetWords({ budgetFrom, budgetTo }: Order, { orders: { act } }: Text): string {
  if (budgetFrom !== null && budgetTo !== null) return act.budgetRange(money(budgetFrom), money(budgetTo))
  if (budgetTo !== null) return act.budgetTo(money(budgetTo))
  return budgetFrom === null ? act.none : act.budgetFrom(money(budgetFrom))
}

function Asked({ order }: { readonly order: Order }) {
  const text = useText()
  const { act } = text.orders
  return (
    <Section title={act.asked}>
      <Facts
        label={act.asked}
        rows={[
          { label: act.purpose, value: <RecordText>{order.purpose}</RecordText> },
          { label: act.budget, value: budgetWords(order, text) },
          { label: act.needed, value: <DateText value={order.neededBy} /> },
          { label: act.submitted, value: <DateText value={order.submittedOn} /> },
          {
            label: act.client,
            value: order.client === null ? act.hidden : <RecordText>{order.client}</RecordText>,
          },
        ]}
      />
      <Deliveries order={order} />
      <Filed order={order} />
    </Section>
  )
}

/** What the state of the order and of one's own quote allows. */
function Acts({ order }: { readonly order: Order }) {
  const { act: text } = useText().orders
  if (order.side !== 'agency') return null
  const standing = order.quotes.find(({ state }) => state === 'standing')
  const taken = order.quotes.some(({ state }) => state === 'taken')
  const open = order.state === 'open' || order.state === 'quoted'
  return (
    <>
      {order.mayReadContact && (
        <Section title={text.contact} note={text.contactNote}>
          <ContactForm number={order.number} />
        </Section>
      )}
      {taken && order.state === 'working' && (
        <>
          <Section title={text.deliver} note={text.deliverNote}>
            <DeliverForm order={order} />
          </Section>
          <Section title={text.giveBack} note={text.giveBackNote}>
            <GiveBackForm number={order.number} />
          </Section>
        </>
      )}
      {open && (
        <Section title={standing === undefined ? text.quote : text.requote} note={standing && text.quoteNote}>
          <QuoteForm number={order.number} before={standing} />
        </Section>
      )}
      {open && standing !== undefined && (
        <Section title={text.withdraw}>
          <WithdrawForm number={order.number} id={standing.id} />
        </Section>
      )}
    </>
  )
}

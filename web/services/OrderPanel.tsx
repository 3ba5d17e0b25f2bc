import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import type { MatterPanelProps } from '../app/room.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, MoneyText, RecordText } from '../ui/values.tsx'
import { Deliveries, Filed } from './Deliveries.tsx'
import styles from './services.module.css'
import { useText } from './text.ts'

export type Order = Awaited<ReturnType<typeof client.services.orders.get>>
type Quote = Order['quotes'][number]

/** On the page of an order: quotes side by side, deliveries, and what it was filed as. */
export function OrderPanel({ matter, refresh }: MatterPanelProps) {
  const { errors } = useText()
  const queries = useQueryClient()
  // A step that is taken elsewhere on the page raises the version: what is shown here is asked for again then.
  const order = useQuery({
    ...api.services.orders.get.queryOptions({ input: { number: matter.number } }),
    queryKey: [...api.services.orders.key(), matter.number, matter.version],
    placeholderData: (before: Order | undefined) => before,
  })
  const again = async () => {
    await queries.invalidateQueries({ queryKey: api.services.orders.key() })
    await refresh()
  }
  return (
    <Loaded query={order} text={errors}>
      {(found) => (
        <div className={styles.stack}>
          <Filed order={found} />
          <Deliveries order={found} />
          <Quotes order={found} refresh={again} />
        </div>
      )}
    </Loaded>
  )
}

function Quotes({ order, refresh }: { readonly order: Order; readonly refresh: () => Promise<void> }) {
  const { orders, errors } = useText()
  const text = orders.panel
  const announce = useAnnounce()
  const [chosen, setChosen] = useState<string>()
  const take = useMutation(
    api.services.orders.take.mutationOptions({
      onSuccess: () => announce(text.taken),
      onSettled: async () => {
        setChosen(undefined)
        await refresh()
      },
    }),
  )
  const shown = order.quotes.filter(({ state }) => state !== 'replaced')
  return (
    <section>
      <h3>{text.quotes}</h3>
      <ErrorSummary error={take.error} text={errors} />
      {shown.length === 0 ? (
        <Empty title={text.noQuotes}>{text.noQuotesNext}</Empty>
      ) : (
        <ul className={styles.quotes}>
          {shown.map((quote) => (
            <li key={quote.id} data-state={quote.state}>
              <QuoteCard quote={quote} />
              {order.side === 'client' && quote.compared !== null && order.state === 'quoted' && (
                <Taking
                  agency={quote.agency.name}
                  open={chosen === quote.id}
                  busy={take.isPending}
                  onOpen={() => setChosen(quote.id)}
                  onBack={() => setChosen(undefined)}
                  onTake={() => take.mutate({ number: order.number, id: quote.id })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface TakingProps {
  readonly agency: string
  readonly open: boolean
  readonly busy: boolean
  readonly onOpen: () => void
  readonly onBack: () => void
  readonly onTake: () => void
}

/** Taking a quote ends the others, so it is asked twice. */
function Taking({ agency, open, busy, onOpen, onBack, onTake }: TakingProps) {
  const text = useText().orders.panel
  if (!open) {
    return (
      <Button kind="primary" aria-label={text.takeOf(agency)} onClick={onOpen}>
        {text.take}
      </Button>
    )
  }
  return (
    <Notice
      tone="risk"
      title={text.takeOf(agency)}
      live
      actions={
        <>
          <Button kind="primary" busy={busy} onClick={onTake}>
            {text.confirm}
          </Button>
          <Button kind="quiet" onClick={onBack}>
            {text.back}
          </Button>
        </>
      }
    >
      <p>{text.takeWarning(agency)}</p>
    </Notice>
  )
}

/** One quote: price first, then when and what for it. */
export function QuoteCard({ quote }: { readonly quote: Quote }) {
  const text = useText().orders.panel
  const { agency, priceFen, currency, scope, days, dayUnit, dueOn, state, validUntil, reason } = quote
  return (
    <div className={styles.quote}>
      <p className={styles.name}>
        <TextLink href={`/agencies/${agency.code}`}>
          <RecordText>{agency.name}</RecordText>
        </TextLink>
      </p>
      <p className={styles.price}>
        <MoneyText fen={priceFen} currency={currency} exact />
      </p>
      <p>
        <QuoteMarks quote={quote} />
      </p>
      <dl className={styles.terms}>
        <dt>{text.due}</dt>
        <dd>
          {text.days[dayUnit](days)}
          {dueOn !== null && <> · {state === 'taken' ? text.promised(dueOn) : text.ifToday(dueOn)}</>}
        </dd>
        <dt>{text.validUntil}</dt>
        <dd>
          <DateText value={validUntil} />
        </dd>
        <dt>{text.scope}</dt>
        <dd className={styles.prose}>
          <RecordText>{scope}</RecordText>
        </dd>
      </dl>
      {reason !== null && (
        <p className={styles.note}>
          <RecordText>{reason}</RecordText>
        </p>
      )}
    </div>
  )
}

function QuoteMarks({ quote: { state, expired, late, compared } }: { readonly quote: Quote }) {
  const text = useText().orders.panel
  return (
    <>
      {expired ? (
        <Badge tone="late">{text.expired}</Badge>
      ) : (
        state !== 'standing' && (
          <Badge tone={state === 'taken' ? 'met' : 'neutral'}>{text.states[state]}</Badge>
        )
      )}{' '}
      {late && <Badge tone="late">{text.late}</Badge>}{' '}
      {compared?.lowestPrice === true && <Badge tone="info">{text.lowest}</Badge>}{' '}
      {compared?.soonest === true && <Badge tone="info">{text.soonest}</Badge>}{' '}
      {compared?.withinBudget === false && <Badge tone="risk">{text.overBudget}</Badge>}
    </>
  )
}

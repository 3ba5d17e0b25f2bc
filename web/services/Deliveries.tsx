import { Badge } from '../ui/Badge.tsx'
import { formatBytes } from '../ui/format.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, MomentText, RecordText } from '../ui/values.tsx'
import type { Order } from './OrderPanel.tsx'
import styles from './services.module.css'
import { useText } from './text.ts'

type DeliveredFile = Order['waitingFiles'][number]

/** Everything that was handed over, the newest first, with what the client said of it. */
export function Deliveries({ order }: { readonly order: Order }) {
  const text = useText().orders.panel
  if (order.deliveries.length === 0) return null
  return (
    <section>
      <h3>{text.deliveries}</h3>
      <ol className={styles.deliveries}>
        {order.deliveries
          .toReversed()
          .map(({ id, description, deliveredAt, accepted, reworkReason, files }) => (
            <li key={id}>
              <p>
                {text.deliveredAt} <MomentText value={deliveredAt} />{' '}
                {accepted === true && <Badge tone="met">{text.accepted}</Badge>}
                {accepted === null && order.side === 'client' && <Badge tone="risk">{text.waiting}</Badge>}
              </p>
              <p className={styles.prose}>
                <RecordText>{description}</RecordText>
              </p>
              <FileList number={order.number} files={files} />
              {reworkReason !== null && (
                <p>
                  <strong>{text.rework}</strong> <RecordText>{reworkReason}</RecordText>
                </p>
              )}
            </li>
          ))}
      </ol>
    </section>
  )
}

export function FileList({
  number,
  files,
}: {
  readonly number: string
  readonly files: readonly DeliveredFile[]
}) {
  const text = useText().orders.panel
  if (files.length === 0) return <p className={styles.note}>{text.noFiles}</p>
  return (
    <ul className={styles.files}>
      {files.map(({ id, fileName, bytes }) => (
        <li key={id}>
          <a href={`/api/v1/service-orders/${number}/files/${id}`} download={fileName}>
            {fileName}
          </a>{' '}
          <span className={styles.note}>{formatBytes(bytes)}</span>
        </li>
      ))}
    </ul>
  )
}

/** As what it stands on record, with the figure that counts it. */
export function Filed({ order: { filed, rating } }: { readonly order: Order }) {
  const text = useText().orders.panel
  if (filed === null) return null
  return (
    <section>
      <h3>{text.filed}</h3>
      <p>
        <Badge tone="met">{text.filedAs(filed.reference, filed.servedOn)}</Badge> {text.filedNote}{' '}
        <TextLink href="/indicators/firms-served">{text.indicators}</TextLink>
      </p>
      {rating !== null && (
        <p>
          {text.rating} {rating.grade} / 5 · <DateText value={rating.ratedAt.slice(0, 10)} />
          {rating.words !== null && (
            <>
              {' '}
              · <RecordText>{rating.words}</RecordText>
            </>
          )}
          {rating.entryId !== null && (
            <>
              {' '}
              · <TextLink href={`/ledger/entries/${rating.entryId}`}>{text.receipt}</TextLink>
            </>
          )}
        </p>
      )}
    </section>
  )
}

import { either } from '../ui/language.ts'
import { Receipt } from '../ui/Receipt.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import type { HandOver } from './queries.ts'
import { useText } from './text.ts'

/** One paper for both sides: who gave, who took, when, and that the due days did not move. */
export function HandOverReceipt({ handOver }: { readonly handOver: HandOver }) {
  const text = useText()
  const { from, to, reason, offeredBy, offeredAt, status, decidedBy, decidedAt, refusal, due } = handOver
  return (
    <Receipt
      title={status === 'accepted' ? text.handOver.receipt : text.handOver.paper}
      issuer={text.handOver.statuses[status]}
      number={handOver.number}
      parties={[
        {
          role: text.handOver.from,
          name: either(from.names),
          at: (
            <>
              {offeredBy} · <MomentText value={offeredAt} />
            </>
          ),
          signed: true,
        },
        {
          role: text.handOver.to,
          name: either(to.names),
          at:
            decidedAt === null ? (
              text.handOver.statuses[status]
            ) : (
              <>
                {decidedBy} · <MomentText value={decidedAt} />
              </>
            ),
          signed: status === 'accepted',
        },
      ]}
      rows={[
        { label: text.handOver.reason, value: <RecordText>{reason}</RecordText> },
        ...(refusal === null
          ? []
          : [{ label: text.handOver.refusal, value: <RecordText>{refusal}</RecordText> }]),
        ...(handOver.outsideNumber === null
          ? []
          : [{ label: text.handOver.outsideNumber, value: handOver.outsideNumber }]),
        ...due.map((clock) => ({
          label: either(clock.names),
          value: clock.due === null ? text.handOver.paused : text.handOver.unmoved(clock.due),
        })),
      ]}
      proof={
        handOver.receipt
          ? { entry: handOver.receipt.entryId, href: `/ledger/entries/${handOver.receipt.entryId}` }
          : undefined
      }
    />
  )
}

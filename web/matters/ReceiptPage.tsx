import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useZone } from '../app/session.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { Receipt } from '../ui/Receipt.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { MomentText, RecordText } from '../ui/values.tsx'
import styles from './matters.module.css'
import type { Matter } from './queries.ts'
import { useText } from './text.ts'

/** What one takes home: that it was received, when, under which number, what was handed in, and until when one hears. */
export function ReceiptPage() {
  const text = useText()
  const number = usePathParameter('number')
  const matter = useQuery(api.matters.get.queryOptions({ input: { number } }))
  return (
    <Page
      title={text.receipt.title}
      lede={text.receipt.lede}
      width="prose"
      crumbs={[
        { text: text.my.title, href: '/my' },
        { text: number, href: `/my/matters/${number}` },
      ]}
    >
      <Loaded query={matter} text={text.errors}>
        {(found) => (
          <div className={styles.stack}>
            <Paper matter={found} />
            <p className="screen-only">
              <ButtonLink kind="primary" href={`/my/matters/${number}`}>
                {text.receipt.follow}
              </ButtonLink>
            </p>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Paper({ matter }: { readonly matter: Matter }) {
  const text = useText()
  const zone = useZone()
  const clocks = useQuery(api.matters.clocks.queryOptions({ input: { number: matter.number } }))
  const papers = matter.materials.filter(({ withdrawn }) => !withdrawn)
  return (
    <Receipt
      printable
      title={text.receipt.paper}
      issuer={zone ? either(zone.names) : ''}
      number={matter.number}
      rows={[
        { label: text.receipt.procedure, value: either(matter.procedure.names) },
        { label: text.receipt.subject, value: <RecordText>{matter.title}</RecordText> },
        { label: text.receipt.applicant, value: matter.applicant },
        { label: text.receipt.received, value: <MomentText value={matter.submittedAt} /> },
        {
          label: text.receipt.station,
          value: (
            <>
              {either(matter.routing.names)}
              <span className={styles.why}>{either(matter.routing.reason.words)}</span>
            </>
          ),
        },
        ...(clocks.data?.items ?? []).map((clock) => ({
          label: either(clock.names),
          value: clock.due === null ? text.handOver.paused : text.receipt.until(clock.due),
        })),
        {
          label: text.receipt.papers,
          value:
            papers.length === 0 ? (
              text.materials.none
            ) : (
              <ul className={styles.papers}>
                {papers.map(({ id, fileName, sha256 }) => (
                  <li key={id}>
                    {fileName}
                    <code>{sha256}</code>
                  </li>
                ))}
              </ul>
            ),
        },
      ]}
      note={text.receipt.note}
      proof={
        matter.receipt
          ? { entry: matter.receipt.entryId, href: `/ledger/entries/${matter.receipt.entryId}` }
          : undefined
      }
    />
  )
}

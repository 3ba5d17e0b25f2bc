import { useSession } from '../app/session.ts'
import { formatNumber } from '../ui/format.ts'
import { Timeline } from '../ui/Timeline.tsx'
import { RecordText } from '../ui/values.tsx'
import { type Task, usePlanNames, useText } from './queries.ts'
import styles from './plan.module.css'

/** What was reported, newest first, each with its evidence by name, size and hash. */
export function Reports({ task: { reports, looseEvidence } }: { readonly task: Task }) {
  const text = useText()
  const names = usePlanNames()
  return (
    <>
      {looseEvidence.length > 0 && (
        <div>
          <h3>{text.task.looseEvidence}</h3>
          <EvidenceList evidence={looseEvidence} />
        </div>
      )}
      {reports.length === 0 ? (
        <p>{text.task.noReports}</p>
      ) : (
        <Timeline
          label={text.task.reports}
          entries={reports.map((report) => ({
            key: report.id,
            at: report.reportedOn,
            title: text.task.report(formatNumber(report.percent)),
            by: [names.unit(report.unit), report.reportedBy].filter(Boolean).join(' '),
            detail: (
              <>
                <p className={styles.words}>
                  <RecordText>{report.done}</RecordText>
                </p>
                {report.obstacles !== null && (
                  <p>
                    <RecordText>{text.task.obstacles(report.obstacles)}</RecordText>
                  </p>
                )}
                <EvidenceList evidence={report.evidence} />
              </>
            ),
          }))}
        />
      )}
    </>
  )
}

function EvidenceList({ evidence }: { readonly evidence: Task['looseEvidence'] }) {
  const text = useText()
  const { actor } = useSession()
  const staff = actor.kind === 'account' && actor.staff
  if (evidence.length === 0) return <p className={styles.fine}>{text.task.noEvidence}</p>
  return (
    <ul aria-label={text.task.evidence}>
      {evidence.map(({ id, title, fileName, fileHash, bytes }) => (
        <li key={id}>
          {staff ? (
            <a href={`/api/v1/plan/evidence/${id}`} download={fileName}>
              {title}
            </a>
          ) : (
            <RecordText>{title}</RecordText>
          )}{' '}
          <span className={styles.fine}>
            {text.task.bytes(formatNumber(Math.ceil(bytes / 1024)))} <code>{fileHash.slice(0, 12)}</code>
          </span>
        </li>
      ))}
    </ul>
  )
}

import { Badge } from '../ui/Badge.tsx'
import { RecordText } from '../ui/values.tsx'
import { type Task, usePlanNames, useText } from './queries.ts'
import styles from './plan.module.css'

type Assignment = Task['assignments'][number]

/** From the district government to departments to parks, each under the one that handed it on. */
export function Levels({ task: { assignments } }: { readonly task: Task }) {
  const text = useText()
  const top = assignments.filter(({ parentId }) => parentId === null)
  if (top.length === 0) return <p>{text.task.noLevels}</p>
  return <Branch of={top} all={assignments} />
}

function Branch({ of, all }: { readonly of: readonly Assignment[]; readonly all: readonly Assignment[] }) {
  return (
    <ul className={styles.levels}>
      {of.map((given) => {
        const below = all.filter(({ parentId }) => parentId === given.id)
        return (
          <li key={given.id}>
            <OneLevel given={given} />
            {below.length > 0 && <Branch of={below} all={all} />}
          </li>
        )
      })}
    </ul>
  )
}

function OneLevel({ given }: { readonly given: Assignment }) {
  const text = useText()
  const names = usePlanNames()
  const { level, unit, leads, person, hasPerson, assignedOn, endedOn, endReason } = given
  return (
    <>
      <strong>{names.unit(unit)}</strong> <span className={styles.fine}>{text.levels[level]}</span>{' '}
      {leads && endedOn === null && <Badge tone="info">{text.task.leads}</Badge>}{' '}
      {person ?? (hasPerson ? text.task.assigned : '')}{' '}
      {person !== null && !hasPerson && endedOn === null && <Badge tone="risk">{text.task.gone}</Badge>}
      <span className={styles.fine}>
        {' '}
        {text.task.givenOn(assignedOn)}
        {endedOn !== null && (
          <>
            {text.separator}
            <RecordText>{text.task.endedOn(endedOn, endReason ?? '')}</RecordText>
          </>
        )}
      </span>
    </>
  )
}

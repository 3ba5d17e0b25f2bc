import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { SelectField } from '../ui/fields.tsx'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { Gantt } from './Gantt.tsx'
import { type Progress, type Standing, TONES, usePlanNames, useText } from './queries.ts'
import styles from './plan.module.css'

/** The published plan of a year: how its tasks stand, by action, and baseline against actual on one timeline. */
export function ProgressPage() {
  const text = useText()
  const search = useSearchState()
  const asked = Number(search.text('year'))
  const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2100 ? { year: asked } : {}
  const progress = useQuery(api.plan.progress.queryOptions({ input: year }))
  const { data } = progress
  return (
    <Page
      title={data ? text.progress.title(String(data.year)) : text.title}
      lede={text.progress.lede}
      actions={
        <>
          <ButtonLink href="/plan/decisions">{text.progress.decisions}</ButtonLink>
          <ButtonLink href="/plan">{text.progress.fullText}</ButtonLink>
        </>
      }
    >
      <Loaded query={progress} text={text.errors}>
        {(found) => (
          <>
            <Years progress={found} />
            {found.total === 0 ? (
              <Empty title={text.progress.none}>{text.progress.noneNext}</Empty>
            ) : (
              <>
                <Counts progress={found} />
                <Actions year={found.year} />
                <Schedule progress={found} />
              </>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Years({ progress: { years, year, versions } }: { readonly progress: Progress }) {
  const text = useText()
  return (
    <div className={styles.tools}>
      {years.length > 1 && (
        <nav aria-label={text.progress.years}>
          {years.map((one) => (
            <span key={one}>
              <TextLink
                href={`/plan/progress?year=${one}`}
                {...(one === year ? { 'aria-current': 'page' as const } : {})}
              >
                {String(one)}
              </TextLink>{' '}
            </span>
          ))}
        </nav>
      )}
      <p className={styles.fine}>
        {versions.map(({ number, approvedOn }) => (
          <span key={number}>
            <TextLink href={`/plan/versions/${year}/${number}`}>
              {text.progress.version(String(number), approvedOn)}
            </TextLink>{' '}
          </span>
        ))}
      </p>
    </div>
  )
}

/** Every number opens: each leads to the rows of the schedule that it counts. */
function Counts({ progress: { counts, total, year } }: { readonly progress: Progress }) {
  const text = useText()
  const shown = (Object.entries(counts) as [Standing, number][]).filter(([, count]) => count > 0)
  return (
    <Section title={text.progress.counts}>
      <ul className={styles.counts}>
        <li>
          <TextLink href={`/plan/progress?year=${year}#schedule`}>
            {text.progress.all} {formatNumber(total)}
          </TextLink>
        </li>
        {shown.map(([standing, count]) => (
          <li key={standing}>
            <Badge tone={TONES[standing]}>{text.standings[standing]}</Badge>
            <TextLink
              href={`/plan/progress?year=${year}&standing=${standing}#schedule`}
              aria-label={`${text.standings[standing]} ${formatNumber(count)}`}
            >
              {formatNumber(count)}
            </TextLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Actions({ year }: { readonly year: number }) {
  const text = useText()
  const actions = useQuery(api.plan.actions.queryOptions({ input: { year } }))
  return (
    <Section title={text.progress.actions} layout="stacked">
      <Loaded query={actions} text={text.errors}>
        {({ items }) => (
          <ul className={styles.actions}>
            {items.map((action) => (
              <li key={action.code} className={styles.action}>
                <h3>{either(action.names)}</h3>
                <p className={styles.fine}>{either(action.aim)}</p>
                <p>
                  <TextLink href={`/plan/progress?year=${year}&action=${action.code}#schedule`}>
                    {text.progress.actionTasks(formatNumber(action.tasks))}
                  </TextLink>{' '}
                  {action.counts.late !== undefined && action.counts.late > 0 && (
                    <Badge tone="late">
                      {text.standings.late} {formatNumber(action.counts.late)}
                    </Badge>
                  )}
                </p>
                <details>
                  <summary className={styles.fine}>
                    {text.progress.clauses(formatNumber(action.clauses.length))}
                  </summary>
                  {action.clauses.map((clause) => (
                    <span key={clause}>
                      <TextLink href={`/clauses/${clause}`}>{clause}</TextLink>{' '}
                    </span>
                  ))}
                </details>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

function Schedule({ progress: { tasks, year, asOf } }: { readonly progress: Progress }) {
  const text = useText()
  const names = usePlanNames()
  const search = useSearchState()
  const [action, standing, unit] = [search.text('action'), search.text('standing'), search.text('unit')]
  const shown = tasks.filter(
    (task) =>
      (action === '' || task.action === action) &&
      (standing === '' || task.standing === standing) &&
      (unit === '' || task.unit === unit),
  )
  const standings = [...new Set(tasks.map((task) => task.standing))]
  const field = (name: 'action' | 'standing' | 'unit', options: { value: string; label: string }[]) => (
    <SelectField
      name={name}
      label={text.progress.filter[name]}
      value={search.text(name)}
      onChange={(value) => search.set({ [name]: value })}
      options={options}
    />
  )
  return (
    <div id="schedule">
      <Section title={text.progress.gantt} note={text.progress.ganttNote} layout="stacked">
        <div className={styles.tools}>
          {field('action', names.actionOptions)}
          {field(
            'standing',
            standings.map((one) => ({ value: one, label: text.standings[one] })),
          )}
          {field('unit', names.unitOptions)}
        </div>
        {shown.length === 0 ? (
          <Empty title={text.progress.empty}>
            <TextLink href={`/plan/progress?year=${year}#schedule`}>{text.progress.clear}</TextLink>
          </Empty>
        ) : (
          <Gantt
            tasks={shown}
            year={year}
            asOf={asOf}
            caption={text.gantt.caption(String(year))}
            hrefOf={(code) => `/plan/tasks/${code}`}
          />
        )}
      </Section>
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { api, client } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { RecordText } from '../ui/values.tsx'
import { ActForm, numberOrNull } from './ActForm.tsx'
import { type AnnualPlan, useText } from './queries.ts'
import styles from './plan.module.css'
import { taskDraft, useTaskFields } from './task-fields.ts'
import { useRefreshed } from './refreshed.ts'

/** Each year with its versions, what is not handed in yet, and the acts on it. */
export function AnnualPlans({ mayKeep }: { readonly mayKeep: boolean }) {
  const text = useText()
  const years = useQuery(api.plan.years.queryOptions({}))
  return (
    <Loaded query={years} text={text.errors}>
      {({ items }) => (
        <>
          {items.length === 0 && <Empty title={text.desk.noYears} />}
          {items.map((plan) => (
            <OnePlan key={plan.year} plan={plan} mayKeep={mayKeep} />
          ))}
          {mayKeep && <OpenYear />}
        </>
      )}
    </Loaded>
  )
}

function OnePlan({ plan, mayKeep }: { readonly plan: AnnualPlan; readonly mayKeep: boolean }) {
  const text = useText()
  const session = useSession()
  const { year, title, pending, unready, versions } = plan
  const waiting = versions.find(({ state }) => state === 'submitted')
  return (
    <div className={styles.record}>
      <h3>
        <RecordText>{title}</RecordText>
      </h3>
      {pending.length > 0 && (
        <p>
          <Badge tone="info">{text.desk.pending(formatNumber(pending.length))}</Badge>
        </p>
      )}
      {unready.length > 0 && (
        <Notice tone="risk" title={text.desk.unready(unready.map(({ code }) => code).join(text.separator))} />
      )}
      <ul aria-label={text.desk.versions}>
        {versions.map((version) => (
          <li key={version.id}>
            <TextLink href={`/plan/versions/${year}/${version.number}`}>
              {text.desk.version(String(version.number))}
            </TextLink>{' '}
            <Badge
              tone={version.state === 'approved' ? 'met' : version.state === 'submitted' ? 'info' : 'neutral'}
            >
              {text.desk.states[version.state]}
            </Badge>{' '}
            <span className={styles.fine}>
              <RecordText>{version.cause}</RecordText>{' '}
              {version.decidedBy !== null &&
                text.desk.by(version.decidedBy, version.decidedAt?.slice(0, 10) ?? '')}
            </span>
          </li>
        ))}
      </ul>
      <div>
        {mayKeep && <AddTask year={year} />}
        {session.has('officer') && waiting === undefined && <Submit plan={plan} />}
        {session.has('leader') && waiting !== undefined && <Decide id={waiting.id} />}
      </div>
    </div>
  )
}

function AddTask({ year }: { readonly year: number }) {
  const text = useText()
  const done = useRefreshed()
  return (
    <ActForm
      title={text.desk.addTask}
      fields={useTaskFields()}
      act={async (filled) => {
        const { code } = await client.plan.addTask({ year, ...taskDraft(filled) })
        return done(text.desk.added(code))
      }}
    />
  )
}

function Submit({ plan: { year, version } }: { readonly plan: AnnualPlan }) {
  const text = useText()
  const done = useRefreshed()
  return (
    <ActForm
      title={text.desk.submit}
      fields={[{ name: 'cause', label: text.desk.cause }]}
      act={async ({ cause = '' }) => {
        const { number } = await client.plan.submitVersion({ year, version, cause })
        return done(text.desk.submitted(String(number)))
      }}
    />
  )
}

function Decide({ id }: { readonly id: string }) {
  const text = useText()
  const done = useRefreshed()
  return (
    <ActForm
      title={text.desk.decide}
      fields={[
        {
          name: 'decision',
          label: text.desk.decision,
          kind: 'choice',
          options: [
            { value: 'approve', label: text.desk.approve },
            { value: 'return', label: text.desk.return },
          ],
        },
        { name: 'note', label: text.desk.note, kind: 'area' },
      ]}
      act={async ({ decision, note = '' }) => {
        await client.plan.decideVersion({ id, approve: decision === 'approve', note })
        return done(text.act.done)
      }}
    />
  )
}

function OpenYear() {
  const text = useText()
  const done = useRefreshed()
  return (
    <ActForm
      title={text.desk.openYear}
      fields={[
        { name: 'year', label: text.desk.year, kind: 'number' },
        { name: 'title', label: text.desk.yearTitle },
      ]}
      act={async ({ year, title = '' }) => {
        await client.plan.openYear({ year: numberOrNull(year) ?? 0, title })
        return done(text.act.done)
      }}
    />
  )
}

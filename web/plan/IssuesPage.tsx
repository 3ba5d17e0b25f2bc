import { useQuery } from '@tanstack/react-query'
import { api, client } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { RecordText } from '../ui/values.tsx'
import { ActForm, orNull } from './ActForm.tsx'
import {
  FOLLOW_UP_TONES,
  type FollowUp,
  type Guidance,
  type Issue,
  usePlanNames,
  useText,
} from './queries.ts'
import { useRefreshed } from './refreshed.ts'
import styles from './plan.module.css'

/** What stands between departments, and what the city said: late first. */
export function IssuesPage() {
  const text = useText()
  const session = useSession()
  const issues = useQuery(api.plan.issues.queryOptions({ input: { limit: 200 } }))
  const guidance = useQuery(api.plan.guidance.queryOptions({ input: { limit: 200 } }))
  return (
    <Page width="full" title={text.issues.title} lede={text.issues.lede}>
      <Section title={text.issues.issues} layout="stacked">
        <Loaded query={issues} text={text.errors}>
          {({ items }) => (
            <>
              {items.length === 0 && <Empty title={text.issues.none}>{text.issues.noneNext}</Empty>}
              {items.map((issue) => (
                <OneIssue key={issue.number} issue={issue} />
              ))}
            </>
          )}
        </Loaded>
        <Raise />
      </Section>
      <Section title={text.issues.guidance} layout="stacked">
        <Loaded query={guidance} text={text.errors}>
          {({ items }) => (
            <>
              {items.length === 0 && <Empty title={text.issues.noGuidance} />}
              {items.map((one) => (
                <OneGuidance key={one.number} guidance={one} mayAnswer={session.has('officer')} />
              ))}
            </>
          )}
        </Loaded>
        {session.has('officer') && <Record />}
      </Section>
    </Page>
  )
}

function FollowUpBadge({ followUp, daysLate }: { readonly followUp: FollowUp; readonly daysLate: number }) {
  const text = useText()
  return (
    <Badge tone={FOLLOW_UP_TONES[followUp]}>
      {followUp === 'late' ? text.daysLate(formatNumber(daysLate)) : text.issues.followUps[followUp]}
    </Badge>
  )
}

function OneIssue({ issue }: { readonly issue: Issue }) {
  const text = useText()
  const names = usePlanNames()
  const { number, title, detail, raisedUnit, raisedOn, ownerUnit, dueOn, followUp, daysLate } = issue
  return (
    <article className={styles.record} aria-label={text.issues.item(String(number))}>
      <h3>
        {text.issues.item(String(number))} <RecordText>{title}</RecordText>{' '}
        <FollowUpBadge followUp={followUp} daysLate={daysLate} />
      </h3>
      <p className={styles.words}>
        <RecordText>{detail}</RecordText>
      </p>
      <p className={styles.fine}>
        {text.issues.raised(names.unit(raisedUnit), raisedOn)} ·{' '}
        {text.issues.owner(names.unit(ownerUnit), dueOn)}
      </p>
      {issue.reopenedBecause !== null && (
        <p>
          <RecordText>{text.issues.reopened(issue.reopenedBecause)}</RecordText>
        </p>
      )}
      <Answer issue={issue} />
      <Trace decisions={issue.decisions} tasks={issue.tasks} />
      <IssueActs issue={issue} />
    </article>
  )
}

function Answer({ issue: { answer, answeredBy, answeredOn } }: { readonly issue: Issue }) {
  const text = useText()
  if (answer === null) return null
  return (
    <p>
      <strong>
        {answeredOn === null ? text.issues.formerAnswer : text.issues.answered(answeredBy ?? '', answeredOn)}
      </strong>{' '}
      <RecordText>{answer}</RecordText>
    </p>
  )
}

function Trace({
  decisions,
  tasks,
}: {
  readonly decisions: readonly number[]
  readonly tasks: readonly string[]
}) {
  const text = useText()
  return (
    <>
      {decisions.length > 0 && (
        <p>
          {text.issues.decided}
          {decisions.map((number) => (
            <span key={number}>
              <TextLink href={`/plan/decisions/${number}`}>
                {text.decisions.item(String(number))}
              </TextLink>{' '}
            </span>
          ))}
        </p>
      )}
      {tasks.length > 0 && (
        <p>
          {text.issues.tasks}
          {tasks.map((code) => (
            <span key={code}>
              <TextLink href={`/work/plan/tasks/${code}`}>{code}</TextLink>{' '}
            </span>
          ))}
        </p>
      )}
    </>
  )
}

function IssueActs({ issue: { number, version, may } }: { readonly issue: Issue }) {
  const text = useText()
  const done = useRefreshed()
  return (
    <>
      {may.includes('answer') && (
        <ActForm
          title={text.issues.answer}
          fields={[{ name: 'answer', label: text.issues.answer, kind: 'area' }]}
          act={async ({ answer = '' }) => {
            await client.plan.answerIssue({ number, version, answer })
            return done(text.act.done)
          }}
        />
      )}
      {may.includes('close') && (
        <ActForm
          title={text.issues.close}
          act={async () => {
            await client.plan.settleIssue({ number, version, settlement: { kind: 'close' } })
            return done(text.act.done)
          }}
        />
      )}
      {may.includes('reopen') && (
        <ActForm
          title={text.issues.reopen}
          kind="plain"
          fields={[
            { name: 'reason', label: text.issues.reopenReason },
            { name: 'dueOn', label: text.issues.reopenDue, kind: 'day' },
          ]}
          act={async ({ reason = '', dueOn = '' }) => {
            await client.plan.settleIssue({ number, version, settlement: { kind: 'reopen', reason, dueOn } })
            return done(text.act.done)
          }}
        />
      )}
    </>
  )
}

function Raise() {
  const text = useText()
  const names = usePlanNames()
  const done = useRefreshed()
  const { fields } = text.issues
  return (
    <ActForm
      title={text.issues.raise}
      fields={[
        { name: 'title', label: fields.title },
        { name: 'detail', label: fields.detail, kind: 'area' },
        { name: 'raisedUnit', label: fields.raisedUnit, kind: 'choice', options: names.unitOptions },
        { name: 'ownerUnit', label: fields.ownerUnit, kind: 'choice', options: names.unitOptions },
        { name: 'dueOn', label: fields.dueOn, kind: 'day' },
      ]}
      act={async ({ title = '', detail = '', raisedUnit = '', ownerUnit = '', dueOn = '' }) => {
        const { number } = await client.plan.raiseIssue({ title, detail, raisedUnit, ownerUnit, dueOn })
        return done(text.issues.raisedDone(String(number)))
      }}
    />
  )
}

function OneGuidance({ guidance, mayAnswer }: { readonly guidance: Guidance; readonly mayAnswer: boolean }) {
  const text = useText()
  const done = useRefreshed()
  const {
    number,
    version,
    department,
    subject,
    words,
    receivedOn,
    dueOn,
    response,
    respondedBy,
    respondedOn,
  } = guidance
  return (
    <article className={styles.record} aria-label={text.task.guidance(String(number))}>
      <h3>
        {text.issues.item(String(number))} <RecordText>{subject}</RecordText>{' '}
        <FollowUpBadge followUp={guidance.followUp} daysLate={guidance.daysLate} />
      </h3>
      <p className={styles.words}>
        <RecordText>{words}</RecordText>
      </p>
      <p className={styles.fine}>
        <RecordText>{text.issues.received(department, receivedOn)}</RecordText>{' '}
        {dueOn !== null && text.issues.due(dueOn)}
      </p>
      {response !== null && (
        <p>
          <strong>{text.issues.answered(respondedBy ?? '', respondedOn ?? '')}</strong>{' '}
          <RecordText>{response}</RecordText>
        </p>
      )}
      <Trace decisions={[]} tasks={guidance.tasks} />
      {mayAnswer && response === null && (
        <ActForm
          title={text.issues.respond}
          fields={[{ name: 'response', label: text.issues.respond, kind: 'area' }]}
          act={async (filled) => {
            await client.plan.respondToGuidance({ number, version, response: filled['response'] ?? '' })
            return done(text.act.done)
          }}
        />
      )}
    </article>
  )
}

function Record() {
  const text = useText()
  const done = useRefreshed()
  const fields = text.issues.guidanceFields
  return (
    <ActForm
      title={text.issues.record}
      fields={[
        { name: 'department', label: fields.department },
        { name: 'subject', label: fields.subject },
        { name: 'words', label: fields.words, kind: 'area' },
        { name: 'receivedOn', label: fields.receivedOn, kind: 'day' },
        { name: 'dueOn', label: fields.dueOn, kind: 'day', required: false },
      ]}
      act={async ({ department = '', subject = '', words = '', receivedOn = '', dueOn }) => {
        const { number } = await client.plan.recordGuidance({
          department,
          subject,
          words,
          receivedOn,
          dueOn: orNull(dueOn),
        })
        return done(text.issues.recorded(String(number)))
      }}
    />
  )
}

import { useQuery } from '@tanstack/react-query'
import { api, client } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { RecordText } from '../ui/values.tsx'
import { ActForm, numberOrNull, orNull } from './ActForm.tsx'
import { DecisionRow } from './DecisionsPage.tsx'
import { type Meeting, usePlanNames, useText } from './queries.ts'
import { useRefreshed } from './refreshed.ts'
import styles from './plan.module.css'

/** One meeting: agenda, minutes, decisions, and the acts on each. */
export function MeetingPage() {
  const text = useText()
  const names = usePlanNames()
  const id = usePathParameter('id')
  const meeting = useQuery(api.plan.meeting.queryOptions({ input: { id } }))
  const { data } = meeting
  return (
    <Page
      width="full"
      title={data?.title ?? text.leading.title}
      {...(data && {
        eyebrow: text.leading.number(names.body(data.body), String(data.number)),
        badges: (
          <Badge tone={data.state === 'held' ? 'met' : 'info'}>{text.leading.states[data.state]}</Badge>
        ),
      })}
      crumbs={[{ text: text.leading.title, href: '/work/leading-group' }]}
    >
      <Loaded query={meeting} text={text.errors}>
        {(found) => (
          <>
            <Facts
              label={text.leading.title}
              rows={[
                { label: text.leading.heldOn, value: found.heldOn },
                { label: text.leading.place, value: <RecordText>{found.place}</RecordText> },
                { label: text.leading.chair, value: <RecordText>{found.chair}</RecordText> },
              ]}
            />
            <Agenda meeting={found} />
            <Minutes meeting={found} />
            <Decisions meeting={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

interface Props {
  readonly meeting: Meeting
}

function Agenda({ meeting: { id, agenda, state } }: Props) {
  const text = useText()
  const names = usePlanNames()
  const session = useSession()
  const done = useRefreshed()
  const { item } = text.leading
  return (
    <Section title={text.leading.agenda}>
      {agenda.length === 0 && <p>{text.leading.noAgenda}</p>}
      <ol className={styles.stack}>
        {agenda.map(({ id: itemId, position, title, unit, issue, guidance }) => (
          <li key={itemId}>
            {position}. <RecordText>{title}</RecordText>{' '}
            <span className={styles.fine}>{names.unit(unit)}</span>{' '}
            {issue !== null && <TextLink href="/work/issues">{text.task.issue(String(issue))}</TextLink>}{' '}
            {guidance !== null && (
              <TextLink href="/work/issues">{text.task.guidance(String(guidance))}</TextLink>
            )}
          </li>
        ))}
      </ol>
      {session.has('officer') && state === 'called' && (
        <ActForm
          title={text.leading.addItem}
          fields={[
            { name: 'title', label: item.title },
            { name: 'detail', label: item.detail, kind: 'area', required: false },
            { name: 'unit', label: item.unit, kind: 'choice', options: names.unitOptions },
            { name: 'issue', label: item.issue, kind: 'number', required: false },
            { name: 'guidance', label: item.guidance, kind: 'number', required: false },
          ]}
          act={async ({ title = '', detail = '', unit = '', issue, guidance }) => {
            await client.plan.addAgendaItem({
              id,
              title,
              detail,
              unit,
              issue: numberOrNull(issue),
              guidance: numberOrNull(guidance),
            })
            return done(text.act.done)
          }}
        />
      )}
    </Section>
  )
}

function Minutes({ meeting: { id, version, state, minutes, attendees } }: Props) {
  const text = useText()
  const session = useSession()
  const done = useRefreshed()
  return (
    <Section title={text.leading.minutes}>
      {minutes === null ? (
        <p>{text.leading.noMinutes}</p>
      ) : (
        <>
          <p className={styles.words}>
            <RecordText>{minutes}</RecordText>
          </p>
          <p className={styles.fine}>
            {text.leading.attendees} {attendees.join(text.separator)}
          </p>
        </>
      )}
      {session.has('officer') && state === 'called' && (
        <ActForm
          title={text.leading.hold}
          fields={[
            { name: 'attendees', label: text.leading.attendees, hint: text.leading.attendeesHint },
            { name: 'minutes', label: text.leading.minutesField, kind: 'area' },
          ]}
          act={async ({ attendees: names = '', minutes: words = '' }) => {
            const present = names
              .split(/[、,，;；\n]+/u)
              .flatMap((name) => (name.trim() ? [name.trim()] : []))
            await client.plan.holdMeeting({ id, version, attendees: present, minutes: words })
            return done(text.act.done)
          }}
        />
      )}
    </Section>
  )
}

function Decisions({ meeting: { id, state, agenda, decided } }: Props) {
  const text = useText()
  const session = useSession()
  const done = useRefreshed()
  const fields = text.leading.decisionFields
  return (
    <Section title={text.leading.columns.decisions}>
      {decided.map((decision) => (
        <DecisionRow key={decision.number} decision={decision} />
      ))}
      {session.has('officer', 'leader') && state === 'held' && (
        <ActForm
          title={text.leading.decide}
          initial={{ public: 'yes' }}
          fields={[
            {
              name: 'agendaItemId',
              label: fields.agendaItemId,
              kind: 'choice',
              options: agenda.map((item) => ({ value: item.id, label: `${item.position}. ${item.title}` })),
            },
            { name: 'words', label: fields.words, kind: 'area' },
            { name: 'dueOn', label: fields.dueOn, kind: 'day', required: false },
            { name: 'public', label: fields.public, kind: 'yes' },
          ]}
          act={async ({ agendaItemId = '', words = '', dueOn, public: shown }) => {
            const { number } = await client.plan.decide({
              id,
              agendaItemId,
              words,
              dueOn: orNull(dueOn),
              public: shown === 'yes',
            })
            return done(text.leading.decided(String(number)))
          }}
        />
      )}
    </Section>
  )
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useSession, useZone } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { DueClock, type DueClockProps } from '../ui/DueClock.tsx'
import { either } from '../ui/language.ts'
import { ObjectionForm } from '../ui/ObjectionForm.tsx'
import { Section } from '../ui/Page.tsx'
import { Timeline, type TimelineEntry } from '../ui/Timeline.tsx'
import type { Round } from './queries.ts'
import { useText } from './text.ts'

type Publicity = NonNullable<Round['publicity']>

/** How long the list is open to objection, day by day, what was objected and decided, and how to object. */
export function PublicitySection({ publicity }: { readonly publicity: Publicity }) {
  const text = useText()
  const session = useSession()
  const { clock, objections, number, open } = publicity
  return (
    <Section title={text.publicity.title} layout="stacked">
      {clock && <Clock clock={clock} />}
      <h3>{text.publicity.objections}</h3>
      {objections.length === 0 ? (
        <p>{text.publicity.none}</p>
      ) : (
        <Timeline
          label={text.publicity.objections}
          entries={objections.map((objection, at) => entryOf(objection, at, text))}
        />
      )}
      {open && session.has('officer', 'operator') && (
        <p>
          <ButtonLink href={`/work/matters/${number}`}>{text.publicity.decide}</ButtonLink>
        </p>
      )}
      {open && <Objection number={number} />}
    </Section>
  )
}

function entryOf(
  { filedAt, decidedAt, upheld, decision }: Publicity['objections'][number],
  at: number,
  text: ReturnType<typeof useText>,
): TimelineEntry {
  if (decidedAt === null)
    return {
      key: String(at),
      at: filedAt,
      title: text.publicity.filed,
      detail: <Badge tone="risk">{text.publicity.open}</Badge>,
      tone: 'risk',
    }
  return {
    key: String(at),
    at: decidedAt,
    title: upheld === true ? text.publicity.upheld : text.publicity.dismissed,
    detail: decision,
    tone: upheld === true ? 'met' : 'neutral',
  }
}

const standingOf = ({ status, late }: NonNullable<Publicity['clock']>): DueClockProps['standing'] => {
  if (status === 'stopped') return 'ended'
  return status === 'paused' ? 'paused' : late ? 'ended' : 'running'
}

function Clock({ clock }: { readonly clock: NonNullable<Publicity['clock']> }) {
  const text = useText()
  const years = clock.derivation
    .filter(({ unknownYear }) => unknownYear)
    .map(({ date }) => Number(date.slice(0, 4)))
  return (
    <DueClock
      name={either(clock.names)}
      standing={standingOf(clock)}
      due={clock.due}
      today={useZone()?.today ?? clock.startedOn}
      owner={text.publicity.owner}
      term={text.publicity.days(clock.term.n)}
      days={clock.derivation}
      basis={either(clock.basis.document)}
      sample={clock.term.sample || clock.basis.sample}
      calendars={clock.calendars}
      unknownYears={[...new Set(years)]}
    />
  )
}

function Objection({ number }: { readonly number: string }) {
  const text = useText()
  const { signedIn } = useSession()
  const queryClient = useQueryClient()
  const filing = useMutation(
    api.matters.object.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.appraisal.key() }),
    }),
  )
  const hint = text.publicity.objectNote
  return (
    <details>
      <summary>{text.publicity.object}</summary>
      <ObjectionForm number={number} signedIn={signedIn} hint={hint} filing={filing} text={text.errors} />
    </details>
  )
}

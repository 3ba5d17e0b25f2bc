import { AnswerList } from '../ui/AnswerList.tsx'
import { either } from '../ui/language.ts'
import { Section } from '../ui/Page.tsx'
import { Timeline, type TimelineEntry } from '../ui/Timeline.tsx'
import { RecordText } from '../ui/values.tsx'
import { sectionsOf } from './form.ts'
import type { MatterProps } from './MatterPage.tsx'
import type { Matter } from './queries.ts'
import { type Text, useText } from './text.ts'

type MatterEvent = Matter['events'][number]

/** Everything that happened, newest first, with who did it and what they wrote. */
export function EventsSection({ matter }: MatterProps) {
  const text = useText()
  const newestFirst = [...matter.events].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <Section title={text.events.title} note={text.events.note}>
      <Timeline label={text.events.title} entries={newestFirst.map((event) => entryOf(event, text))} />
    </Section>
  )
}

const TONES: Readonly<Record<string, TimelineEntry['tone']>> = {
  expired: 'late',
  submitted: 'met',
  'handler-lost': 'risk',
}

function entryOf(event: MatterEvent, text: Text): TimelineEntry {
  const { id, at, names, by, side, note, form, answers } = event
  const kind = event.kind === 'assigned' && event.detail?.['to'] === null ? 'released' : event.kind
  const handling = handlingWords(event, text)
  return {
    key: id,
    at,
    title: names ? either(names) : eventWords(kind, text),
    by: text.events.by(by, text.sides[side]),
    tone: TONES[kind] ?? 'neutral',
    detail: (
      <>
        {handling && <p>{handling}</p>}
        {note && (
          <p>
            <RecordText>{note}</RecordText>
          </p>
        )}
        {form !== null && answers !== null && (
          <AnswerList sections={sectionsOf(form, answers)} answers={answers} headingLevel={3} />
        )}
      </>
    ),
  }
}

/** Who handles it from then on, or why nobody does any more. */
function handlingWords({ kind, detail }: MatterEvent, text: Text): string | undefined {
  const { to, before, why } = detail ?? {}
  if (kind === 'assigned' && typeof to === 'string') return text.events.handler(to)
  if (kind !== 'handler-lost' || typeof before !== 'string') return undefined
  const lost = text.events.lost as Readonly<Record<string, (name: string) => string>>
  return (typeof why === 'string' ? lost[why] : undefined)?.(before)
}

function eventWords(kind: string, text: Text): string {
  return (text.events.kinds as Readonly<Record<string, string>>)[kind] ?? kind
}

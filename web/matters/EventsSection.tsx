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

const TONES: Readonly<Record<string, TimelineEntry['tone']>> = { expired: 'late', submitted: 'met' }

function entryOf(event: MatterEvent, text: Text): TimelineEntry {
  const { id, at, kind, names, by, side, note, form, answers } = event
  return {
    key: id,
    at,
    title: names ? either(names) : eventWords(kind, text),
    by: text.events.by(by, text.sides[side]),
    tone: TONES[kind] ?? 'neutral',
    detail: (
      <>
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

function eventWords(kind: string, text: Text): string {
  return (text.events.kinds as Readonly<Record<string, string>>)[kind] ?? kind
}

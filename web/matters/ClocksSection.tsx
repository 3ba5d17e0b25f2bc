import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { DueClock } from '../ui/DueClock.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { useToday } from './DraftSteps.tsx'
import type { MatterProps } from './MatterPage.tsx'
import type { ClockView } from './queries.ts'
import { basisWords, standingOf, termWords } from './sentences.ts'
import { useText } from './text.ts'

/** Every clock of the matter, with the days that were counted to get there. */
export function ClocksSection({ matter }: MatterProps) {
  const text = useText()
  const clocks = useQuery(api.matters.clocks.queryOptions({ input: { number: matter.number } }))
  return (
    <Section title={text.clocks.title} note={text.clocks.note}>
      <Loaded query={clocks} text={text.errors}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{text.clocks.none}</p>
          ) : (
            items.map((clock) => <Clock key={`${clock.code} ${clock.startedOn}`} clock={clock} />)
          )
        }
      </Loaded>
    </Section>
  )
}

function Clock({ clock }: { readonly clock: ClockView }) {
  const text = useText()
  const today = useToday()
  const unknown = new Set(
    clock.derivation.filter(({ unknownYear }) => unknownYear).map(({ date }) => Number(date.slice(0, 4))),
  )
  const basis = [basisWords(clock.basis, text)]
  if (clock.term.source) basis.push(either(clock.term.source))
  if (clock.onExpiry) basis.push(text.clocks.onExpiry(either(clock.onExpiry)))
  return (
    <DueClock
      name={either(clock.names)}
      standing={standingOf(clock)}
      due={clock.due}
      today={today}
      owner={text.owners[clock.owner]}
      term={termWords(clock.term, text)}
      days={clock.derivation}
      basis={basis.join(text.stop)}
      sample={clock.term.sample || clock.basis.sample}
      calendars={clock.calendars}
      unknownYears={[...unknown]}
      moves={clock.moves.map(({ at, before, after, calendar }) => ({
        key: `${at} ${before}`,
        at,
        from: before,
        to: after,
        why: text.clocks.calendarChanged(calendar),
      }))}
    />
  )
}

import { Facts } from '../ui/Facts.tsx'
import { either } from '../ui/language.ts'
import { Late } from '../ui/states.tsx'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, MomentText } from '../ui/values.tsx'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { dueWords, nextWords } from './sentences.ts'
import { useText } from './text.ts'

/** Where it stands, what is next, by when, and who has it: the answer to the one question everybody has. */
export function StandingSection({ matter }: MatterProps) {
  const text = useText()
  const { state, due, station, handler, routing, submittedAt, closedOn, applicant } = matter
  return (
    <Section title={text.matter.standing}>
      {due?.late === true && closedOn === null && (
        <Late>{text.matter.lateSince(either(due.clock.names), due.on)}</Late>
      )}
      <p className={styles.next}>{nextWords(matter, text)}</p>
      <Facts
        label={text.matter.standing}
        rows={[
          { label: text.matter.state, value: either(state.names) },
          ...(closedOn === null
            ? [
                {
                  label: text.matter.due,
                  value: due ? (
                    <>
                      <DateText value={due.on} /> <span>{dueWords(due, text)}</span>
                    </>
                  ) : (
                    text.matter.noDue
                  ),
                  ...(due && { note: either(due.clock.names) }),
                },
              ]
            : [{ label: text.matter.closedOn, value: <DateText value={closedOn} /> }]),
          {
            label: text.matter.station,
            value: <TextLink href={`/stations/${station.code}`}>{either(station.names)}</TextLink>,
            note:
              routing.station === station.code ? either(routing.reason.words) : text.matter.handedOverHere,
          },
          {
            label: text.matter.handler,
            value: handler ?? text.matter.noHandler,
            ...(matter.orphaned && { note: text.matter.orphaned }),
          },
          ...(matter.side === 'applicant' ? [] : [{ label: text.matter.applicant, value: applicant }]),
          { label: text.matter.submitted, value: <MomentText value={submittedAt} /> },
        ]}
      />
    </Section>
  )
}

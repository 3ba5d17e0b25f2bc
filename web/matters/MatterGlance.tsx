import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Facts } from '../ui/Facts.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { DateText, MomentText } from '../ui/values.tsx'
import styles from './matters.module.css'
import { dueWords, nextWords } from './sentences.ts'
import { useText } from './text.ts'

/** A quick look at one matter beside the list. */
export function MatterGlance({ number }: { readonly number: string }) {
  const text = useText()
  const matter = useQuery(api.matters.get.queryOptions({ input: { number } }))
  return (
    <Loaded query={matter} text={text.errors}>
      {(found) => {
        const last = found.events.at(-1)
        return (
          <>
            <p className={styles.next}>{nextWords(found, text)}</p>
            <Facts
              rows={[
                { label: text.list.number, value: <code>{found.number}</code> },
                { label: text.receipt.procedure, value: either(found.procedure.names) },
                { label: text.matter.state, value: either(found.state.names) },
                {
                  label: text.matter.due,
                  value: found.due ? (
                    <>
                      <DateText value={found.due.on} /> {dueWords(found.due, text)}
                    </>
                  ) : (
                    text.matter.noDue
                  ),
                },
                { label: text.matter.handler, value: found.handler ?? text.matter.noHandler },
                { label: text.matter.applicant, value: found.applicant },
                {
                  label: text.list.last,
                  value: last && (
                    <>
                      {last.names ? either(last.names) : text.events.other} · <MomentText value={last.at} />
                    </>
                  ),
                },
                {
                  label: text.act.title,
                  value:
                    found.steps.length === 0
                      ? text.list.nothing
                      : found.steps.map(({ names }) => either(names)).join(text.comma),
                },
              ]}
            />
          </>
        )
      }}
    </Loaded>
  )
}

import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { either } from '../ui/language.ts'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import { DecideHandOver } from './DecideHandOver.tsx'
import styles from './matters.module.css'
import type { HandOver } from './queries.ts'
import { useText } from './text.ts'

/** Hand-overs that wait for somebody: those that come to my stations, and those my stations sent and nobody took. */
export function Arriving() {
  const text = useText()
  const waiting = useQuery(api.matters.arriving.queryOptions({ input: {} }))
  const { arriving = [], sent = [] } = waiting.data ?? {}
  if (arriving.length + sent.length === 0) return null
  return (
    <Section title={text.arriving.title} note={text.arriving.note}>
      <ul className={styles.correction} aria-label={text.arriving.title}>
        {arriving.map((handOver) => (
          <li key={handOver.id}>
            <Line handOver={handOver} words={text.arriving.from(either(handOver.from.names))} />
            <DecideHandOver handOver={handOver} />
          </li>
        ))}
        {sent.map((handOver) => (
          <li key={handOver.id}>
            <Line handOver={handOver} words={text.arriving.sentTo(either(handOver.to.names))} />
            <DecideHandOver handOver={handOver} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Line({ handOver, words }: { readonly handOver: HandOver; readonly words: string }) {
  return (
    <>
      <p>
        <TextLink href={`/work/matters/${handOver.number}`}>{handOver.number}</TextLink> {words}
      </p>
      <p className={styles.quiet}>
        <RecordText>{handOver.reason}</RecordText> · {handOver.offeredBy} ·{' '}
        <MomentText value={handOver.offeredAt} />
      </p>
    </>
  )
}

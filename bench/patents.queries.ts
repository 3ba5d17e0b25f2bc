import { documentOf, draws, vocabulary } from './patents.corpus.ts'

/** What is asked of both, drawn once: the same questions in the same order. */
export interface Questions {
  /** Two words that some document has together: rare, medium and common ones in turn. */
  readonly pairs: readonly (readonly [string, string])[]
  /** Two neighbouring words of a title. */
  readonly phrases: readonly string[]
  /** Words that about a tenth of all documents have. */
  readonly tenths: readonly string[]
}

const SAMPLE = 3000

export function questionsFor(documents: number): Questions {
  const texts = Array.from({ length: SAMPLE }, (_, at) => {
    const { titles, abstracts, claims } = documentOf(Math.floor((at * documents) / SAMPLE))
    return [titles['zh'], abstracts['zh'], ...(claims?.texts ?? [])].join(' ')
  })
  const share = (word: string) => texts.filter((text) => text.includes(word)).length / SAMPLE
  const common = vocabulary.slice(0, 60).filter((word) => share(word) > 0.02)
  const tenths = vocabulary
    .slice(0, 80)
    .map((word) => ({ word, away: Math.abs(share(word) - 0.1) }))
    .toSorted((one, other) => one.away - other.away)
    .slice(0, 24)
    .map(({ word }) => word)
  const draw = draws(documents + 17)
  const among = (from: number, to: number) => vocabulary[from + Math.floor(draw() * (to - from))] ?? ''
  const pairs = Array.from({ length: 90 }, (_, at): readonly [string, string] => {
    if (at % 3 === 0) return [among(2000, 20_000), common[at % common.length] ?? '']
    if (at % 3 === 1) return [among(100, 1000), among(20, 400)]
    const first = Math.floor(draw() * common.length)
    return [common[first] ?? '', common[(first + 1 + (at % 7)) % common.length] ?? '']
  })
  const phrases = Array.from({ length: 60 }, () => {
    const title = documentOf(Math.floor(draw() * documents)).titles['zh'] ?? ''
    return title.slice(2, 6)
  })
  return { pairs, phrases, tenths }
}

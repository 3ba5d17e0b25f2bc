import type { PatentRecord } from '../src/patents/record.rules.ts'
import { draws } from './patents.corpus.ts'

/**
 * A copy as people make them who file one thing twice: the same in other numbers. Words are replaced by words of another
 * document of the field, now and then a sentence goes or two change places. The same number makes the same copy.
 */
export function changedCopy(original: PatentRecord, other: PatentRecord, number: number): PatentRecord {
  const draw = draws(number + 1)
  const share = 0.05 + 0.15 * draw()
  const foreign = (other.abstracts['zh'] ?? '').replaceAll(/[，。；、：\s]/g, '')
  const replaced = (text: string) =>
    text.replaceAll(/[\u4e00-\u9fff]{4}/g, (four) => {
      // One replacement alters up to four characters of four.
      if (draw() >= share || foreign.length < 8) return four
      const at = Math.floor(draw() * (foreign.length - 4))
      return foreign.slice(at, at + 2 + Math.floor(draw() * 3))
    })
  const titles = Object.fromEntries(
    Object.entries(original.titles).map(([language, text]) => [language, replaced(text)]),
  )
  const abstracts = Object.fromEntries(
    Object.entries(original.abstracts).map(([language, text]) => [language, moved(replaced(text), draw)]),
  )
  return {
    ...original,
    publicationNumber: `${original.publicationNumber}X${number}`,
    applicationNumber: `X${number}`,
    applicationKey: null,
    titles,
    abstracts,
  }
}

/** Clauses of an abstract with one gone or two exchanged, each in a third of all copies. */
function moved(text: string, draw: () => number): string {
  const clauses = text.match(/[^，；。]+[，；。]?/g) ?? [text]
  const way = draw()
  if (clauses.length < 6 || way < 1 / 3) return text
  const at = 1 + Math.floor(draw() * (clauses.length - 3))
  if (way < 2 / 3) return clauses.toSpliced(at, 1).join('')
  return clauses.toSpliced(at, 2, clauses[at + 1] ?? '', clauses[at] ?? '').join('')
}

import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { type Lexicon, phrasePiece, type Piece, piecesOf } from './text.rules.ts'

/** The dictionary is 5 MB and takes 0.2 s to read: only who searches or imports pays for it, and once. */
let opened: { readonly jieba: Jieba; readonly lexicon: Lexicon } | undefined

function open() {
  opened ??= { jieba: Jieba.withDict(dict), lexicon: lexiconOf(new TextDecoder().decode(dict)) }
  return opened
}

const FILTER_BITS = 22

function lexiconOf(dictionary: string): Lexicon {
  const words = new Set<string>()
  const heads = new Map<string, number>()
  // Most places begin no word: a filter of bits says so without making a string.
  const filter = new Uint8Array(1 << FILTER_BITS)
  for (const [word] of dictionary.matchAll(/^[\u3400-\u9fff]{3,}/gm)) {
    words.add(word)
    const head = word.slice(0, 3)
    heads.set(head, Math.max(heads.get(head) ?? 0, word.length))
    filter[slotOf(word, 0)] = 1
  }
  return {
    has: (word) => words.has(word),
    longestAt: (text, at) => (filter[slotOf(text, at)] === 0 ? 0 : (heads.get(text.slice(at, at + 3)) ?? 0)),
  }
}

function slotOf(text: string, at: number): number {
  const mixed = Math.imul(text.charCodeAt(at), 0x9e3779b1) ^ Math.imul(text.charCodeAt(at + 1), 0x85ebca6b)
  return (Math.imul(mixed ^ text.charCodeAt(at + 2), 0xc2b2ae35) >>> (32 - FILTER_BITS)) >>> 0
}

/** The words of three characters and more that any text is searched for. */
export const lexicon = (): Lexicon => open().lexicon

/** What an unquoted term asks for: all of these, each anywhere in the document. */
export function readTerm(term: string): Piece[] {
  const { jieba, lexicon: words } = open()
  return piecesOf(term, words, (run) => jieba.cut(run, false))
}

/** What a quoted phrase asks for; undefined when there is nothing in it to find. */
export function readPhrase(phrase: string): Piece | undefined {
  return phrasePiece(phrase, open().lexicon)
}

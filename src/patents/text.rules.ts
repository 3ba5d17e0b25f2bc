/**
 * How text is read for searching: the same on both sides, so that what a person types meets what a document says. Pure; the
 * dictionary comes in from `segmentation.ts`.
 */

/** Stands between the fields of a document. No phrase crosses it, and no document contains it. */
export const FIELD_MARK = '¶'

const unitKind = { other: 0, word: 1, han: 2 } as const

/** What a UTF-16 unit is: part of a word, a character that is written without spaces, or neither. */
const kindOf = (() => {
  const kinds = new Uint8Array(65_536)
  const word = /[\p{L}\p{N}\p{M}]/u
  for (let unit = 0; unit < 65_536; unit++) {
    const surrogate = unit >= 0xd800 && unit <= 0xdfff
    if (surrogate || word.test(String.fromCharCode(unit))) kinds[unit] = unitKind.word
  }
  const written = (from: number, to: number) => kinds.fill(unitKind.han, from, to + 1)
  written(0x3005, 0x3007)
  written(0x3041, 0x30ff)
  written(0x3400, 0x9fff)
  written(0xac00, 0xd7a3)
  written(0xf900, 0xfaff)
  return (unit: number) => kinds[unit] ?? unitKind.other
})()

export const isHan = (character: string) => kindOf(character.charCodeAt(0)) === unitKind.han

// Beyond these every character is looked at one by one: full width, circled, squared, ligatures.
const unusual = /[^\n -~\u3001-\u301f\u4e00-\u9fff“”‘’]/gu
const known = new Map<string, string>()

/**
 * One form for what means the same: compatibility forms (NFKC), small letters, single spaces, and none beside a Chinese
 * character, so that `５Ｇ 天线` and `5g天线` are one.
 */
export function normalised(text: string): string {
  return closed(text.replace(unusual, compatible).toLowerCase())
}

function compatible(character: string): string {
  let plain = known.get(character)
  if (plain === undefined) {
    plain = character === FIELD_MARK || character === '\0' ? ' ' : character.normalize('NFKC')
    if (known.size < 20_000) known.set(character, plain)
  }
  return plain
}

function closed(text: string): string {
  if (!/\s/.test(text)) return text
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ /g, (space, at: number, whole: string) =>
      kindOf(whole.charCodeAt(at - 1)) === unitKind.han || kindOf(whole.charCodeAt(at + 1)) === unitKind.han
        ? ''
        : space,
    )
}

/** The normalised text with, for each of its units, the place in the original that it came from. */
export function normalisedWithPlaces(text: string): {
  readonly text: string
  readonly places: readonly number[]
} {
  const units: string[] = []
  const places: number[] = []
  let at = 0
  for (const character of text) {
    for (const unit of normalisedUnit(character).split('')) {
      units.push(unit)
      places.push(at)
    }
    at += character.length
  }
  const kept: number[] = []
  for (const [index, unit] of units.entries()) {
    if (unit !== ' ') kept.push(index)
    else if (belongsBetween(units, index, kept)) kept.push(index)
  }
  return { text: kept.map((index) => units[index]).join(''), places: kept.map((index) => places[index] ?? 0) }
}

function normalisedUnit(character: string): string {
  return character.replace(unusual, compatible).toLowerCase().replace(/\s+/g, ' ')
}

/** A space stays when it is the first of its kind and stands between two things that are written apart. */
function belongsBetween(units: readonly string[], index: number, kept: readonly number[]): boolean {
  const before = units[kept.at(-1) ?? -1]
  const after = units.slice(index + 1).find((unit) => unit !== ' ')
  if (before === undefined || after === undefined || before === ' ') return false
  return !isHan(before) && !isHan(after)
}

export interface Run {
  readonly kind: 'han' | 'word'
  readonly text: string
  /** Nothing stands between this run and the one before it. */
  readonly joined: boolean
}

/** The words and the stretches of Chinese of a normalised text, in order. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = []
  let start = 0
  while (start < text.length) {
    const kind = kindOf(text.charCodeAt(start))
    let end = start + 1
    while (end < text.length && kindOf(text.charCodeAt(end)) === kind) end++
    if (kind !== unitKind.other)
      runs.push({
        kind: kind === unitKind.han ? 'han' : 'word',
        text: text.slice(start, end),
        joined: start > 0 && kindOf(text.charCodeAt(start - 1)) !== unitKind.other,
      })
    start = end
  }
  return runs
}

const LONGEST_WORD = 64

/** Words of three characters and more. */
export interface Lexicon {
  has(word: string): boolean
  /** Length of the longest word that begins with the three characters at this place; 0 when none does. */
  longestAt(text: string, at: number): number
}

/**
 * Adds the tokens of a normalised text: every word; of Chinese every pair of neighbours and every word of the dictionary of three
 * characters or more, wherever it stands; the pair where Chinese meets a word. So a word of two characters is
 * found whether or not a segmenter would have cut there, and one of the dictionary needs a single look-up.
 */
export function addTokens(tokens: Set<string>, text: string, lexicon: Lexicon, singles = false): void {
  const { length } = text
  let at = 0
  let before = 0
  while (at < length) {
    const kind = kindOf(text.charCodeAt(at))
    if (kind === unitKind.other) {
      before = unitKind.other
      at++
      continue
    }
    if (before !== unitKind.other) tokens.add(text.slice(at - 1, at + 1))
    let end = at + 1
    while (end < length && kindOf(text.charCodeAt(end)) === kind) end++
    if (kind === unitKind.word) tokens.add(text.slice(at, Math.min(end, at + LONGEST_WORD)))
    else addHan(tokens, text, at, end, lexicon, singles)
    before = kind
    at = end
  }
}

function addHan(
  tokens: Set<string>,
  text: string,
  from: number,
  to: number,
  lexicon: Lexicon,
  singles: boolean,
) {
  for (let at = from; at < to; at++) {
    if (singles) tokens.add(text[at] ?? '')
    if (at + 2 > to) return
    tokens.add(pairAt(text, at))
    if (at + 3 > to) continue
    const longest = lexicon.longestAt(text, at)
    for (let size = 3; size <= longest && at + size <= to; size++) {
      const word = text.slice(at, at + size)
      if (lexicon.has(word)) tokens.add(word)
    }
  }
}

const pairs = new Map<number, string>()

/** Pairs repeat from document to document; one string for each of them saves making and hashing it again. */
function pairAt(text: string, at: number): string {
  const key = (text.charCodeAt(at) - 0x3000) * 0x8000 + text.charCodeAt(at + 1) - 0x3000
  let pair = pairs.get(key)
  if (pair?.charCodeAt(0) !== text.charCodeAt(at) || pair.charCodeAt(1) !== text.charCodeAt(at + 1)) {
    pair = text.slice(at, at + 2)
    if (pairs.size < 500_000) pairs.set(key, pair)
  }
  return pair
}

/** What must be found for one piece of a query. */
export interface Piece {
  /** Normalised; it stands in the text of a document exactly when all `tokens` do and, if `verify`, the text itself does. */
  readonly text: string
  readonly tokens: readonly string[]
  /** The tokens alone could stand apart: only the text tells. */
  readonly verify: boolean
}

// They join words and mean nothing alone; a person who types a sentence does not ask for them.
const joints = new Set('的及和与之了等其所并或于')

/**
 * The pieces of one unquoted term. Chinese falls into words (`cut`), each of which must be found somewhere; characters that the
 * cutter leaves alone stay with their neighbours.
 */
export function piecesOf(term: string, lexicon: Lexicon, cut: (run: string) => string[]): Piece[] {
  const runs = runsOf(normalised(term))
  const pieces = runs.flatMap((run, index) => {
    const [before, after] = [runs[index - 1], runs[index + 1]]
    if (run.kind === 'word') return wordPieces(run, before, after)
    // A lone character is found in titles only; where it touches a word the pair of the two is found everywhere.
    if (run.text.length === 1 && run.joined && before !== undefined)
      return [token(before.text.slice(-1) + run.text)]
    if (run.text.length === 1 && after?.joined === true) return [token(run.text + after.text.charAt(0))]
    return hanPieces(run, lexicon, cut)
  })
  const seen = new Map(pieces.map((piece) => [piece.text, piece]))
  return [...seen.values()]
}

/** A lone letter or digit that touches Chinese is asked for together with the character it touches. */
function wordPieces(run: Run, before: Run | undefined, after: Run | undefined): Piece[] {
  if (run.text.length > 1) return [token(run.text.slice(0, LONGEST_WORD))]
  if (after?.kind === 'han' && after.joined) return [token(run.text + after.text.charAt(0))]
  if (before?.kind === 'han' && run.joined) return [token(before.text.slice(-1) + run.text)]
  return [token(run.text)]
}

function hanPieces(run: Run, lexicon: Lexicon, cut: (run: string) => string[]): Piece[] {
  if (run.text.length <= 2 || lexicon.has(run.text)) return [token(run.text)]
  return gathered(cut(run.text)).map((text) => hanPiece(text, lexicon))
}

function hanPiece(text: string, lexicon: Lexicon): Piece {
  if (text.length <= 2 || lexicon.has(text)) return token(text)
  return { text, tokens: pairsOf(text), verify: true }
}

/** Single characters join their neighbours, joints go. */
function gathered(words: readonly string[]): string[] {
  const pieces: string[] = []
  let single = ''
  const settle = () => {
    if (single.length === 1 && pieces.length > 0) pieces.push(`${pieces.pop() ?? ''}${single}`)
    else if (single !== '') pieces.push(single)
    single = ''
  }
  for (const word of words) {
    if (word.length > 1) {
      if (single.length === 1 && pieces.length === 0) pieces.push(single + word)
      else {
        settle()
        pieces.push(word)
      }
      if (single.length === 1) single = ''
    } else if (joints.has(word)) settle()
    else single += word
  }
  settle()
  return pieces
}

const token = (text: string): Piece => ({ text, tokens: [text], verify: false })

function pairsOf(text: string): string[] {
  return [...new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)))]
}

/** A phrase stands as it is written, within one field. */
export function phrasePiece(phrase: string, lexicon: Lexicon): Piece | undefined {
  const text = normalised(phrase)
  const runs = runsOf(text)
  if (runs.length === 0) return undefined
  const [only] = runs
  if (runs.length === 1 && only !== undefined && only.text === text)
    return only.kind === 'word' ? token(text.slice(0, LONGEST_WORD)) : hanPiece(text, lexicon)
  const tokens = new Set<string>()
  for (const [index, run] of runs.entries()) {
    const edge = index === 0 || index === runs.length - 1
    // A word at the edge of a phrase may be the end of a longer one only where Chinese touches it: `G天线`.
    const touched = run.joined || runs[index + 1]?.joined === true
    if (run.kind === 'word' && !(edge && touched)) tokens.add(run.text.slice(0, LONGEST_WORD))
    if (run.kind === 'han' && run.text.length > 1)
      for (const part of lexicon.has(run.text) ? [run.text] : pairsOf(run.text)) tokens.add(part)
    const before = runs[index - 1]
    if (run.joined && before !== undefined) tokens.add(before.text.slice(-1) + run.text.charAt(0))
  }
  return { text, tokens: [...tokens], verify: text.length > 2 || tokens.size === 0 }
}

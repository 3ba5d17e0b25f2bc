import type { AnalyticsValue } from '#platform/analytics.ts'
import type { Cluster } from './cluster.rules.ts'
import type { DataVersion } from './corpus.store.ts'
import type { Field, TextField } from './query-field.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { type Query, QueryUnreadable } from './query.rules.ts'
import { classLevels, mark, markPart } from './row.rules.ts'
import { readPhrase, readTerm } from './segmentation.ts'
import { FIELD_MARK, isHan, normalised, type Piece } from './text.rules.ts'

/** A condition on `patent` with the values of its `{name:Type}` parameters. */
export interface Condition {
  readonly sql: string
  readonly parameters: Readonly<Record<string, AnalyticsValue>>
}

export interface Reading {
  /** What an industry cluster of the zone consists of; undefined where the zone has none of that name or does not say. */
  readonly cluster: (named: string) => Cluster | undefined
}

type Term = Extract<Query, { kind: 'term' }>

type TokenColumn = 'tokens' | 'title_tokens' | 'marks'

// The tokenizer stays unnamed, for naming it keeps the engine from answering out of the index alone (20 times slower). Where
// it reads the column after all it parts the text at every sign of ASCII, which is why no token has one (see `mark`).
export const hasAll = (column: TokenColumn, tokens: string) => `hasAllTokens(${column}, ${tokens})`
export const hasAny = (column: TokenColumn, tokens: string) => `hasAnyTokens(${column}, ${tokens})`

/**
 * One core for one question, and no filter of the engine's own for the first rows of an order: that one reads the columns
 * of a text condition instead of its index (measured with 26.7).
 */
export const ALONE = 'SETTINGS max_threads = 1, use_top_k_dynamic_filtering = 0'

/** Where a condition has to look into the texts themselves, that is most of the work and every core helps. */
export const settingsFor = (sql: string): string =>
  sql.includes('search_text') ? 'SETTINGS use_top_k_dynamic_filtering = 0' : ALONE

/** The rows that stand at a version. */
export function visibleAt(version: DataVersion): Condition {
  return {
    sql: 'since <= {version:UInt32} AND until > {version:UInt32}',
    parameters: { version },
  }
}

/** The documents that a query finds. Throws QueryUnreadable where a value means nothing in its field. */
export function conditionOf(query: Query | undefined, reading: Reading): Condition {
  const writer = new ConditionWriter(reading, 'q', undefined)
  return { sql: query === undefined ? '1' : writer.write(query), parameters: writer.parameters }
}

/** The same query held against titles alone wherever it asks for words anywhere. */
export function titleConditionOf(query: Query, reading: Reading): Condition {
  const writer = new ConditionWriter(reading, 't', 'ti')
  return { sql: writer.write(query), parameters: writer.parameters }
}

/** What a plain word or phrase asks for. A number, a class or a word: whichever the word can be. */
export function piecesOfTerm({
  text,
  quoted,
  field,
}: Pick<Term, 'text' | 'quoted' | 'field'>): readonly Piece[] {
  if (quoted || field?.kind === 'name') {
    const phrase = readPhrase(text)
    return phrase === undefined ? [] : [phrase]
  }
  return readTerm(text)
}

class ConditionWriter {
  readonly parameters: Record<string, AnalyticsValue> = {}
  readonly #reading: Reading
  readonly #prefix: string
  /** Where words that may stand anywhere are looked for instead. */
  readonly #only: TextField | undefined
  #count = 0

  constructor(reading: Reading, prefix: string, only: TextField | undefined) {
    this.#reading = reading
    this.#prefix = prefix
    this.#only = only
  }

  write(query: Query): string {
    switch (query.kind) {
      case 'and':
      case 'or':
        return `(${query.of.map((part) => this.write(part)).join(query.kind === 'and' ? ' AND ' : ' OR ')})`
      case 'not':
        return `NOT (${this.write(query.of)})`
      case 'days':
        return this.#days(query)
      case 'term':
        return this.#term(query)
    }
  }

  #value(value: AnalyticsValue, type: string): string {
    const name = `${this.#prefix}${this.#count++}`
    this.parameters[name] = value
    return `{${name}:${type}}`
  }

  #days({ field, span }: Extract<Query, { kind: 'days' }>): string {
    const { column } = field
    const bounds = [
      ...(span.from === null ? [] : [`${column} >= ${this.#value(span.from, 'Date32')}`]),
      ...(span.to === null ? [] : [`${column} <= ${this.#value(span.to, 'Date32')}`]),
    ]
    // A comparison with an unknown day is neither true nor false; here it is false, also under NOT.
    return bounds.length === 0 ? `isNotNull(${column})` : `ifNull(${bounds.join(' AND ')}, 0)`
  }

  #term(term: Term): string {
    const { field } = term
    if (field === undefined) return this.#plain(term)
    switch (field.kind) {
      case 'text':
        return this.#text(field.field, term)
      case 'name':
        return this.#name(field.field, term)
      case 'number':
        return this.#number(field.marks, term)
      case 'class':
        return this.#class(field.marks, term)
      case 'code':
        return this.#marks([mark(field.mark, term.text)])
      case 'word':
        return this.#word(field, term)
      case 'cluster':
        return this.#cluster(term)
    }
  }

  /** A word of the plain box may be a number or a class as well; then either finds. */
  #plain(term: Term): string {
    const words = this.#text('all', term)
    if (term.quoted) return words
    const marks = [
      ...numberMarks(['pn', 'an', 'key', 'pr'], term.text),
      ...classMarks(['ipc', 'cpc'], term.text),
    ]
    return marks.length === 0 ? words : `(${words} OR ${this.#marks(marks)})`
  }

  #text(asked: TextField, term: Term): string {
    const field = asked === 'all' ? (this.#only ?? asked) : asked
    if (field === 'ta') return `(${this.#text('ti', term)} OR ${this.#text('ab', term)})`
    const truncated = !term.quoted && /^[\p{L}\p{N}]{2,}\*$/u.test(term.text)
    if (truncated && !isHan(term.text)) return this.#begins(field, normalised(term.text.slice(0, -1)))
    const pieces = piecesOfTerm(term)
    if (pieces.length === 0) throw new QueryUnreadable('nothingToFind', term, term.text)
    const [singles, others] = [pieces.filter(isSingle), pieces.filter((piece) => !isSingle(piece))]
    const conditions = [
      ...this.#tokens('title_tokens', field === 'ti' ? pieces : singles),
      ...this.#tokens('tokens', field === 'ti' ? [] : others),
      ...pieces.flatMap((piece) => this.#verified(field, piece)),
    ]
    return conditions.length === 1 ? (conditions[0] ?? '0') : `(${conditions.join(' AND ')})`
  }

  #tokens(column: 'tokens' | 'title_tokens', pieces: readonly Piece[]): string[] {
    const tokens = [...new Set(pieces.flatMap((piece) => piece.tokens))]
    return tokens.length === 0 ? [] : [hasAll(column, this.#value(tokens, 'Array(String)'))]
  }

  /** What the index cannot tell: that the parts of a piece stand together, and in which field. */
  #verified(field: TextField, piece: Piece): string[] {
    const inOneField = field === 'ab' || field === 'cl'
    if (!inOneField && !piece.verify) return []
    const text = fieldText(field)
    if (isHan(piece.text) || piece.verify)
      return [`position(${text}, ${this.#value(piece.text, 'String')}) > 0`]
    return [`match(${text}, ${this.#value(String.raw`\b${escaped(piece.text)}\b`, 'String')})`]
  }

  #begins(field: TextField, start: string): string {
    if (field === 'ti' || field === 'all')
      return `position(concat(' ', ${field === 'ti' ? 'title_tokens' : 'tokens'}), ${this.#value(` ${start}`, 'String')}) > 0`
    return `match(${fieldText(field)}, ${this.#value(String.raw`\b${escaped(start)}`, 'String')})`
  }

  #name(field: string, term: Term): string {
    if (term.whole) return this.#marks([mark(field, term.text)])
    const piece = readPhrase(term.text.replace(/\*$/, ''))
    if (piece === undefined) throw new QueryUnreadable('nothingToFind', term, term.text)
    const tokens = piece.tokens.map((token) => markPart(field, token))
    const found = hasAll('marks', this.#value(tokens, 'Array(String)'))
    if (!piece.verify) return found
    const column =
      { pa: 'applicants', ow: 'holders', in: 'inventors', ag: '[agency]', at: 'attorneys' }[field] ??
      'applicants'
    const part = this.#value(piece.text, 'String')
    return `(${found} AND arrayExists(name -> position(lowerUTF8(normalizeUTF8NFKC(name)), ${part}) > 0, ${column}))`
  }

  #number(fields: readonly string[], term: Term): string {
    const text = squeezed(term.text)
    const start = /^([A-Z]*\d{2,})\*$/.exec(text)?.[1]
    if (start !== undefined) {
      const begin = this.#value(start, 'String')
      const columns = fields.includes('pn')
        ? ['publication_number', 'application_number']
        : ['application_number']
      return `(${columns.map((column) => `startsWith(${column}, ${begin}) OR startsWith(substring(${column}, 3), ${begin})`).join(' OR ')})`
    }
    const marks = numberMarks(fields, term.text, true)
    if (marks.length === 0) throw new QueryUnreadable('nothingToFind', term, term.text)
    return this.#marks(marks)
  }

  #class(fields: readonly string[], term: Term): string {
    const code = squeezed(term.text)
    const start = code.replace(/\*$/, '')
    const levels = classLevels(start)
    if (levels.at(-1) !== start || !/^[A-HY](?:\d\d|$)/.test(start))
      throw new QueryUnreadable('notAClass', term, term.text)
    // `H01M1*` means H01M10 too, which is no level of its own.
    if (!code.endsWith('*') || !/\d$/.test(start) || start.length <= 3)
      return this.#marks(fields.map((field) => mark(field, start)))
    const begin = this.#value(start, 'String')
    const columns = fields.map((field) => (field === 'cpc' ? 'cpc' : field === 'mipc' ? '[main_ipc]' : 'ipc'))
    return `(${columns.map((column) => `arrayExists(code -> startsWith(code, ${begin}), ${column})`).join(' OR ')})`
  }

  #word(field: Extract<Field, { kind: 'word' }>, term: Term): string {
    const value = field.values[term.text.normalize('NFKC').toLowerCase()]
    if (value === undefined) throw new QueryUnreadable('unknownValue', term, term.text)
    return this.#marks([mark(field.mark, value)])
  }

  #cluster(term: Term): string {
    const cluster = this.#reading.cluster(term.text)
    if (cluster === undefined) throw new QueryUnreadable('unknownCluster', term, term.text)
    const { ipc, keywords } = cluster
    const phrases = keywords.map((keyword) =>
      this.#text('all', { ...term, field: undefined, text: keyword, quoted: true }),
    )
    const parts = ipc.length === 0 ? phrases : [this.#marks(ipc.map((code) => mark('ipc', code))), ...phrases]
    return parts.length === 0 ? '0' : `(${parts.join(' OR ')})`
  }

  #marks(marks: readonly string[]): string {
    return hasAny('marks', this.#value([...new Set(marks)], 'Array(String)'))
  }
}

/** A single Chinese character is looked for in titles: everywhere else it is in nearly everything. */
const isSingle = ({ text }: Piece) => text.length === 1 && isHan(text)

function fieldText(field: TextField): string {
  const place = { ti: 1, ab: 2, cl: 3 }[field as string]
  return place === undefined ? 'search_text' : `splitByString('${FIELD_MARK}', search_text)[${place}]`
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const squeezed = (text: string) => text.normalize('NFKC').replaceAll(/[\s,]/g, '').toUpperCase()

/** A number in every shape in which documents keep it; none for what cannot be one. */
export function numberMarks(fields: readonly string[], text: string, surely = false): string[] {
  const plain = squeezed(text)
  if (!surely && !/^(?:[A-Z]{2}|PCT)?[\dA-Z/.-]*\d{6,}[\dA-Z/.-]*$/.test(plain)) return []
  const application = applicationNumber(plain)
  const document = documentNumber(plain)
  const bodies = [
    plain,
    plain.replaceAll(/[.\-/]/g, ''),
    plain.replace(/^(?:CN|ZL)/, ''),
    plain.replace(/^ZL/, 'CN'),
    plain.replace(/^(?:CN|ZL)/, '').replace(/\.[\dX]$/, ''),
    application.applicationKey ?? '',
    application.applicationNumber,
    document?.publicationNumber ?? '',
  ].filter((body) => body !== '')
  return fields.flatMap((field) => [...new Set(bodies)].map((body) => mark(field, body)))
}

function classMarks(fields: readonly string[], text: string): string[] {
  const code = squeezed(text)
  if (!/^[A-HY]\d\d[A-Z](?:\d{1,4}(?:\/\d{2,6})?)?$/.test(code)) return []
  return fields.map((field) => mark(field, code))
}

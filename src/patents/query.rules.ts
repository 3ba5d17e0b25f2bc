/**
 * The query language: what people type, as a tree. Plain words stand side by side and all must be found; `AND`, `OR`,
 * `NOT`, parentheses, quotation marks, `TI=(…)`, `ipc:H01M`, `申请日>=2020`, `AD=[2019 TO 2021]`. Pure: what a word falls into and
 * which documents it finds is not decided here.
 */
import { findField, type Field } from './query-field.rules.ts'
import { type DaySpan, readDays } from './span.rules.ts'

/** A stretch of what was typed. */
export interface Place {
  readonly at: number
  readonly length: number
}

export type Query =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Query[] }
  | { readonly kind: 'not'; readonly of: Query }
  | (Place & {
      readonly kind: 'term'
      readonly field: Exclude<Field, { kind: 'day' }> | undefined
      readonly text: string
      readonly quoted: boolean
      /** The whole of a name, not a part of it. */
      readonly whole: boolean
    })
  | (Place & {
      readonly kind: 'days'
      readonly field: Extract<Field, { kind: 'day' }>
      readonly span: DaySpan
    })

export const QUERY_FAULTS = [
  'unclosedQuote',
  'unclosedParenthesis',
  'unexpectedClosing',
  'missingOperand',
  'unknownField',
  'emptyValue',
  'notADay',
  'onlyDaysCompare',
  'notAClass',
  'unknownValue',
  'unknownCluster',
  'nothingToFind',
  'tooManyTerms',
  'tooDeep',
] as const
export type QueryFault = (typeof QUERY_FAULTS)[number]

/** What cannot be read, and where it stands in the text. */
export class QueryUnreadable extends Error {
  override name = 'QueryUnreadable'
  readonly fault: QueryFault
  readonly place: Place
  readonly found: string

  constructor(fault: QueryFault, place: Place, found = '') {
    super(`${fault} at ${place.at}`)
    this.fault = fault
    this.place = place
    this.found = found
  }
}

type Token = Place &
  (
    | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' }
    | { readonly kind: 'field'; readonly field: Field; readonly operator: Operator; readonly name: string }
    | { readonly kind: 'word'; readonly text: string; readonly quoted: boolean }
    | { readonly kind: 'range'; readonly text: string }
  )
/** `==` asks for the whole value of a field and not for a part of it. */
export type Operator = '=' | '==' | '>=' | '<=' | '>' | '<'

const MOST_TERMS = 64
const DEEPEST = 24

/** Undefined for a text that asks for nothing: then everything is found. Throws QueryUnreadable. */
export function readQuery(text: string): Query | undefined {
  const tokens = tokensOf(text)
  if (tokens.length === 0) return undefined
  const terms = tokens.filter(({ kind }) => kind === 'word' || kind === 'range')
  if (terms.length > MOST_TERMS)
    throw new QueryUnreadable('tooManyTerms', placeOf(terms[MOST_TERMS] ?? { at: 0, length: text.length }))
  const reader = new Reader(tokens, text.length)
  const query = reader.either(undefined, 0)
  const rest = reader.peek()
  if (rest !== undefined) throw new QueryUnreadable('unexpectedClosing', placeOf(rest))
  return query
}

const placeOf = ({ at, length }: Place): Place => ({ at, length })

type Context = Extract<Token, { kind: 'field' }> | undefined

class Reader {
  readonly #tokens: readonly Token[]
  readonly #end: number
  #next = 0

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens
    this.#end = end
  }

  peek(): Token | undefined {
    return this.#tokens[this.#next]
  }

  either(field: Context, depth: number): Query {
    const of = [this.all(field, depth)]
    while (this.peek()?.kind === 'or') {
      this.#next++
      of.push(this.all(field, depth))
    }
    return joined('or', of)
  }

  all(field: Context, depth: number): Query {
    const of = [this.one(field, depth)]
    for (;;) {
      const token = this.peek()
      if (token === undefined || token.kind === 'close' || token.kind === 'or') return joined('and', of)
      if (token.kind === 'and') this.#next++
      of.push(this.one(field, depth))
    }
  }

  one(field: Context, depth: number): Query {
    const token = this.peek()
    if (token === undefined) throw new QueryUnreadable('missingOperand', this.#before())
    if (depth > DEEPEST) throw new QueryUnreadable('tooDeep', placeOf(token))
    this.#next++
    switch (token.kind) {
      case 'not':
        return { kind: 'not', of: this.one(field, depth + 1) }
      case 'open':
        return this.#group(token, field, depth)
      case 'field':
        return this.#valued(token, depth)
      case 'word':
      case 'range':
        return leaf(token, field)
      default:
        throw new QueryUnreadable('missingOperand', placeOf(token))
    }
  }

  #group(open: Token, field: Context, depth: number): Query {
    if (this.peek()?.kind === 'close') throw new QueryUnreadable('emptyValue', { at: open.at, length: 2 })
    const inside = this.either(field, depth + 1)
    if (this.peek()?.kind !== 'close') throw new QueryUnreadable('unclosedParenthesis', placeOf(open))
    this.#next++
    return inside
  }

  #valued(field: Extract<Token, { kind: 'field' }>, depth: number): Query {
    const token = this.peek()
    this.#next++
    if (token?.kind === 'open') return this.#group(token, field, depth)
    if (token?.kind === 'word' || token?.kind === 'range') return leaf(token, field)
    throw new QueryUnreadable('emptyValue', placeOf(field), field.name)
  }

  /** Where the operand should have stood: behind the last thing that was read. */
  #before(): Place {
    const last = this.#tokens.at(-1)
    return last === undefined ? { at: this.#end, length: 0 } : placeOf(last)
  }
}

function joined(kind: 'and' | 'or', of: readonly Query[]): Query {
  const [only] = of
  return of.length === 1 && only !== undefined ? only : { kind, of }
}

function leaf(token: Extract<Token, { kind: 'word' | 'range' }>, context: Context): Query {
  const place = placeOf(token)
  const field = context?.field
  if (field?.kind === 'day') {
    const { operator = '=' } = context ?? {}
    const span = readDays(token.text, operator === '==' ? '=' : operator)
    if (span === undefined) throw new QueryUnreadable('notADay', place, token.text)
    return { kind: 'days', field, span, ...place }
  }
  const whole = context?.operator === '=='
  if (context !== undefined && context.operator !== '=' && !whole)
    throw new QueryUnreadable('onlyDaysCompare', placeOf(context), context.name)
  if (token.kind === 'range') return { kind: 'term', field, text: token.text, quoted: true, whole, ...place }
  if (token.text.trim() === '') throw new QueryUnreadable('emptyValue', place)
  return { kind: 'term', field, text: token.text, quoted: token.quoted, whole, ...place }
}

const OPERATORS: Readonly<Record<string, 'and' | 'or' | 'not'>> = {
  and: 'and',
  or: 'or',
  not: 'not',
  与: 'and',
  且: 'and',
  和: 'and',
  或: 'or',
  非: 'not',
  '&': 'and',
  '&&': 'and',
  '|': 'or',
  '||': 'or',
}
const QUOTES: Readonly<Record<string, string>> = { '"': '"', '“': '”', '”': '”', '＂': '＂', '「': '」' }
/** A number as people copy it, with spaces inside: `CN 104751825 B`, `US 2013/0101709 A1`. */
const NUMBER =
  /^(?:CN|ZL|US|EP|WO|JP|KR|DE|GB|FR|TW|HK|PCT)\s*(?=(?:[\s,./-]*\d){6})\d[\d,./-]*(?:\s\d[\d,./-]*)*(?:\s*[A-Z]\d?)?(?=$|[\s)）])/i
const FIELD =
  /^([a-z][a-z.0-9]*|[\u4e00-\u9fff（）()]{2,10})(?:\s*(>=|<=|==|≥|≤|[=:：＝><])\s*|\s+(within)\s+(?=["“]))/iu

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at)
    const blank = /^\s+/.exec(rest)
    if (blank !== null) {
      at += blank[0].length
      continue
    }
    const token = tokenAt(text, at, tokens.at(-1))
    tokens.push(token)
    at += token.length
  }
  return tokens
}

function tokenAt(text: string, at: number, before: Token | undefined): Token {
  const character = text[at] ?? ''
  const rest = text.slice(at)
  if (character === '(' || character === '（') return { kind: 'open', at, length: 1 }
  if (character === ')' || character === '）') return { kind: 'close', at, length: 1 }
  const closing = QUOTES[character]
  if (closing !== undefined) return quotedAt(text, at, closing)
  const field = FIELD.exec(rest)
  if (field !== null) {
    const named = fieldToken(field, at)
    if (named !== undefined) return named
  }
  if (before?.kind === 'field' && before.field.kind === 'day') {
    const range = /^\[[^\]]*\]/.exec(rest)
    if (range !== null) return { kind: 'range', text: range[0], at, length: range[0].length }
  }
  const number = NUMBER.exec(rest)?.[0]
  if (number !== undefined) return { kind: 'word', text: number, quoted: false, at, length: number.length }
  if (/^-[^\s-]/.test(rest) && before?.kind !== 'field') return { kind: 'not', at, length: 1 }
  return wordAt(text, at)
}

function quotedAt(text: string, at: number, closing: string): Token {
  const end = text.indexOf(closing, at + 1)
  if (end === -1) throw new QueryUnreadable('unclosedQuote', { at, length: text.length - at })
  return { kind: 'word', text: text.slice(at + 1, end), quoted: true, at, length: end - at + 1 }
}

/** A name before `=` that is no field is an error; before `:` it may be a word of a title, unless it looks like a field. */
function fieldToken(
  [whole = '', name = '', written, within]: RegExpExecArray,
  at: number,
): Token | undefined {
  const sign = written ?? within ?? ''
  const field = findField(name)
  const operators: Readonly<Record<string, Operator>> = {
    '>=': '>=',
    '≥': '>=',
    '<=': '<=',
    '≤': '<=',
    '>': '>',
    '<': '<',
    '==': '==',
  }
  if (field !== undefined)
    return { kind: 'field', field, operator: operators[sign] ?? '=', name, at, length: whole.length }
  if (within !== undefined) return undefined
  if (/[:：]/.test(sign) && !/^[a-z]{2,4}$/i.test(name)) return undefined
  if (/[><]/.test(sign)) return undefined
  throw new QueryUnreadable('unknownField', { at, length: name.length }, name)
}

/** To the next space, or to a parenthesis that closes what was opened before the word. */
function wordAt(text: string, at: number): Token {
  let [end, depth] = [at, 0]
  while (end < text.length) {
    const character = text[end] ?? ''
    if (/\s/.test(character) || character in QUOTES) break
    if (character === '(' || character === '（') depth++
    else if ((character === ')' || character === '）') && depth-- === 0) break
    end++
  }
  const word = text.slice(at, Math.max(end, at + 1))
  const operator = OPERATORS[word.toLowerCase()]
  if (operator !== undefined) return { kind: operator, at, length: word.length }
  return { kind: 'word', text: word, quoted: false, at, length: word.length }
}

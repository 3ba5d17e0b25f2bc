import type { Messages } from './language.ts'
import type { zh } from './messages.zh.ts'

/** Words for one refusal: a sentence, or what happened, what was kept and what to do apart. */
type RefusalWords =
  | string
  | { readonly title?: string; readonly what: string; readonly kept?: string; readonly next?: string }

/** A room's words by refusal code; a function receives the typed data of the refusal. */
export type RefusalTexts = Readonly<Record<string, RefusalWords | ((data: never) => RefusalWords)>>

export interface FieldProblem {
  readonly field: string
  readonly message: string
  /** The page on which the field stands, when it is not this one. */
  readonly href?: string
}

export interface Explanation {
  readonly kind:
    | 'refused'
    | 'invalid'
    | 'signed-out'
    | 'no-right'
    | 'not-found'
    | 'offline'
    | 'unavailable'
    | 'bug'
  readonly title: string
  readonly what: string
  readonly kept?: string
  readonly next?: string
  /** What to tell the operator: the request id under which the log has the rest. */
  readonly reference?: string
  readonly fields: readonly FieldProblem[]
}

type OwnWords = Messages<typeof zh>

interface Refusal {
  readonly code: string
  readonly status: number
  readonly data: unknown
}

/**
 * Turns anything thrown by the client into words. The server's own sentences are never shown: a refusal is worded by the
 * room that asked, in the reader's language, and whatever has no words is a bug with a reference.
 */
export function explain(error: unknown, texts: RefusalTexts, own: OwnWords): Explanation {
  const refusal = asRefusal(error)
  if (!refusal) {
    return isNetworkFailure(error) ? { kind: 'offline', ...own.states.offline, fields: [] } : bug(error, own)
  }
  const words = texts[refusal.code]
  if (words !== undefined) return worded(words, refusal, own)
  return byStatus(refusal, own)
}

/** The same where something was to be read: nobody filled anything in, and an address that cannot be leads nowhere. */
export function explainReading(error: unknown, texts: RefusalTexts, own: OwnWords): Explanation {
  const said = explain(error, texts, own)
  if (said.kind !== 'invalid' || said.what !== own.states.invalid.what) return said
  return { kind: 'not-found', ...own.states.notFound, fields: [] }
}

function worded(words: RefusalTexts[string], refusal: Refusal, own: OwnWords): Explanation {
  // The contract ties a code to the type of its data, and the message module was written against that type.
  const said = typeof words === 'function' ? (words as (data: unknown) => RefusalWords)(refusal.data) : words
  const parts = typeof said === 'string' ? { what: said } : said
  return {
    kind: kindOf(refusal.status),
    title: own.states.refused.title,
    ...parts,
    fields: fieldProblems(refusal, own),
  }
}

function byStatus(refusal: Refusal, own: OwnWords): Explanation {
  const { states } = own
  const kind = kindOf(refusal.status)
  const fields = fieldProblems(refusal, own)
  switch (kind) {
    case 'signed-out':
      return { kind, ...states.signedOut, fields }
    case 'no-right':
      return { kind, ...states.noRight, fields }
    case 'not-found':
      return { kind, ...states.notFound, fields }
    case 'unavailable':
      return { kind, ...states.unavailable, fields }
    case 'invalid':
      return { kind, ...states.invalid, fields }
    case 'bug':
      return bug(refusal.data, own)
    default:
      return { kind: 'refused', ...refusedBy(refusal.status, own), fields }
  }
}

function refusedBy(status: number, { states }: OwnWords) {
  if (status === 409 || status === 412) return states.changed
  if (status === 413) return states.tooLarge
  if (status === 429) return states.tooMany
  return states.refused
}

const KIND_BY_STATUS: Readonly<Record<number, Explanation['kind']>> = {
  400: 'invalid',
  401: 'signed-out',
  403: 'no-right',
  404: 'not-found',
  410: 'not-found',
  422: 'invalid',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

function kindOf(status: number): Explanation['kind'] {
  return KIND_BY_STATUS[status] ?? (status >= 500 ? 'bug' : 'refused')
}

function bug(data: unknown, own: OwnWords): Explanation {
  const reference = isRecord(data) ? (data['reference'] ?? data['requestId']) : undefined
  return {
    kind: 'bug',
    ...own.states.bug,
    ...(typeof reference === 'string' && { reference: own.reference(reference) }),
    fields: [],
  }
}

/** Zod's issue codes, as the server passes them on, in our own words. */
function problemWords(issue: Record<string, unknown>, { problems }: OwnWords): string {
  switch (issue['code']) {
    case 'invalid_type':
      return problems.missing
    case 'too_small':
      return problems.tooShort
    case 'too_big':
      return problems.tooLong
    case 'invalid_format':
      return problems.format
    default:
      return problems.other
  }
}

function fieldProblems(refusal: Refusal, own: OwnWords): FieldProblem[] {
  const issues = isRecord(refusal.data) ? refusal.data['issues'] : undefined
  if (!Array.isArray(issues)) return []
  return issues.filter(isRecord).map((issue) => ({
    field: typeof issue['field'] === 'string' ? issue['field'] : '',
    message: problemWords(issue, own),
  }))
}

function asRefusal(error: unknown): Refusal | undefined {
  if (!isRecord(error)) return undefined
  const { code, status, data } = error
  return typeof code === 'string' && typeof status === 'number' ? { code, status, data } : undefined
}

/** Browsers report an unreachable server as a bare TypeError from `fetch`, and nothing more. */
function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

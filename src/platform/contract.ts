import { oc } from '@orpc/contract'
import { z } from 'zod'
import { anyone, signedIn, type Audience } from './access.ts'

export { anyone, signedIn, type Audience }

/** What the contract says of an operation beside its schemas; read by authorisation, the access matrix and clause coverage. */
export interface OperationMeta {
  readonly allow: Audience
  /** Clauses of the plan (S1…S204) that this operation serves. */
  readonly clauses: readonly string[]
  /** Why a writing operation leaves no audit entry; such operations are few (a draft per keystroke, a health probe). */
  readonly unauditedBecause?: string
}

interface Operation {
  readonly summary: string
  readonly description?: string
  readonly allow: Audience
  readonly clauses?: readonly string[]
  readonly unauditedBecause?: string
  /** HTTP status of success, 200 unless told (201 for what is created). */
  readonly status?: number
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Path = `/${string}`

/** A typed refusal: its code is the key in `.errors({…})`, its words are the web's, its data is what the words need. */
export function refusal<Data extends z.ZodType>(status: number, data: Data): { status: number; data: Data }
export function refusal(status: number): { status: number }
export function refusal(status: number, data?: z.ZodType) {
  return data === undefined ? { status } : { status, data }
}

/** What any operation may answer instead of its result, whatever it does. */
const refusalsOfEveryOperation = {
  UNAUTHENTICATED: refusal(401),
  SECOND_FACTOR_REQUIRED: refusal(403),
  FORBIDDEN: refusal(403),
} as const

const base = oc
  .$meta<OperationMeta>({ allow: { kind: 'roles', roles: [] }, clauses: [] })
  .errors(refusalsOfEveryOperation)

function operation(
  method: Method,
  path: Path,
  { allow, clauses = [], unauditedBecause, summary, description, status }: Operation,
) {
  const segment = path.split('/')[1] ?? ''
  return base
    .route({
      method,
      path,
      summary,
      ...(description === undefined ? {} : { description }),
      ...(status === undefined ? {} : { successStatus: status }),
      tags: [segment],
      // Who may call and which clauses are served stand in the published description too.
      spec: (current) => ({ ...current, 'x-allow': describeAudience(allow), 'x-clauses': clauses }),
    })
    .meta({ allow, clauses, ...(unauditedBecause === undefined ? {} : { unauditedBecause }) })
}

/** `anyone`, `signedIn`, or the names of the roles. */
export function describeAudience(allow: Audience): string | readonly string[] {
  return allow.kind === 'roles' ? allow.roles : allow.kind
}

/** Rooms declare operations through these five only, so that the library underneath can be replaced. */
export const get = (path: Path, about: Operation) => operation('GET', path, about)
export const post = (path: Path, about: Operation) => operation('POST', path, about)
export const put = (path: Path, about: Operation) => operation('PUT', path, about)
export const patch = (path: Path, about: Operation) => operation('PATCH', path, about)
export const del = (path: Path, about: Operation) => operation('DELETE', path, about)

/** Paging by cursor: pass `next` back as `cursor` until it is null. */
export const pageInput = z.object({
  cursor: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** One page with the exact number of all items. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ total: z.int().min(0), items: z.array(item), next: z.string().nullable() })
}

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const day = z.iso.date()

/** Text that people type: trimmed, without control characters, bounded. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // A NUL cannot be stored in PostgreSQL text and no person types one.
    .refine((value) => !value.includes('\0'), { message: 'control character' })
    // Half a character has no UTF-8 form: two different texts would become one in every hash.
    .refine((value) => value.isWellFormed(), { message: 'not well-formed' })

/** A text or binary answer that is not JSON: handlers return `new File([content], name, { type })`. */
export const download = z.instanceof(File)

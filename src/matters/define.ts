/**
 * How a room declares a procedure (事项). The declaration is data and a few functions; the engine gives every matter of
 * it drafts, number and receipt, clocks, hand-over, correction, messages, documents and rating.
 */
import type { Audience } from '#platform/access.ts'
import type { Context } from '#platform/context.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Role } from '../identity/roles.ts'
import type { StationKind } from '../zone/place.rules.ts'
import type { Condition, Form, Words } from './form.rules.ts'
import { impossibilities } from './procedure.rules.ts'

export * from './form.rules.ts'
export type { Role } from '../identity/roles.ts'
export { only } from '../identity/roles.ts'
export { signedIn } from '#platform/access.ts'

/** Started by the platform alone, in the course of another room's act: such a procedure is in no catalogue. */
export const nobody: Audience = { kind: 'roles', roles: [] }

/** Who may move a matter. The handler is whoever has been given it; an unclaimed matter is claimed by acting on it. */
export type Mover =
  | { readonly kind: 'applicant' }
  | { readonly kind: 'handler' }
  | { readonly kind: 'station' }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] }
  /** No person: clocks that run out, jobs, and other rooms through `moveMatter`. */
  | { readonly kind: 'system' }

export const applicant: Mover = { kind: 'applicant' }
export const handler: Mover = { kind: 'handler' }
/** Anybody at the station that has the matter, whoever handles it. */
export const stationStaff: Mover = { kind: 'station' }
export const system: Mover = { kind: 'system' }
/** Accounts with one of these roles, wherever they sit: a leader who signs, a committee that decides. */
export const holders = (...roles: readonly [Role, ...Role[]]): Mover => ({ kind: 'roles', roles })

/** A matter as effects and guards see it. */
export interface Matter<Answers = Readonly<Record<string, unknown>>> {
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly state: string
  readonly version: number
  readonly answers: Answers
  readonly applicant: {
    readonly kind: 'person' | 'organisation' | 'system'
    readonly accountId: string | null
    readonly organisationId: string | null
    readonly name: string
  }
  readonly station: string
  readonly handlerId: string | null
  readonly submittedOn: string
}

/** Why a step cannot be taken now, with the records that stand in the way. Nothing is written. */
export interface Obstacle {
  /** kebab-case, stable. */
  readonly code: string
  readonly words: Words
  /** The rule, where there is one. */
  readonly clauses?: readonly string[]
  readonly records?: readonly {
    readonly kind: string
    readonly id: string
    readonly label: string
    readonly page?: string
  }[]
}

/** What a check has to say before filing: `refuse` stops, `explain` asks for a reason, `note` is told and no more. */
export interface Finding {
  readonly code: string
  readonly severity: 'refuse' | 'explain' | 'note'
  readonly field?: string
  readonly words: Words
  /** The rule behind it, in words, with its clause. */
  readonly rule: Words & { readonly clauses?: readonly string[] }
}

/** Runs inside the transaction of the step; what it throws undoes the step. It never calls outside the database. */
export type Effect<Answers, StepAnswers = Readonly<Record<string, unknown>>> = (
  tx: Tx,
  context: Context,
  matter: Matter<Answers>,
  answers: StepAnswers,
) => Promise<void>

export type Guard<Answers> = (
  db: Db,
  context: Context,
  matter: Matter<Answers>,
) => Promise<Obstacle | undefined>

interface OpenState {
  readonly names: Words
  /** `open`: the office has to do something. `waiting`: somebody else has to, most often the applicant. */
  readonly kind: 'open' | 'waiting'
}
interface ClosedState {
  readonly names: Words
  readonly kind: 'closed'
  readonly outcome: Outcome
}
export type State = OpenState | ClosedState
export type Outcome = 'granted' | 'refused' | 'withdrawn' | 'done' | 'failed' | 'handed-over'

/** What the engine itself adds to a step. */
interface StepWork {
  /** Asks for materials to be corrected; the mover lists what is missing, item by item. */
  readonly asksCorrection?: true
  /** Possible only when every item asked for has been answered. */
  readonly answersCorrection?: true
  /** Takes the matter out of this office: a receiving station or outside body must be named (“not ours”). */
  readonly handsOver?: true
  /** The code of the document that is issued with this step. */
  readonly document?: string
  /** This step is the decision on the matter; it stands in the results of the station. */
  readonly decides?: true
}

export interface Step<S extends string, Answers, StepAnswers> extends StepWork {
  readonly names: Words
  readonly from: readonly [S, ...S[]]
  readonly to: S
  readonly by: Mover | readonly [Mover, ...Mover[]]
  readonly form?: Form<StepAnswers>
  readonly guard?: Guard<Answers>
  readonly effect?: Effect<Answers, StepAnswers>
  /** The reason, where the step needs words of its own before it is taken: “withdrawing ends the matter”. */
  readonly warning?: Words
}

/** The unit and length of a term, with whether it ends on a day off. */
export interface FixedTerm {
  readonly n: number
  readonly unit: 'workingDays' | 'calendarDays' | 'months'
  readonly endingOnDayOff?: 'stays' | 'nextWorkingDay'
}

/** Fixed by a law that holds everywhere, or a deadline of the zone (`deadlines.json`), dated there. */
export type TermOf = FixedTerm | { readonly rule: string }

export interface Basis {
  readonly document: Words
  readonly number?: string
  readonly article?: string
  /** True where the official value is not known and this one is an example. */
  readonly sample: boolean
}

export interface Clock<S extends string, T extends string> {
  readonly names: Words
  readonly term: TermOf
  readonly starts: readonly [T | 'submit', ...(T | 'submit')[]]
  /** A matter that closes stops every clock; a clock must also have a step that ends it. */
  readonly stops: readonly [T, ...T[]]
  readonly pausesIn?: readonly S[]
  readonly owner: 'office' | 'applicant'
  /** Days before the due day on which the owner is reminded; the late are escalated the day after. */
  readonly remindDaysBefore?: readonly number[]
  readonly escalateTo?: Role
  /** The step the system takes when the clock runs out, only where a rule says so (silence as consent, as withdrawal). */
  readonly onExpiry?: T
  readonly basis: Basis
}

export interface Material {
  readonly code: string
  readonly names: Words
  readonly hint?: Words
  readonly required: boolean | Condition
  /** Media types, as `application/pdf`, `image/png`, `image/jpeg`. */
  readonly accepts: readonly [string, ...string[]]
  readonly maxBytes: number
  readonly atMost?: number
}

export interface DocumentContent {
  readonly title: Words
  readonly facts: readonly (readonly [label: Words, value: string | Words])[]
  readonly notes?: readonly Words[]
}

export interface DocumentOf<Answers> {
  readonly names: Words
  readonly content: (
    matter: Matter<Answers>,
    answers: Readonly<Record<string, unknown>>,
    context: Context,
  ) => DocumentContent
  /** True: anybody who has its number may read it; otherwise only that it exists and is genuine. */
  readonly open?: true
}

export interface Publicity<S extends string, C extends string> {
  /** The state in which the matter is shown to the public and may be objected to. */
  readonly state: S
  /** The clock of the publicity period. */
  readonly clock: C
  /** The clock that an objection pauses until it has been decided. */
  readonly pauses: C
  readonly objectionBy: Audience
  /** What the public is shown; never more than this. */
  readonly shows: (matter: Matter<never>) => readonly (readonly [Words, string])[]
}

export interface ProcedureDeclaration<
  S extends string,
  T extends Record<string, unknown>,
  C extends string,
  Answers,
> {
  /** kebab-case, stable for ever: it is the address of the procedure. */
  readonly code: string
  /** Raise when the meaning changes; a matter keeps the version it was filed under. */
  readonly version: number
  readonly inForce: { readonly from: string; readonly to: string | null }
  readonly names: Words
  readonly summary: Words
  readonly clauses: readonly [string, ...string[]]
  readonly basis: readonly Basis[]
  readonly startedBy: Audience
  readonly onBehalfOf: 'organisation' | 'person' | 'either'
  /** Kinds of station able to handle it; routing takes the nearest one. */
  readonly stations: readonly [StationKind, ...StationKind[]]
  /** Roles that handle it at those stations; officers and the operations centre unless told. */
  readonly handledBy?: readonly [Role, ...Role[]]
  /** Roles that may read every matter of it besides those who take part. */
  readonly readBy?: readonly Role[]
  readonly form: Form<Answers>
  readonly materials?: readonly Material[]
  readonly states: Readonly<Record<S, State>>
  readonly initial: NoInfer<S>
  readonly transitions: { readonly [K in keyof T]: Step<NoInfer<S>, NoInfer<Answers>, T[K]> }
  readonly clocks: Readonly<Record<C, Clock<NoInfer<S>, NoInfer<keyof T & string>>>>
  readonly publicity?: Publicity<NoInfer<S>, NoInfer<C>>
  readonly documents?: Readonly<Record<string, DocumentOf<NoInfer<Answers>>>>
  readonly checks?: (
    db: Db,
    context: Context,
    answers: NoInfer<Answers>,
    applicant: Matter['applicant'],
  ) => Promise<readonly Finding[]>
  readonly onSubmit?: Effect<NoInfer<Answers>>
  /** The name of one matter in lists; the procedure's own name unless told. Must not hold personal data. */
  readonly title?: (answers: NoInfer<Answers>) => string
  /** Asked for in five grades (好差评) once closed. */
  readonly rating?: true
  /** Panels that a room's web adds to the generic page of a matter. */
  readonly panels?: readonly string[]
}

/** A procedure as the engine holds it, its types forgotten. */
export type Procedure = Omit<
  ProcedureDeclaration<string, Record<string, never>, string, never>,
  'transitions' | 'form' | 'states' | 'clocks' | 'initial' | 'publicity'
> & {
  readonly form: Form
  readonly states: Readonly<Record<string, State>>
  readonly initial: string
  readonly transitions: Readonly<Record<string, Step<string, never, never>>>
  readonly clocks: Readonly<Record<string, Clock<string, string>>>
  readonly publicity?: Publicity<string, string>
}

/** A declaration that types accept and that could yet never work. It is a mistake in code, found when it loads. */
export class ImpossibleProcedure extends Error {
  override name = 'ImpossibleProcedure'
}

/**
 * Declares one procedure. Steps from or to a state that is not declared, steps nobody may take, clocks without a term or
 * named after unknown steps do not type-check.
 *
 * @throws ImpossibleProcedure for what types cannot see: a state that cannot be reached or never closes, a code twice.
 */
export function procedure<
  const S extends string,
  T extends Record<string, unknown>,
  const C extends string,
  Answers,
>(declaration: ProcedureDeclaration<S, T, C, Answers>): Procedure {
  const made = declaration as unknown as Procedure
  const problems = impossibilities(made)
  if (problems.length > 0) {
    throw new ImpossibleProcedure(`procedure ${made.code}: ${problems.join('; ')}`)
  }
  return made
}

export type Procedures = ReadonlyMap<string, Procedure>

/** All procedures by code. Two rooms must not claim one code. */
export function procedureRegistry(...declared: readonly (readonly Procedure[])[]): Procedures {
  const byCode = new Map<string, Procedure>()
  for (const one of declared.flat()) {
    if (byCode.has(one.code)) throw new ImpossibleProcedure(`procedure ${one.code} is declared twice`)
    byCode.set(one.code, one)
  }
  return byCode
}

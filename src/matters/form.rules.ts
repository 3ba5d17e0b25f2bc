/**
 * Forms as plain data: served as JSON, drawn by the web, checked by the server and typed by inference. A declaration
 * is written with the functions below, never as an object by hand.
 */
import { BrokenInvariant } from '#platform/errors.ts'
import { type Answers, type Condition, fieldsOf } from './condition.rules.ts'

export * from './condition.rules.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

/** How an answer is shown to readers who have no business with it; `none` is open to whoever sees the matter. */
export type Masking = 'none' | 'name' | 'telephone' | 'email' | 'hidden'

interface Described {
  readonly label: Words
  readonly hint?: Words
  /** True unless told: an answer is needed before the form is submitted. */
  readonly required?: boolean
  readonly when?: Condition
  /** Personal or confidential: masked for readers who state no purpose, and never searched. */
  readonly masking?: Masking
}

export interface Option extends Words {
  readonly hint?: Words
  /** Offered only where the answer that the list hangs on (`within`) is this one: units of the carrier chosen before. */
  readonly of?: string
}

/** Lists that the zone keeps: a form asks from one by name, and the server fills in what the zone says on the day. */
export type ZoneList = 'carriers' | 'industries' | 'service-classes' | 'units'

/** What a zone offers of what the platform knows: a form asks for it among its own options. */
export type ZoneOffer = 'special-services'

interface ListedKind {
  readonly options: Readonly<Record<string, Option>>
  /** Of the options, those that the zone offers, each with what the zone says of it. */
  readonly offeredBy?: ZoneOffer
  readonly listed?: ZoneList
  /** The question before it whose answer says which part of the list is offered. */
  readonly within?: string
}

interface TextKind {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: { readonly expression: string; readonly words: Words }
}

interface NumberKind {
  readonly unit?: Words
  readonly min?: number
  readonly max?: number
  /** 0 for whole numbers. */
  readonly decimals?: number
}

interface DayKind {
  /** `today`, or a fixed day. */
  readonly notBefore?: string
  readonly notAfter?: string
}

export type FieldData = Described & { readonly name: string } & (
    | ({ readonly kind: 'text' } & TextKind)
    | ({ readonly kind: 'longText' } & TextKind)
    | ({ readonly kind: 'number' } & NumberKind)
    /** Whole fen; the person types yuan. */
    | { readonly kind: 'money'; readonly min?: number; readonly max?: number }
    | ({ readonly kind: 'day' } & DayKind)
    | { readonly kind: 'yesNo' }
    | ({ readonly kind: 'choice' } & ListedKind)
    | ({ readonly kind: 'choices'; readonly atLeast?: number; readonly atMost?: number } & ListedKind)
    /** A unified social credit code whose check digits hold (GB 32100). */
    | { readonly kind: 'organisation' }
    | { readonly kind: 'personName' }
    | { readonly kind: 'telephone' }
    | { readonly kind: 'email' }
    /** The id of an uploaded material. */
    | { readonly kind: 'file'; readonly accepts: readonly string[]; readonly maxBytes: number }
    | {
        readonly kind: 'group'
        readonly fields: readonly FieldData[]
        readonly atLeast?: number
        readonly atMost?: number
      }
  )

declare const answered: unique symbol

/** A field of a declaration: its data without its name, and the type of its answer. */
export interface Field<Answer = unknown> {
  readonly data: FieldData
  readonly [answered]?: Answer
}

export type Fields = Readonly<Record<string, Field>>

export interface Section {
  readonly code: string
  readonly names: Words
  readonly hint?: Words
  readonly fields: readonly FieldData[]
}

export interface Form<Answers = unknown> {
  readonly sections: readonly Section[]
  readonly [answered]?: Answers
}

/** The type of what is answered to a form or a field. */
export type AnswerOf<Source> = Source extends { readonly [answered]?: infer Answer } ? Answer : never

type Answered<F> = F extends Field<infer Answer> ? Answer : never
type Flat<T> = { [K in keyof T]: T[K] }
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: undefined extends Answered<F[K]> ? K : never
}[keyof F]
/** What the answers to a record of fields look like once the form has been submitted. */
export type AnswersOf<F extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Answered<F[K]> } & {
    readonly [K in OptionalKeys<F>]?: Answered<F[K]>
  }
>

/** Answers are optional where the declaration says so, or where a condition may leave the field out. */
type Maybe<Answer, D> = D extends { required: false } | { when: Condition } ? Answer | undefined : Answer
type Spec<Kind> = Omit<Described, 'masking'> & { readonly masking?: Masking } & Kind

function field<Answer>(data: Omit<FieldData, 'name'>): Field<Answer> {
  return { data: data as FieldData }
}

export const textField = <const D extends Spec<TextKind>>(about: D): Field<Maybe<string, D>> =>
  field({ kind: 'text', maxLength: 200, ...about } as never)

export const longTextField = <const D extends Spec<TextKind>>(about: D): Field<Maybe<string, D>> =>
  field({ kind: 'longText', maxLength: 4000, ...about } as never)

export const numberField = <const D extends Spec<NumberKind>>(about: D): Field<Maybe<number, D>> =>
  field({ kind: 'number', decimals: 0, ...about } as never)

/** Answered in whole fen; `min` and `max` are in fen. */
export const moneyField = <const D extends Spec<{ readonly min?: number; readonly max?: number }>>(
  about: D,
): Field<Maybe<number, D>> => field({ kind: 'money', min: 0, ...about } as never)

/** Answered as `YYYY-MM-DD`. */
export const dayField = <const D extends Spec<DayKind>>(about: D): Field<Maybe<string, D>> =>
  field({ kind: 'day', ...about } as never)

export const yesNoField = <const D extends Spec<object>>(about: D): Field<Maybe<boolean, D>> =>
  field({ kind: 'yesNo', ...about } as never)

export const choiceField = <
  const D extends Spec<{
    readonly options: Readonly<Record<string, Option>>
    readonly offeredBy?: ZoneOffer
  }>,
>(
  about: D,
): Field<Maybe<keyof D['options'] & string, D>> => field({ kind: 'choice', ...about } as never)

export const choicesField = <
  const D extends Spec<{
    readonly options: Readonly<Record<string, Option>>
    readonly atLeast?: number
    readonly atMost?: number
  }>,
>(
  about: D,
): Field<Maybe<readonly (keyof D['options'] & string)[], D>> => field({ kind: 'choices', ...about } as never)

interface FromZone {
  readonly from: ZoneList
  readonly within?: string
}

/** One of what the zone lists, answered with its code. The zone says what is offered, in both languages. */
export const listedField = <const D extends Spec<FromZone>>(about: D): Field<Maybe<string, D>> =>
  listed('choice', about)

/** Several of what the zone lists, answered with their codes. */
export const listedFields = <
  const D extends Spec<FromZone & { readonly atLeast?: number; readonly atMost?: number }>,
>(
  about: D,
): Field<Maybe<readonly string[], D>> => listed('choices', about)

function listed<Answer>(kind: 'choice' | 'choices', { from, ...about }: Spec<FromZone>): Field<Answer> {
  return field({ kind, options: {}, listed: from, ...about } as never)
}

export const organisationField = <const D extends Spec<object>>(about: D): Field<Maybe<string, D>> =>
  field({ kind: 'organisation', ...about } as never)

export const personNameField = <const D extends Spec<object>>(about: D): Field<Maybe<string, D>> =>
  field({ kind: 'personName', masking: 'name', ...about } as never)

export const telephoneField = <const D extends Spec<object>>(about: D): Field<Maybe<string, D>> =>
  field({ kind: 'telephone', masking: 'telephone', ...about } as never)

export const emailField = <const D extends Spec<object>>(about: D): Field<Maybe<string, D>> =>
  field({ kind: 'email', masking: 'email', ...about } as never)

/** Answered with the id of an uploaded material. */
export const fileField = <
  const D extends Spec<{ readonly accepts: readonly string[]; readonly maxBytes: number }>,
>(
  about: D,
): Field<Maybe<string, D>> => field({ kind: 'file', ...about } as never)

/** A repeated group: one row of answers for each owner, product, mark … */
export function groupField<
  const F extends Fields,
  const D extends Spec<{ atLeast?: number; atMost?: number }>,
>(fields: F, about: D): Field<Maybe<readonly AnswersOf<F>[], D>> {
  return field({ kind: 'group', atMost: 50, fields: named(fields), ...about } as never)
}

interface TypedSection<F extends Fields> {
  readonly section: Section
  readonly fields: F
}

export function section<const F extends Fields>(
  code: string,
  names: Words,
  fields: F,
  hint?: Words,
): TypedSection<F> {
  return {
    section: { code, names, ...(hint === undefined ? {} : { hint }), fields: named(fields) },
    fields,
  }
}

type Union<T> = (T extends unknown ? (t: T) => void : never) extends (t: infer I) => void ? I : never
type FieldsOfSections<S extends readonly TypedSection<Fields>[]> = Union<S[number]['fields']>

/** @throws BrokenInvariant when two fields have one name, or a condition names no field before it. */
export function form<const S extends readonly TypedSection<Fields>[]>(
  ...sections: S
): Form<FieldsOfSections<S> extends Fields ? AnswersOf<FieldsOfSections<S>> : never> {
  const made = sections.map(({ section: one }) => one)
  const known = new Set<string>()
  for (const { fields } of made) checkFields(fields, known)
  return { sections: made }
}

function named(fields: Fields): FieldData[] {
  return Object.entries(fields).map(([name, { data }]) => ({ ...data, name }))
}

function checkFields(fields: readonly FieldData[], known: Set<string>) {
  for (const one of fields) {
    if (known.has(one.name)) throw new BrokenInvariant(`a form has two fields called ${one.name}`)
    const within = 'within' in one && one.within !== undefined ? [one.within] : []
    for (const name of [...(one.when === undefined ? [] : fieldsOf(one.when)), ...within]) {
      if (!known.has(name))
        throw new BrokenInvariant(`the condition of ${one.name} names ${name}, which is not asked before it`)
    }
    known.add(one.name)
    // Within a group, conditions may look at the fields around it too.
    if (one.kind === 'group') checkFields(one.fields, new Set(known))
  }
}

/** What a choice offers over the answers given so far. */
export function offered({ options, within }: ListedKind, answers: Answers): Readonly<Record<string, Option>> {
  if (within === undefined) return options
  return Object.fromEntries(Object.entries(options).filter(([, { of }]) => of === answers[within]))
}

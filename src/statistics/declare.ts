import type { AliasableExpression } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import type { ZoneProfile } from '../zone/rules.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

/**
 * The days an indicator speaks of. A stock (agencies in the zone) looks at `asOf` alone. A flow (transfers recorded)
 * counts what happened from `from` to `to`, both days included; the zone decides whether that is the calendar year or
 * everything since a stated day, because the plan does not say.
 */
export interface Span {
  readonly asOf: CalendarDate
  readonly from: CalendarDate
  readonly to: CalendarDate
  /** For dated parameters (the size threshold, the clusters); never for today's date. */
  readonly zone: ZoneProfile
}

/**
 * One record behind a figure, as the room's query selects it. The query is the definition: what it yields is what is
 * counted, listed, frozen and reported. It filters by `span` only and reads no clock.
 */
export interface IndicatorRow {
  /** Unique within one part of one indicator; ordered and paged by its text. */
  readonly recordId: string
  /** How the record is called on a list: the firm's name, the transfer's number. */
  readonly label: string
  readonly occurredOn: string | null
}

interface Keyed {
  readonly partyId: string | null
}

interface Weighed {
  /** In the unit of the indicator: fen, cents, persons. */
  readonly amount: number | null
}

/** Kysely's select query, before it is executed. */
type Query<Row> = AliasableExpression<Row>
type Records<Row = IndicatorRow> = (db: Db, span: Span) => Query<Row>

/**
 * `public`: the records stand in a public register; everyone sees them, and small cells need no cover.
 * `masked`: everyone sees how many, in rows without names; small cells and dominated sums are suppressed.
 * `protected`: as masked, and among staff only those who keep the statistics see the names (plan, S40).
 */
export type Confidentiality = 'public' | 'masked' | 'protected'

interface Counting {
  /** What one record is, in the code names of the glossary: `agency`, `transfer`. */
  readonly recordKind: string
  /** Where one record is shown; a visitor is linked there only for public records. */
  readonly recordPage?: (recordId: string) => string
  /** Unit of this part's own count, where the part is one half of a ratio. */
  readonly unit?: Unit
}

/** A set of records reduced to one number. */
export type Part =
  | (Counting & { readonly kind: 'count'; readonly records: Records })
  /** Each party once, however many records it has. Rows without a party are not counted. */
  | (Counting & {
      readonly kind: 'countDistinct'
      readonly distinctBy: 'partyId'
      readonly records: Records<IndicatorRow & Keyed>
    })
  /** `partyId` says whose amount it is, for the rule that one or two firms must not dominate a published total. */
  | (Counting & { readonly kind: 'sum'; readonly records: Records<IndicatorRow & Keyed & Weighed> })
  /** A figure another office published (the population): it opens to one row, its source. */
  | {
      readonly kind: 'stated'
      readonly unit?: Unit
      readonly figure: (db: Db, span: Span) => Promise<StatedFigure | undefined>
    }

/** A number that was not counted here and therefore carries where it comes from. */
export interface StatedFigure {
  readonly value: number
  /** The year, quarter or day it speaks of, as its publisher writes it. */
  readonly period: string
  readonly definition: Words
  readonly source: Words & { readonly url?: string }
}

/** One way to break a figure down. The row's column of this name holds a code, or null where it is not known. */
export interface Dimension {
  readonly name: Words
  /** Every value that may occur, in the order shown; a code beyond it is shown as it is. */
  readonly values: (zone: ZoneProfile) => Readonly<Record<string, Words>>
}

interface Described {
  /** kebab-case, stable for ever: it is the address of the figure. */
  readonly code: string
  /** Clauses of the plan that ask for this number. */
  readonly clauses: readonly [string, ...string[]]
  readonly name: Words
  /** What is counted, once, when, and what is not: enough for an outsider to recount. */
  readonly definition: Words
  /** Raise by one when the meaning changes; frozen snapshots keep the version they were taken with. */
  readonly version: number
  readonly unit: Unit
  /** `stock` is a state on a day, `flow` is what happened over a span. */
  readonly measures: 'stock' | 'flow'
  readonly confidentiality: Confidentiality
  /**
   * What the figure is measured against where the target says “exceeds”, for comparators that are imported. Without
   * it the zone profile's own values are taken. The span's period must be the comparator's.
   */
  readonly comparator?: (db: Db, span: Span) => Promise<StatedFigure | undefined>
  /** Ways to break the figure down; each is a column of the rows. */
  readonly dimensions?: Readonly<Record<string, Dimension>>
}

export type IndicatorDeclaration = Described &
  (
    | Part
    /** numerator ÷ denominator × `scale`; both parts open. Nothing to divide by makes the value unknown, not zero. */
    | {
        readonly kind: 'ratio'
        readonly numerator: Part
        readonly denominator: Part
        readonly scale: 100 | 10_000
      }
    /** Per cent by which `part` grew over the span of equal length one year before; both spans open. */
    | { readonly kind: 'growth'; readonly part: Part; readonly priceBasis: 'current' | 'constant' }
  )

/** An indicator as the registry holds it. */
export type Indicator = IndicatorDeclaration

/**
 * Units are few and named once, so that pages and exports write them alike. `code` is the stored unit, the smallest
 * one of money; `per` says how many of it make one of the shown unit. A target of the zone may show the same stored
 * unit in a larger one (亿元).
 */
export const UNITS = {
  agency: { code: 'count', zh: '家', en: 'agencies', per: 1 },
  firm: { code: 'count', zh: '家', en: 'firms', per: 1 },
  organisation: { code: 'count', zh: '家', en: 'organisations', per: 1 },
  person: { code: 'person', zh: '人', en: 'people', per: 1 },
  patent: { code: 'count', zh: '件', en: 'patents', per: 1 },
  application: { code: 'count', zh: '件', en: 'applications', per: 1 },
  transfer: { code: 'count', zh: '件', en: 'transfers', per: 1 },
  matter: { code: 'count', zh: '件', en: 'matters', per: 1 },
  item: { code: 'count', zh: '个', en: 'items', per: 1 },
  fen: { code: 'fen', zh: '元', en: 'yuan', per: 100 },
  usdCent: { code: 'usd-cent', zh: '美元', en: 'US dollars', per: 100 },
  percent: { code: 'percent', zh: '%', en: '%', per: 1 },
  perTenThousand: { code: 'per-10000', zh: '件/万人', en: 'per 10,000 residents', per: 1 },
} as const satisfies Record<string, Words & { code: string; per: number }>

export type Unit = keyof typeof UNITS

/**
 * Declares one number. This one declaration gives its value, the list it opens to, its frozen snapshot and its line in
 * the report. `recordId`, `label` and `occurredOn` are selected by every query; `partyId`, `amount` and the columns
 * named in `dimensions` where the kind needs them.
 *
 * @throws BrokenInvariant when the declaration contradicts itself; this is a mistake in code, found at start.
 */
export function indicator(declaration: IndicatorDeclaration): Indicator {
  const { code, clauses, version } = declaration
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code))
    throw new BrokenInvariant(`indicator code "${code}" is not kebab-case`)
  if (!Number.isInteger(version) || version < 1)
    throw new BrokenInvariant(`indicator ${code}: version ${version}`)
  for (const clause of clauses) {
    if (!/^S[1-9]\d*$/.test(clause)) throw new BrokenInvariant(`indicator ${code}: "${clause}" is no clause`)
  }
  return declaration
}

export type Registry = ReadonlyMap<string, Indicator>

/** All declarations by code. Two rooms must not claim one code. */
export function registry(...declared: readonly (readonly Indicator[])[]): Registry {
  const byCode = new Map<string, Indicator>()
  for (const one of declared.flat()) {
    if (byCode.has(one.code)) throw new BrokenInvariant(`indicator ${one.code} is declared twice`)
    byCode.set(one.code, one)
  }
  return byCode
}

import type { CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { listUnitsHeld } from '../zone/public.ts'
import { placementOf, vacantUnits } from './placement.rules.ts'
import type { Advice } from './placement.store.ts'
import { rulesInForce, type StageFacts, stageOf, wholeYears } from './stage.rules.ts'

/** What an applicant says of itself. */
export interface Declared {
  readonly foundedOn: CalendarDate
  readonly annualRevenueFen: number | null
  readonly staff: number
  readonly attorneys: number | null
  /** Codes of the zone's industries. */
  readonly industries: readonly string[]
}

/** Where the applicant should go, as the rules stand on the day. Undefined where the zone has no rule for it yet. */
export async function adviseOn(
  db: Db,
  { zone, today }: Pick<Context, 'zone' | 'today'>,
  declared: Declared,
): Promise<Advice | undefined> {
  const stage = rulesInForce(zone.stageRules, today)
  const placement = rulesInForce(zone.placement, today)
  if (stage === undefined || placement === undefined) return undefined
  const facts = factsOf(declared, today)
  const held = new Set(await listUnitsHeld(db, zone.id, today))
  const inputs = {
    facts,
    stage: stageOf(facts, stage).stage,
    industries: [...declared.industries],
    staff: declared.staff,
    carriers: zone.carriers.map(({ id, stage: takes }) => ({ id, stage: takes })),
    vacancies: vacantUnits(zone.spaces.buildings, (unit) => held.has(unit)),
  }
  const finding = placementOf(inputs, placement)
  return finding && { inputs, rules: { placement, stage }, finding }
}

function factsOf({ foundedOn, annualRevenueFen, staff, attorneys }: Declared, on: CalendarDate): StageFacts {
  const declared = (value: number | null) =>
    value === null ? undefined : { value, asOf: on, source: 'declared' }
  return {
    yearsSinceFounding: declared(wholeYears(foundedOn, on)),
    annualRevenueFen: declared(annualRevenueFen),
    staff: declared(staff),
    attorneys: declared(attorneys),
  }
}

/** Whether an advice comes out the same from what is stored with it: the check an outsider would make. */
export function replays({ inputs, rules, finding }: Advice): boolean {
  const { facts, ...given } = inputs
  const again = placementOf({ ...given, stage: stageOf(facts, rules.stage).stage }, rules.placement)
  return sameContent(again, finding)
}

/** The same values, whatever the order of the keys in which a database hands them back. */
function sameContent(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => sameContent(item, other[index]))
  if (typeof one === 'object' && one !== null && typeof other === 'object' && other !== null) {
    const [left, right] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))]
    return (
      left.length === right.size &&
      left.every(([key, value]) => right.has(key) && sameContent(value, right.get(key)))
    )
  }
  return one === other
}

/** Industries of the zone that an application names. */
export function industriesIn(said: Said, { industries }: Pick<ZoneProfile, 'industries'>): string[] {
  return namedIn(
    said,
    industries.flatMap(({ groups }) => groups.flatMap(({ members }) => members)),
  )
}

/** Service classes of the zone that an application names. */
export function classesIn(said: Said, { services }: Pick<ZoneProfile, 'services'>): string[] {
  return namedIn(said, services)
}

/** Codes that were chosen; in applications of the first version of the form, words that were typed. */
export type Said = readonly string[] | string

interface Named {
  readonly code: string
  readonly names: { readonly zh: string; readonly en: string }
}

function namedIn(said: Said, known: readonly Named[]): string[] {
  const named = typeof said === 'string' ? namedBy(said) : ({ code }: Named) => said.includes(code)
  return [...new Set(known.filter(named).map(({ code }) => code))]
}

/** What a text names by code or by a name in either language. */
function namedBy(text: string): (one: Named) => boolean {
  const typed = text.normalize('NFKC').toLowerCase()
  const words = new Set(typed.split(/[^\p{L}\p{N}-]+/u))
  return ({ code, names }) =>
    words.has(code) || typed.includes(names.zh.toLowerCase()) || typed.includes(names.en.toLowerCase())
}

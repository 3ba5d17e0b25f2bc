/** One computation: from the records as they stand to every agency's score, rank and verdict, with a digest of each. */
import { createHash } from 'node:crypto'
import { date } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { type CanonicalValue, canonicalJson } from '../ledger/canonical.rules.ts'
import type { Scheme } from '../zone/appraisal.rules.ts'
import type { ReturnForms } from '../zone/returns.rules.ts'
import { findAppraised, gatherInputs, type AppraisedAgency } from './records.store.ts'
import type { FullResult } from './round.store.ts'
import { classFor, type Inputs, place, scoreOf, vetoesOf } from './rules.ts'

export interface Computing {
  readonly year: number
  readonly scheme: Scheme
  /** The day whose state of the records counts. */
  readonly on: string
  readonly returnForms: readonly ReturnForms[]
}

export type Computed = Omit<FullResult, 'roundId' | 'edition'>

export async function computeRound(db: Db, computing: Computing): Promise<Computed[]> {
  const agencies = await findAppraised(db, computing.year)
  const inputs = await gatherInputs(db, agencies, { ...computing, on: date(computing.on) })
  const scored = agencies.map((agency) => scoreAgency(agency, inputs.get(agency.id) ?? {}, computing))
  const places = new Map(
    computing.scheme.classes.flatMap(({ code }) =>
      place(
        computing.scheme,
        scored.filter(({ classCode }) => classCode === code),
      ).map((one) => [one.code, one] as const),
    ),
  )
  return scored.map((one) => {
    const { rank = 1, verdict = 'below' } = places.get(one.code) ?? {}
    return { ...one, rank, verdict }
  })
}

function scoreAgency(
  { id, partyId, code, name, classes }: AppraisedAgency,
  inputs: Inputs,
  { scheme, year }: Computing,
) {
  const standard = classFor(scheme, classes)
  const { items, total } = scoreOf(standard, inputs)
  return {
    agencyId: id,
    partyId,
    code,
    name,
    classCode: standard.code,
    inputs,
    items,
    total,
    vetoes: vetoesOf(scheme, inputs, year),
    digest: digestOf(scheme, { code, classCode: standard.code, inputs }),
  }
}

/** What a score rests on, in one text: whoever has the records can make it again. */
export function digestOf(
  scheme: Pick<Scheme, 'code' | 'version'>,
  { code, classCode, inputs }: Pick<FullResult, 'code' | 'classCode' | 'inputs'>,
): string {
  const criteria = `${scheme.code} ${scheme.version}`
  const said = { agency: code, class: classCode, criteria, inputs } as unknown as CanonicalValue
  return createHash('sha256').update(canonicalJson(said)).digest('hex')
}

export function digestOfAll(results: readonly Pick<FullResult, 'code' | 'digest'>[]): string {
  const hash = createHash('sha256')
  for (const { digest } of results.toSorted((one, other) => (one.code < other.code ? -1 : 1)))
    hash.update(`${digest}\n`)
  return hash.digest('hex')
}

/** The records of one agency as they stand on a day, whether or not it is still in the register of that year. */
export async function inputsOf(db: Db, agencyId: string, computing: Computing): Promise<Inputs | undefined> {
  const [agency] = await findAppraised(db, computing.year, agencyId)
  if (agency === undefined) return undefined
  return (await gatherInputs(db, [agency], { ...computing, on: date(computing.on) })).get(agency.id)
}

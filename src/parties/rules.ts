import type { CalendarDate } from '#platform/calendar.ts'
import {
  checkCreditCode,
  checkIdentifier,
  mayBeOverridden,
  type IdentifierScheme,
} from './identifiers.rules.ts'
import type { IdentifierFault } from './verdict.rules.ts'
import { tidyName } from './names.rules.ts'

/** Recognitions with a term that the plan counts or that open a service. */
export const STANDINGS = {
  'high-tech': { zh: '高新技术企业', en: 'High-tech enterprise' },
  'technology-sme': { zh: '科技型中小企业', en: 'Technology-based SME' },
  'innovative-sme': { zh: '创新型中小企业', en: 'Innovative SME' },
  specialised: { zh: '专精特新企业', en: 'Specialised-and-sophisticated enterprise' },
  'little-giant': { zh: '专精特新“小巨人”企业', en: '“Little giant” enterprise' },
  'pre-ipo': { zh: '拟上市企业', en: 'Pre-IPO enterprise' },
  listed: { zh: '上市公司', en: 'Listed company' },
  'above-scale': { zh: '规模以上企业', en: 'Enterprise above designated size' },
} as const

export type Standing = keyof typeof STANDINGS
export const STANDING_NAMES = Object.keys(STANDINGS) as [Standing, ...Standing[]]

export const ALIAS_KINDS = ['former', 'short', 'trade', 'translation'] as const
export type AliasKind = (typeof ALIAS_KINDS)[number]

export interface IdentifierGiven {
  readonly scheme: IdentifierScheme
  readonly value: string
  readonly country?: string
  /** Why the code stands although its check fails; recorded with it. */
  readonly override?: string
}

export interface StandingGiven {
  readonly standing: Standing
  readonly validFrom: CalendarDate
  /** Half-open: the first day on which it no longer holds. */
  readonly validTo?: CalendarDate
  readonly certificateNumber?: string
}

/** What is known of an organisation; fields that are left out stay as they are. */
export interface OrganisationGiven {
  readonly name: string
  readonly creditCode?: string
  readonly creditCodeOverride?: string
  readonly nameEn?: string
  readonly regionCode?: string
  readonly industryCode?: string
  readonly country?: string
  readonly address?: string
  readonly aliases?: readonly { readonly kind: AliasKind; readonly name: string }[]
  readonly identifiers?: readonly IdentifierGiven[]
  readonly standings?: readonly StandingGiven[]
  /** Since when the record holds, when that is earlier than the day it is recorded. */
  readonly since?: CalendarDate
}

export interface CodeProblem {
  readonly field: string
  readonly value: string
  readonly reason: IdentifierFault
  readonly expectedCheck?: string
}

/** What a party's record says between two changes. */
export interface PartyState {
  readonly name: string
  readonly nameEn: string | null
  readonly regionCode: string | null
  readonly industryCode: string | null
  readonly address: string | null
}

const STATE_FIELDS = ['name', 'nameEn', 'regionCode', 'industryCode', 'address'] as const

/** Codes in their normal form, or what is wrong with the first that cannot stand. */
export function readOrganisation(
  given: OrganisationGiven,
): { ok: OrganisationGiven } | { problem: CodeProblem } {
  const identifiers: IdentifierGiven[] = []
  for (const one of given.identifiers ?? []) {
    const verdict = checkIdentifier(one.scheme, one.value, one.country)
    if (verdict.valid) {
      const { override: _unneeded, ...plain } = one
      identifiers.push({ ...plain, value: verdict.value })
    } else if (one.override !== undefined && mayBeOverridden(verdict)) {
      identifiers.push({ ...one, value: one.value.normalize('NFKC').replace(/\s+/g, '').toUpperCase() })
    } else {
      const { reason, expectedCheck } = verdict
      return {
        problem: {
          field: one.scheme,
          value: one.value,
          reason,
          ...(expectedCheck === undefined ? {} : { expectedCheck }),
        },
      }
    }
  }
  const { creditCode, creditCodeOverride, ...rest } = given
  const tidy = { ...rest, name: tidyName(given.name), identifiers }
  if (creditCode === undefined) return { ok: tidy }
  const verdict = checkCreditCode(creditCode)
  if (verdict.valid) return { ok: { ...tidy, creditCode: verdict.value } }
  if (creditCodeOverride !== undefined && mayBeOverridden(verdict)) {
    const value = creditCode.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
    return { ok: { ...tidy, creditCode: value, creditCodeOverride } }
  }
  const { reason, expectedCheck } = verdict
  return {
    problem: {
      field: 'creditCode',
      value: creditCode,
      reason,
      ...(expectedCheck === undefined ? {} : { expectedCheck }),
    },
  }
}

/** The state after what was given is laid over what is known; the same object when nothing changes. */
export function nextState(known: PartyState, given: Partial<OrganisationGiven>): PartyState {
  const next: Record<string, string | null> = { ...known }
  let changed = false
  for (const field of STATE_FIELDS) {
    const value = given[field]
    if (value === undefined || value === known[field]) continue
    next[field] = value
    changed = true
  }
  return changed ? (next as unknown as PartyState) : known
}

export interface MergeSide {
  readonly id: string
  readonly kind: 'organisation' | 'person'
  readonly creditCode: string | null
  /** Set while the party is itself absorbed by another. */
  readonly survivorId: string | null
}

export type MergeObstacle =
  | 'SAME_PARTY'
  | 'DIFFERENT_KINDS'
  | 'DIFFERENT_CODES'
  | 'CODE_MUST_SURVIVE'
  | 'ALREADY_MERGED'

/**
 * Two credit codes are two legal persons whatever their names say, and the record with the code is the one that official
 * registers know, so it survives.
 */
export function mergeObstacle(survivor: MergeSide, absorbed: MergeSide): MergeObstacle | undefined {
  if (survivor.id === absorbed.id) return 'SAME_PARTY'
  if (survivor.survivorId !== null || absorbed.survivorId !== null) return 'ALREADY_MERGED'
  if (survivor.kind !== absorbed.kind) return 'DIFFERENT_KINDS'
  if (absorbed.creditCode !== null)
    return survivor.creditCode === null ? 'CODE_MUST_SURVIVE' : 'DIFFERENT_CODES'
  return undefined
}

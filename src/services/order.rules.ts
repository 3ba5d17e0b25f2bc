import type { CalendarDate } from '#platform/calendar.ts'
import { dueDate, type WorkingCalendar } from '#platform/working-days.ts'
import type { MatterType } from './rules.ts'

interface SpecialService {
  readonly zh: string
  readonly en: string
  /** As what it counts once it is filed: 咨询、运用、转化、保护 are what the goal names (S42). */
  readonly matterType: MatterType
}

/** 战略策划、大数据加工、托管运营、预警分析 (S74). */
export const SPECIAL_SERVICES = {
  strategy: { zh: '战略策划', en: 'Strategy', matterType: 'consulting' },
  'data-processing': { zh: '大数据加工', en: 'Data processing', matterType: 'information' },
  trusteeship: { zh: '托管运营', en: 'Trusteeship and operation', matterType: 'use' },
  'early-warning': { zh: '预警分析', en: 'Early-warning analysis', matterType: 'consulting' },
} as const satisfies Readonly<Record<string, SpecialService>>

export type SpecialServiceCode = keyof typeof SPECIAL_SERVICES
export const SPECIAL_SERVICE_CODES = Object.keys(SPECIAL_SERVICES) as [
  SpecialServiceCode,
  ...SpecialServiceCode[],
]

export const QUOTE_STATES = [
  'standing',
  'replaced',
  'withdrawn',
  'taken',
  'not-taken',
  'given-back',
  'cancelled',
] as const
export type QuoteState = (typeof QUOTE_STATES)[number]

/** What of a quote decides whether and how it compares. */
export interface Offer {
  readonly id: string
  readonly state: QuoteState
  readonly priceFen: number
  readonly days: number
  readonly dayUnit: 'workingDays' | 'calendarDays'
  readonly validUntil: CalendarDate
}

/** The last day of a quote is a day on which it can still be taken. */
export function canBeTaken({ state, validUntil }: Pick<Offer, 'state' | 'validUntil'>, today: CalendarDate) {
  return state === 'standing' && today <= validUntil
}

/** The day by which a quote that is taken on a day promises delivery. */
export function deliveryDue(
  { days, dayUnit }: Pick<Offer, 'days' | 'dayUnit'>,
  takenOn: CalendarDate,
  calendar: WorkingCalendar,
): CalendarDate {
  return dueDate({ start: takenOn, unit: dayUnit, n: days }, calendar).due
}

export interface Compared {
  readonly id: string
  /** If it were taken today. */
  readonly dueOn: CalendarDate
  readonly lowestPrice: boolean
  readonly soonest: boolean
  readonly withinBudget: boolean
}

/**
 * Quotes that can be taken, side by side. Nothing ranks them: the lowest price and the earliest day are marked, both where
 * several share them, and the client chooses.
 */
export function compareOffers(
  offers: readonly Offer[],
  budgetToFen: number | null,
  today: CalendarDate,
  calendar: WorkingCalendar,
): Compared[] {
  const open = offers
    .filter((offer) => canBeTaken(offer, today))
    .map((offer) => ({ ...offer, dueOn: deliveryDue(offer, today, calendar) }))
  const lowest = Math.min(...open.map(({ priceFen }) => priceFen))
  const soonest = open.map(({ dueOn }) => dueOn).toSorted()[0]
  return open.map(({ id, priceFen, dueOn }) => ({
    id,
    dueOn,
    lowestPrice: priceFen === lowest,
    soonest: dueOn === soonest,
    withinBudget: budgetToFen === null || priceFen <= budgetToFen,
  }))
}

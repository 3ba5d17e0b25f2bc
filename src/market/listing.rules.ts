import { addDays, type CalendarDate } from '#platform/calendar.ts'

export const LISTING_STATES = {
  active: { zh: '挂牌中', en: 'On the market' },
  faded: { zh: '逾期未确认', en: 'Faded: not confirmed' },
  lapsed: { zh: '权利已终止', en: 'The right has ended' },
  withdrawn: { zh: '已撤牌', en: 'Withdrawn' },
} as const
export type ListingState = keyof typeof LISTING_STATES
export const LISTING_STATE_NAMES = Object.keys(LISTING_STATES) as [ListingState, ...ListingState[]]

/** Statuses with which a right, or an application for one, is no more. What is not known is no end. */
const ENDED = new Set(['lapsed', 'expired', 'abandoned', 'withdrawn', 'refused', 'revoked', 'ended'])

export function hasEnded(legalStatus: string): boolean {
  return ENDED.has(legalStatus)
}

/** The first day on which a listing no longer stands unless its owner has confirmed it before. */
export function confirmBy(
  confirmedOn: CalendarDate,
  { confirmDays }: { readonly confirmDays: number },
): CalendarDate {
  return addDays(confirmedOn, confirmDays)
}

export interface Checked {
  readonly state: ListingState
  readonly confirmBy: string
  readonly legalStatus: string
  /** Whether the owner was reminded of this day already. */
  readonly reminded: boolean
}

export type Verdict = 'keep' | 'remind' | 'fade' | 'lapse'

/**
 * What a look at a listing finds on a day. The end of the right comes first: nobody can confirm what is no more. A faded
 * listing whose right ends lapses too, so that confirming cannot bring it back.
 */
export function verdictOn(
  today: string,
  { state, confirmBy: by, legalStatus, reminded }: Checked,
  { remindDaysBefore }: { readonly remindDaysBefore: number },
): Verdict {
  if (state !== 'active' && state !== 'faded') return 'keep'
  if (hasEnded(legalStatus)) return 'lapse'
  if (state === 'faded') return 'keep'
  if (today >= by) return 'fade'
  return !reminded && today >= addDays(by as CalendarDate, -remindDaysBefore) ? 'remind' : 'keep'
}

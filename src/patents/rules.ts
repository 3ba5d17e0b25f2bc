import { addDays, addMonths, type CalendarDate } from '#platform/calendar.ts'

/** The five classes of which a high-value invention meets at least one (国家统计口径, see docs/GLOSSARY.md). */
export const CRITERIA = {
  'emerging-industry': { zh: '战略性新兴产业', en: 'Strategic emerging industry' },
  'overseas-family': { zh: '有海外同族专利权', en: 'Family right abroad' },
  'long-maintained': { zh: '维持年限超过十年', en: 'Maintained for more than ten years' },
  pledged: { zh: '实现较高质押融资金额', en: 'Pledged for a higher amount' },
  awarded: { zh: '获国家科学技术奖或中国专利奖', en: 'National award' },
} as const

export type Criterion = keyof typeof CRITERIA
export const CRITERION_NAMES = Object.keys(CRITERIA) as [Criterion, ...Criterion[]]

/** The first day on which a right has been maintained for more than ten years from its filing (国家统计口径, third class). */
export function longMaintainedFrom(filedOn: CalendarDate): CalendarDate {
  return addDays(addMonths(filedOn, 120), 1)
}

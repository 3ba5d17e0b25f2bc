import type { Language } from './language.ts'

const FEN_PER_YUAN = 100
const YUAN_PER_WAN = 10_000
const YUAN_PER_YI = 100_000_000

/** `1234567.5` → `1,234,567.5`. Grouping by thousands in both languages, as Chinese statistics print it. */
export function formatNumber(value: number, digits?: number): string {
  return new Intl.NumberFormat('en', {
    maximumFractionDigits: digits ?? 2,
    minimumFractionDigits: digits ?? 0,
  }).format(value)
}

/** A share of one as a percentage: `0.1234` → `12.3%`. */
export function formatShare(value: number, digits = 1): string {
  return `${formatNumber(value * 100, digits)}%`
}

const CURRENCY_WORDS: Readonly<Record<string, { zh: string; en: string }>> = {
  CNY: { zh: '元', en: 'CNY' },
  USD: { zh: '美元', en: 'USD' },
  EUR: { zh: '欧元', en: 'EUR' },
}

/**
 * Money in hundredths of its unit (fen) as a reader needs it: 亿元 and 万元 in Chinese, millions in English; `exact` gives
 * full digits for contracts and receipts.
 */
export function formatMoney(
  hundredths: number | bigint,
  currency: string,
  language: Language,
  exact = false,
): string {
  const amount = Number(hundredths) / FEN_PER_YUAN
  const words = CURRENCY_WORDS[currency] ?? { zh: currency, en: currency }
  if (language === 'en') return `${words.en} ${formatEnglishAmount(amount, exact)}`
  const size = Math.abs(amount)
  if (exact || size < YUAN_PER_WAN) return `${formatNumber(amount, exact ? 2 : undefined)} ${words.zh}`
  if (size < YUAN_PER_YI) return `${formatNumber(amount / YUAN_PER_WAN)} 万${words.zh}`
  return `${formatNumber(amount / YUAN_PER_YI)} 亿${words.zh}`
}

function formatEnglishAmount(amount: number, exact: boolean): string {
  if (exact) return formatNumber(amount, 2)
  const size = Math.abs(amount)
  if (size < 1_000_000) return formatNumber(amount)
  if (size < 1_000_000_000) return `${formatNumber(amount / 1_000_000)} million`
  return `${formatNumber(amount / 1_000_000_000)} billion`
}

/** A moment as people in the zone read it: `2026-11-22 14:32`. */
export function formatMoment(iso: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(iso))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`
}

const CALENDAR_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whether the text is a real day written `YYYY-MM-DD`: `2026-02-30` is not. */
export function isCalendarDate(text: string): boolean {
  const match = CALENDAR_DATE.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** What people type for a day (`20261122`, `2026/1/5`, `2026.11.22`, `2026年1月5日`) as `YYYY-MM-DD`; other text comes back as it was. */
export function normaliseDate(text: string): string {
  const trimmed = text.trim()
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed) ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(trimmed)
  if (!match) return trimmed
  return `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`
}

/**
 * The operators of the plan as the API writes them. 超过 is strictly more: at the target itself it is not met. A trend
 * and a comparison have no number of their own to reach.
 */
export type Operator = '>' | '>=' | '<' | '<=' | '=' | 'trend' | 'exceeds-comparator'

const OPERATOR_WORDS: Readonly<Record<Operator, Record<Language, (target: string) => string>>> = {
  '>': { zh: (t) => `超过 ${t}`, en: (t) => `more than ${t}` },
  '>=': { zh: (t) => `达到 ${t}`, en: (t) => `at least ${t}` },
  '<': { zh: (t) => `低于 ${t}`, en: (t) => `less than ${t}` },
  '<=': { zh: (t) => `不超过 ${t}`, en: (t) => `at most ${t}` },
  '=': { zh: (t) => `等于 ${t}`, en: (t) => `exactly ${t}` },
  trend: { zh: () => '逐年上升', en: () => 'rising year by year' },
  'exceeds-comparator': { zh: () => '高于对照值', en: () => 'above its comparator' },
}

/** `超过 100 家`, `more than 100 agencies`. `target` is the number with its unit, already in words. */
export function operatorInWords(operator: Operator, target: string, language: Language): string {
  return OPERATOR_WORDS[operator][language](target)
}

/** Whether the operator compares with a target of its own, which a bar can draw. */
export function hasTarget(operator: Operator): boolean {
  return operator !== 'trend' && operator !== 'exceeds-comparator'
}

const WEEKDAY_LOCALES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' }

/** `2026-11-22` → 周日, Sun. */
export function weekdayName(day: string, language: Language): string {
  return new Intl.DateTimeFormat(WEEKDAY_LOCALES[language], { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

const KILO = 1024

/** `2_400_000` → 2.3 MB: in powers of 1,024, as the limits are set. */
export function formatBytes(bytes: number): string {
  if (bytes < KILO) return `${bytes} B`
  if (bytes < KILO ** 2) return `${(bytes / KILO).toFixed(0)} KB`
  return `${Number((bytes / KILO ** 2).toFixed(1))} MB`
}

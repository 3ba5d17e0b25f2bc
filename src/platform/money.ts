import type { CalendarDate } from './calendar.ts'

/** Decimal places of the currencies the platform records (ISO 4217). */
const decimals = {
  CNY: 2,
  USD: 2,
  EUR: 2,
  GBP: 2,
  HKD: 2,
  MOP: 2,
  TWD: 2,
  SGD: 2,
  CHF: 2,
  JPY: 0,
  KRW: 0,
} as const

export type Currency = keyof typeof decimals

/** An amount in the smallest unit of its currency: fen for CNY, cents for USD, whole yen for JPY. */
export interface Money {
  readonly amount: number
  readonly currency: Currency
}

/** A published rate: `per` units of `base` cost `value` units of `quote` on the day. */
export interface ExchangeRate {
  readonly base: Currency
  readonly quote: Currency
  /** A decimal such as `7.1234`, kept as text so that no digit is lost. */
  readonly value: string
  readonly per: number
  readonly on: CalendarDate
  /** Who published it. */
  readonly source: string
}

/** A converted amount that can be recomputed: it keeps what it came from and the rate it was converted at. */
export interface Converted {
  readonly money: Money
  readonly original: Money
  readonly rate: ExchangeRate
}

/** An amount that is no safe whole number, currencies that do not fit together, or a rate that is none. */
export class InvalidMoney extends RangeError {
  override name = 'InvalidMoney'
}

export function money(amount: number, currency: Currency): Money {
  if (!Number.isSafeInteger(amount)) throw new InvalidMoney(`${amount} is not a whole number of minor units`)
  return { amount, currency }
}

/** Reads an amount in major units, `1234.5` for ¥1,234.50. Throws InvalidMoney rather than round. */
export function parseMoney(text: string, currency: Currency): Money {
  const places = decimals[currency]
  const match = /^(-?)(\d+)(?:\.(\d*?)0*)?$/.exec(text.replaceAll(',', '').trim())
  const fraction = match?.[3] ?? ''
  if (!match || fraction.length > places) throw new InvalidMoney(`"${text}" is not an amount in ${currency}`)
  return money(Number(`${match[1]}${match[2]}${fraction.padEnd(places, '0')}`), currency)
}

/** Throws InvalidMoney when the currencies differ: convert first, and keep the rate. */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new InvalidMoney(`${a.currency} and ${b.currency} cannot be added`)
  return money(a.amount + b.amount, a.currency)
}

export function sum(amounts: Iterable<Money>, currency: Currency): Money {
  let total = money(0, currency)
  for (const amount of amounts) total = add(total, amount)
  return total
}

/** Converts in either direction of the rate, exactly, and rounds once at the end, half away from zero. */
export function convert(original: Money, to: Currency, rate: ExchangeRate): Converted {
  const { numerator, denominator } = fractionOf(rate)
  const forwards = original.currency === rate.base && to === rate.quote
  if (!forwards && !(original.currency === rate.quote && to === rate.base)) {
    throw new InvalidMoney(
      `a rate of ${rate.base} in ${rate.quote} does not turn ${original.currency} into ${to}`,
    )
  }
  const scale = decimals[to] - decimals[original.currency]
  const [multiplier, divisor] = forwards ? [numerator, denominator] : [denominator, numerator]
  const converted = divideRounding(
    BigInt(original.amount) * multiplier * 10n ** BigInt(Math.max(scale, 0)),
    divisor * 10n ** BigInt(Math.max(-scale, 0)),
  )
  return { money: money(Number(converted), to), original, rate }
}

function fractionOf({ value, per }: ExchangeRate): { numerator: bigint; denominator: bigint } {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(value)
  const numerator = match ? BigInt(`${match[1]}${match[2] ?? ''}`) : 0n
  if (numerator === 0n || !Number.isSafeInteger(per) || per < 1)
    throw new InvalidMoney(`"${value}" is not a rate`)
  return { numerator, denominator: 10n ** BigInt(match?.[2]?.length ?? 0) * BigInt(per) }
}

function divideRounding(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend
  const rounded = (size * 2n + divisor) / (divisor * 2n)
  return dividend < 0n ? -rounded : rounded
}

type Language = 'zh' | 'en'

const chineseNames: Record<Currency, string> = {
  CNY: '元',
  USD: '美元',
  EUR: '欧元',
  GBP: '英镑',
  HKD: '港元',
  MOP: '澳门元',
  TWD: '新台币',
  SGD: '新加坡元',
  CHF: '瑞士法郎',
  JPY: '日元',
  KRW: '韩元',
}

/** Powers of ten that each language counts large amounts in, largest first. */
const magnitudes: Record<Language, readonly { power: number; name: string }[]> = {
  zh: [
    { power: 8, name: '亿' },
    { power: 4, name: '万' },
  ],
  en: [
    { power: 9, name: ' billion' },
    { power: 6, name: ' million' },
  ],
}

/** To the last minor unit: `1,234.50元`, `1,234.50 yuan`, `USD 1,234.50`. */
export function formatMoney({ amount, currency }: Money, language: Language): string {
  const places = decimals[currency]
  const number = digits(language, places, places).format(shifted(amount, places))
  if (language === 'zh') return `${number}${chineseNames[currency]}`
  return currency === 'CNY' ? `${number} yuan` : `${currency} ${number}`
}

/** For headlines, rounded to two places of the language's own magnitude: `2.35亿元`, `RMB 235 million`. */
export function formatLargeMoney(value: Money, language: Language): string {
  const places = decimals[value.currency]
  const magnitude = magnitudes[language].find(({ power }) => roundsTo(value.amount, power, language, places))
  if (!magnitude) return formatMoney(value, language)
  const number = digits(language, 0, 2).format(shifted(value.amount, magnitude.power + places))
  if (language === 'zh') return `${number}${magnitude.name}${chineseNames[value.currency]}`
  return `${value.currency === 'CNY' ? 'RMB' : value.currency} ${number}${magnitude.name}`
}

/** 99,999,999 yuan would round to 10,000万 and are therefore written 1亿: the magnitude is that of the rounded number. */
function roundsTo(amount: number, power: number, language: Language, places: number): boolean {
  const nextSmaller = power - (language === 'zh' ? 4 : 3)
  return Math.abs(amount) >= 10 ** (power + places) - 10 ** (nextSmaller + places) / 200
}

/** The exact decimal `amount` / 10^places; Intl rounds such a text without going through binary fractions. */
function shifted(amount: number, places: number): `${number}` {
  const text = String(Math.abs(amount)).padStart(places + 1, '0')
  const point = text.length - places
  return `${amount < 0 ? '-' : ''}${text.slice(0, point)}.${text.slice(point)}0` as `${number}`
}

function digits(language: Language, minimumFractionDigits: number, maximumFractionDigits: number) {
  return new Intl.NumberFormat(language, { minimumFractionDigits, maximumFractionDigits })
}

import { createContext, type ReactNode, useContext } from 'react'
import { formatMoment, formatMoney, formatNumber, formatShare } from './format.ts'
import { MaskedIcon } from './icons.ts'
import { language } from './language.ts'
import { useOwnWords } from './words.ts'
import './values.css'

/** The zone's time zone, provided by the shell: a due date is a day there, wherever it is read. */
export const TimeZoneContext = createContext('Asia/Shanghai')

/** A day, as `2026-11-22`. Absent days are shown as not published, never as an empty place. */
export function DateText({ value }: { readonly value: string | null | undefined }) {
  return value ? <time dateTime={value}>{value.slice(0, 10)}</time> : <Unknown />
}

/** A moment (ISO 8601) in the zone's time: `2026-11-22 14:32`. */
export function MomentText({ value }: { readonly value: string | null | undefined }) {
  const timeZone = useContext(TimeZoneContext)
  return value ? <time dateTime={value}>{formatMoment(value, timeZone)}</time> : <Unknown />
}

interface NumberTextProps {
  readonly value: number | null | undefined
  readonly digits?: number
  readonly unit?: string | undefined
}

/** A number and its unit, kept on one line. */
export function NumberText({ value, digits, unit }: NumberTextProps) {
  if (value === null || value === undefined) return <Unknown />
  return (
    <span className="value">
      <span className="tabular">{formatNumber(value, digits)}</span>
      {unit && <span className="value-unit">{unit}</span>}
    </span>
  )
}

/** A share of one: `0.1234` → `12.3%`. */
export function ShareText({
  value,
  digits,
}: {
  readonly value: number | null | undefined
  readonly digits?: number
}) {
  if (value === null || value === undefined) return <Unknown />
  return <span className="value tabular">{formatShare(value, digits)}</span>
}

interface MoneyTextProps {
  /** Hundredths of the currency's unit: fen, cents. */
  readonly fen: number | string | null | undefined
  readonly currency?: string
  /** Full digits, for contracts and receipts. */
  readonly exact?: boolean
}

export function MoneyText({ fen, currency = 'CNY', exact }: MoneyTextProps) {
  if (fen === null || fen === undefined) return <Unknown />
  return <span className="value tabular">{formatMoney(BigInt(fen), currency, language, exact)}</span>
}

/** A value that the reader may not see. It keeps its place, so that one knows that there is something. */
export function Masked({ children }: { readonly children?: ReactNode }) {
  const words = useOwnWords()
  return (
    <span className="value value-masked" title={words.maskedHint}>
      <MaskedIcon className="icon" />
      {children ?? words.masked}
    </span>
  )
}

const HAN = /\p{Script=Han}/u

/** Words of a record in the language they were written in. On an English page Chinese ones say so. */
export function RecordText({ children }: { readonly children: string }) {
  const words = useOwnWords()
  if (language === 'zh' || !HAN.test(children)) return children
  return (
    <span>
      <span lang="zh-CN">{children}</span> <span className="value-language">{words.inChinese}</span>
    </span>
  )
}

/** A value nobody has published; never a dash, which reads as zero. */
export function Unknown() {
  return <span className="value value-unknown">{useOwnWords().unknown}</span>
}

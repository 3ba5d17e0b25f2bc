import type { ReactNode } from 'react'
import { Badge } from '../ui/Badge.tsx'
import { formatNumber } from '../ui/format.ts'
import { language } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, Masked, MoneyText } from '../ui/values.tsx'
import { Original } from './Original.tsx'
import { type Agency, useText, useZoneNames } from './queries.ts'
import styles from './agencies.module.css'

export type FactName = keyof Agency['facts']
type Value<Name extends FactName> = NonNullable<Agency['facts'][Name]>['value']

/** How each field is read by people. Null is a fact too: the register knows that there is none. */
export function FactValue({
  name,
  value,
  asOf,
}: {
  readonly name: FactName
  readonly value: unknown
  readonly asOf: string
}): ReactNode {
  const text = useText()
  if (value === null) return text.agency.none
  switch (name) {
    case 'legalForm':
      return text.forms[value as Value<'legalForm'>]
    case 'foundedOn':
      return <DateText value={String(value)} />
    case 'classes':
      return <Classes codes={value as string[]} />
    case 'patentLicence':
      return <PatentLicence licence={value as NonNullable<Value<'patentLicence'>>} />
    case 'trademarkRecordal':
      return <Recordal recordal={value as NonNullable<Value<'trademarkRecordal'>>} on={asOf} />
    case 'website':
      return <TextLink href={String(value)}>{String(value).replace(/^https?:\/\//, '')}</TextLink>
    case 'email':
      return <a href={`mailto:${String(value)}`}>{String(value)}</a>
    case 'telephone':
      return <a href={`tel:${String(value).replaceAll(/[^\d+]/g, '')}`}>{String(value)}</a>
    case 'languages':
      return (value as string[]).map(languageName).join(text.values.separator)
    case 'prices':
      return <Prices prices={value as Value<'prices'>} />
    case 'staffCount':
    case 'attorneyCount':
      return `${formatNumber(Number(value))} ${text.values.people}`
    case 'nameEn':
      return <span lang="en">{String(value)}</span>
    default:
      return <Original>{String(value)}</Original>
  }
}

/** A masked value keeps its place and says that something is there. */
export function MaskedValue({ value }: { readonly value: unknown }) {
  return value === null ? <Masked /> : <Masked>{String(value)}</Masked>
}

function Classes({ codes }: { readonly codes: readonly string[] }) {
  const text = useText()
  const names = useZoneNames()
  return codes.map(names.serviceClass).join(text.values.separator)
}

function PatentLicence({ licence }: { readonly licence: NonNullable<Value<'patentLicence'>> }) {
  const text = useText()
  const parts = [text.values.agencyCode(licence.agencyCode)]
  if (licence.grantedOn !== null) parts.push(text.values.granted(licence.grantedOn))
  return parts.join(text.values.separator)
}

function Recordal({
  recordal,
  on,
}: {
  readonly recordal: NonNullable<Value<'trademarkRecordal'>>
  readonly on: string
}) {
  const text = useText()
  const { number, validFrom, validTo } = recordal
  return (
    <>
      {number !== null && `${number}${text.values.separator}`}
      {text.values.recordal(validFrom, validTo)}{' '}
      {validTo <= on && <Badge tone="late">{text.values.expired}</Badge>}
    </>
  )
}

function Prices({ prices }: { readonly prices: Value<'prices'> }) {
  const text = useText()
  if (prices.length === 0) return text.agency.none
  return prices.map(({ service, amountFen, unit, note }) => (
    <span className={styles.price} key={`${service} ${unit ?? ''} ${note ?? ''}`}>
      <span lang="zh">{service}</span>{' '}
      {amountFen === null ? text.values.agreed : <MoneyText fen={amountFen} exact />}
      {unit !== null && (
        <>
          {' '}
          <span lang="zh">{text.values.per(unit)}</span>
        </>
      )}
      {note !== null && (
        <span className={styles.fine} lang="zh">
          {` ${note}`}
        </span>
      )}
    </span>
  ))
}

function languageName(code: string): string {
  return new Intl.DisplayNames(language === 'zh' ? 'zh-CN' : 'en', { type: 'language' }).of(code) ?? code
}

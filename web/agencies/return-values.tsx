import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Badge } from '../ui/Badge.tsx'
import { MoneyText, NumberText, RecordText } from '../ui/values.tsx'
import { useText } from './queries.ts'
import type { ReturnFormData } from './ReturnPage.tsx'
import styles from './agencies.module.css'

type Unit = ReturnFormData['form']['parts'][number]['fields'][number]['unit']
export type Finding = Omit<ReturnFormData['explained'][number], 'reason'>

export function Amount({ unit, value }: { readonly unit: Unit; readonly value: number }) {
  const { returns: text } = useText()
  if (unit === 'fen') return <MoneyText fen={value} exact />
  return <NumberText value={value} unit={text.form.units[unit]} />
}

/** The fields of a form by their code. */
export function fieldsOf({ form }: Pick<ReturnFormData, 'form'>) {
  return new Map(form.parts.flatMap(({ fields }) => fields).map((field) => [field.code, field]))
}

/** What a check found, in a sentence with its numbers. */
export function useFindingWords(form: Pick<ReturnFormData, 'form'>) {
  const { returns: text } = useText()
  const fields = fieldsOf(form)
  return ({ kind, fields: looked, value, against, limit, side }: Finding): string => {
    const unit = fields.get(looked[0] ?? '')?.unit ?? 'item'
    const said = (number: number | null) =>
      number === null
        ? ''
        : unit === 'fen'
          ? `${formatNumber(number / 100)} ${text.form.units.fen}`
          : `${formatNumber(number)} ${text.form.units[unit]}`
    const bound = formatNumber(limit ?? 0)
    switch (kind) {
      case 'times-last-year':
        if (against === null)
          return side === 'above'
            ? text.findings.aboveHidden(said(value), bound)
            : text.findings.belowHidden(said(value), bound)
        return side === 'above'
          ? text.findings.above(said(value), said(against), bound)
          : text.findings.below(said(value), said(against), bound)
      case 'at-most':
        return text.findings.atMost(said(value), said(against))
      case 'per':
        return side === 'above'
          ? text.findings.perAbove(said(value), said(limit))
          : text.findings.perBelow(said(value), said(limit))
      case 'licences':
        return text.findings.licences(said(value), said(against))
    }
  }
}

interface ExplanationsProps {
  readonly findings: ReturnFormData['explained']
  readonly form: Pick<ReturnFormData, 'form'>
}

/** Findings with the reasons that were given. */
export function Explanations({ findings, form }: ExplanationsProps) {
  const { returns: text } = useText()
  const wordsOf = useFindingWords(form)
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <li key={finding.code}>
          <p>
            <strong>{either(finding.names)}</strong>{' '}
            <Badge tone={finding.severity === 'note' ? 'info' : 'risk'}>
              {text.findings.severity[finding.severity]}
            </Badge>
          </p>
          <p>{wordsOf(finding)}</p>
          {finding.reason !== null && (
            <blockquote>
              <RecordText>{finding.reason}</RecordText>
            </blockquote>
          )}
        </li>
      ))}
    </ul>
  )
}

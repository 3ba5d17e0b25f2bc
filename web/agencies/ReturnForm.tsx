import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { NumberField, TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { formatMoment, formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { TimeZoneContext } from '../ui/values.tsx'
import { useText } from './queries.ts'
import { answered, useReturnDraft } from './return-draft.ts'
import { type Finding, useFindingWords } from './return-values.tsx'
import type { ReturnFormData } from './ReturnPage.tsx'
import styles from './agencies.module.css'

interface ReturnFormProps {
  readonly form: ReturnFormData
  readonly onFiled: () => void
}

/** The form of a period: answers beside last year's, what the checks find, a reason for each, and then the filing. */
export function ReturnForm({ form, onFiled }: ReturnFormProps) {
  const { returns: text } = useText()
  const draft = useReturnDraft(form)
  const { typed } = draft
  const [cause, setCause] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [findings, setFindings] = useState<readonly Finding[]>()
  const { check, file } = useFiling({ form, onFiled, onFindings: setFindings })
  const timeZone = useContext(TimeZoneContext)
  const revises = form.filedOn !== null

  const submit = async (filing: boolean) => {
    const wrong = useless(form, typed.answers, text)
    const answers = answered(typed.answers)
    setProblems(wrong)
    if (wrong.length > 0) return
    const checked = await check.mutateAsync({ code: form.agency.code, period: form.period, answers })
    setFindings(checked.findings)
    if (!filing) return
    const open = openFindings(checked.findings, typed.reasons, text)
    if (revises && cause.trim().length < 2) open.push({ field: 'cause', message: text.form.causeMissing })
    setProblems(open)
    if (open.length === 0)
      file.mutate({ answers, reasons: typed.reasons, cause: revises ? cause.trim() : undefined })
  }

  return (
    <>
      {draft.other && (
        <Notice
          tone="risk"
          title={text.form.conflict}
          live
          actions={
            <>
              <Button onClick={draft.keepMine}>{text.form.keepMine}</Button>
              <Button onClick={draft.takeTheirs}>{text.form.takeTheirs}</Button>
            </>
          }
        >
          <p>{text.form.savedBy(draft.other.savedBy, formatMoment(draft.other.savedAt, timeZone))}</p>
          <p>{text.form.conflictNext}</p>
        </Notice>
      )}
      <Form
        label={text.periodName(form.period)}
        onSubmit={() => void submit(true)}
        errors={problems}
        error={file.error ?? check.error}
        text={text.errors}
        saved={draft.saved?.includes('T') ? formatMoment(draft.saved, timeZone) : draft.saved}
        actions={
          <>
            <Button type="submit" kind="primary" busy={file.isPending} disabled={form.state === 'not-open'}>
              {revises ? text.form.revise : text.form.file}
            </Button>
            <Button busy={check.isPending} onClick={() => void submit(false)}>
              {text.form.check}
            </Button>
          </>
        }
      >
        {form.form.parts.map((part) => (
          <Section key={part.code} title={either(part.names)} layout="stacked">
            <div className={styles.answers}>
              {part.fields.map((field) => (
                <AnswerField
                  key={field.code}
                  field={field}
                  lastYear={form.lastYear === null ? undefined : form.lastYear[field.code]}
                  value={typed.answers[field.code]}
                  onChange={(value) => draft.change({ answers: { ...typed.answers, [field.code]: value } })}
                />
              ))}
            </div>
          </Section>
        ))}
        {findings !== undefined && (
          <Findings
            findings={findings}
            form={form}
            reasons={typed.reasons}
            onReason={(code, reason) => draft.change({ reasons: { ...typed.reasons, [code]: reason } })}
          />
        )}
        {revises && (
          <TextAreaField
            name="cause"
            label={text.form.cause}
            hint={text.form.causeHint}
            value={cause}
            onChange={setCause}
            rows={2}
            maxLength={500}
            required
          />
        )}
      </Form>
    </>
  )
}

interface Filing {
  readonly form: ReturnFormData
  readonly onFiled: () => void
  readonly onFindings: (findings: readonly Finding[]) => void
}

interface Given {
  readonly answers: Record<string, number>
  readonly reasons: Readonly<Record<string, string>>
  readonly cause: string | undefined
}

function useFiling({ form, onFiled }: Filing) {
  const { returns: text } = useText()
  const session = useSession()
  const queryClient = useQueryClient()
  const check = useMutation(api.agencies.checkReturn.mutationOptions())
  const own = session.actor.kind === 'account' && !session.has('officer', 'operator', 'statistician')
  const sending = useMutation(
    api.agencies.fileReturn.mutationOptions({
      onSuccess: async () => {
        onFiled()
        await queryClient.invalidateQueries({ queryKey: api.agencies.key() })
      },
    }),
  )
  const mutate = ({ answers, reasons, cause }: Given) => {
    const { revenue = 0, headcount = 0, ...others } = answers
    sending.mutate({
      code: form.agency.code,
      source: own ? text.form.sourceOnline : text.form.sourceOffice,
      periodFrom: form.periodFrom,
      periodTo: form.periodTo,
      revenueFen: revenue,
      headcount,
      answers: others,
      reasons: Object.fromEntries(Object.entries(reasons).filter(([, reason]) => reason.trim() !== '')),
      ...(cause !== undefined && { cause }),
    })
  }
  return { check, file: { mutate, error: sending.error, isPending: sending.isPending } }
}

type Field = ReturnFormData['form']['parts'][number]['fields'][number]

interface AnswerFieldProps {
  readonly field: Field
  readonly lastYear: number | undefined
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
}

/** Money is typed in yuan and kept in fen. */
function AnswerField({ field, lastYear, value, onChange }: AnswerFieldProps) {
  const { returns: text } = useText()
  const per = field.unit === 'fen' ? 100 : 1
  const unit = text.form.units[field.unit]
  const hint = [
    field.hint === null ? '' : either(field.hint),
    lastYear === undefined ? '' : `${text.form.lastYear} ${formatNumber(lastYear / per)} ${unit}`,
  ].filter(Boolean)
  return (
    <NumberField
      name={`answers.${field.code}`}
      label={either(field.names)}
      {...(hint.length > 0 && { hint: hint.join(' ') })}
      unit={unit}
      value={value === undefined ? undefined : value / per}
      onChange={(typed) => onChange(typed === undefined ? undefined : inFen(typed, per))}
    />
  )
}

/** Rounded to the fen where money is meant: 0.1 + 0.2 is no reason to refuse a number. */
function inFen(typed: number, per: number): number {
  return per === 1 ? typed : Math.round(typed * per)
}

interface FindingsProps {
  readonly findings: readonly Finding[]
  readonly form: ReturnFormData
  readonly reasons: Readonly<Record<string, string>>
  readonly onReason: (code: string, reason: string) => void
}

function Findings({ findings, form, reasons, onReason }: FindingsProps) {
  const { returns: text } = useText()
  const wordsOf = useFindingWords(form)
  if (findings.length === 0) return <Notice tone="met" title={text.form.clean} />
  return (
    <Section title={text.form.findings} layout="stacked">
      <ul className={styles.findings}>
        {findings.map((finding) => (
          <li key={finding.code}>
            <p>
              <strong>{either(finding.names)}</strong>{' '}
              <Badge tone={finding.severity === 'refuse' ? 'late' : 'risk'}>
                {text.findings.severity[finding.severity]}
              </Badge>
            </p>
            <p>{wordsOf(finding)}</p>
            {finding.severity === 'explain' && (
              <TextAreaField
                name={`reasons.${finding.code}`}
                label={`${text.form.reason}：${either(finding.names)}`}
                hint={text.form.reasonHint}
                value={reasons[finding.code] ?? ''}
                onChange={(reason) => onReason(finding.code, reason)}
                rows={2}
                maxLength={1000}
                required
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

type Words = ReturnType<typeof useText>['returns']

/** Fields without an answer, or with one that is no number of things. */
function useless(
  { form }: ReturnFormData,
  answers: Readonly<Record<string, number | undefined>>,
  text: Words,
): FieldProblem[] {
  return form.parts
    .flatMap(({ fields }) => fields)
    .flatMap(({ code, names }) => {
      const value = answers[code]
      const field = `answers.${code}`
      if (value === undefined) return [{ field, message: text.form.missing(either(names)) }]
      const sound = Number.isInteger(value) && value >= 0
      return sound ? [] : [{ field, message: text.form.whole(either(names)) }]
    })
}

function openFindings(
  findings: readonly Finding[],
  reasons: Readonly<Record<string, string>>,
  text: Words,
): FieldProblem[] {
  return findings.flatMap(({ code, severity, names, fields }) => {
    if (severity === 'refuse') return [{ field: `answers.${fields[0]}`, message: either(names) }]
    const given = (reasons[code] ?? '').trim().length >= 4
    if (severity === 'note' || given) return []
    return [{ field: `reasons.${code}`, message: text.form.reasonMissing(either(names)) }]
  })
}

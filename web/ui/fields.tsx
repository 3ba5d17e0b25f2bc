import { createContext, type ReactNode, useContext, useId, useState } from 'react'
import { isCalendarDate, normaliseDate } from './format.ts'
import { RiskIcon } from './icons.ts'
import { useOwnWords } from './words.ts'
import './fields.css'

/** The problems of the surrounding `Form` by field name; `Form` provides it. */
export const ProblemsContext = createContext<ReadonlyMap<string, string>>(new Map())

/** What every field has. */
export interface FieldProps<Value> {
  readonly label: string
  /** The name in the contract's input; problems and the error summary find the field by it. */
  readonly name: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly hint?: ReactNode
  /** Overrides the problem that the surrounding form knows. */
  readonly error?: string | undefined
  readonly required?: boolean
  readonly readOnly?: boolean
}

export interface FieldParts {
  readonly id: string
  readonly describedBy: string | undefined
  readonly error: string | undefined
}

/** Ids that tie label, hint and error to the control. The control's id is the field's name, so that the summary can link. */
export function useField({
  name,
  hint,
  error,
}: {
  name: string
  hint?: ReactNode
  error?: string | undefined
}): FieldParts {
  const known = useContext(ProblemsContext).get(name)
  const problem = error ?? known
  const unique = useId()
  const id = fieldId(name)
  const parts = [hint ? `${id}-hint${unique}` : '', problem ? `${id}-error${unique}` : ''].filter(Boolean)
  return { id, describedBy: parts.join(' ') || undefined, error: problem }
}

export function fieldId(name: string): string {
  return `field-${name}`
}

interface FrameProps {
  readonly parts: FieldParts
  readonly label: string
  readonly hint?: ReactNode
  readonly required?: boolean | undefined
  readonly children: ReactNode
}

/** Label above, hint, error, control: in that order, so that the error is read before the control. */
export function FieldFrame({
  parts: { id, describedBy, error },
  label,
  hint,
  required,
  children,
}: FrameProps) {
  const words = useOwnWords()
  const [hintId, errorId] = splitIds(describedBy, Boolean(hint))
  return (
    <div className="field" data-failed={error ? '' : undefined}>
      <label className="field-label" htmlFor={id}>
        {label}
        {required === false && <span className="field-optional">{words.optional}</span>}
      </label>
      {hint && (
        <div className="field-hint" id={hintId}>
          {hint}
        </div>
      )}
      <FieldError id={errorId} error={error} />
      {children}
    </div>
  )
}

export function FieldError({
  id,
  error,
}: {
  readonly id: string | undefined
  readonly error: string | undefined
}) {
  const words = useOwnWords()
  if (!error) return null
  return (
    <p className="field-error" id={id}>
      <RiskIcon className="icon" />
      <span>
        <span className="visually-hidden">{words.errorPrefix}</span>
        {error}
      </span>
    </p>
  )
}

export function splitIds(
  describedBy: string | undefined,
  hasHint: boolean,
): [string | undefined, string | undefined] {
  const ids = describedBy?.split(' ') ?? []
  return hasHint ? [ids[0], ids[1]] : [undefined, ids[0]]
}

function controlProps(
  parts: FieldParts,
  { name, required, readOnly }: Omit<FieldProps<never>, 'label' | 'value' | 'onChange'>,
) {
  return {
    id: parts.id,
    name,
    className: 'field-control',
    'aria-describedby': parts.describedBy,
    'aria-invalid': parts.error ? true : undefined,
    'aria-required': required || undefined,
    readOnly,
  }
}

interface TextFieldProps extends FieldProps<string> {
  readonly type?: 'text' | 'email' | 'password' | 'tel' | 'url'
  readonly autoComplete?: string
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'tel'
  readonly maxLength?: number
}

export function TextField({ type = 'text', autoComplete, inputMode, maxLength, ...field }: TextFieldProps) {
  const parts = useField(field)
  return (
    <FieldFrame parts={parts} {...field}>
      <input
        {...controlProps(parts, field)}
        type={type}
        value={field.value}
        autoComplete={autoComplete}
        inputMode={inputMode}
        maxLength={maxLength}
        onChange={(event) => field.onChange(event.target.value)}
      />
    </FieldFrame>
  )
}

export function TextAreaField({
  rows,
  maxLength,
  ...field
}: FieldProps<string> & { rows?: number; maxLength?: number }) {
  const parts = useField(field)
  return (
    <FieldFrame parts={parts} {...field}>
      <textarea
        {...controlProps(parts, field)}
        rows={rows}
        maxLength={maxLength}
        value={field.value}
        onChange={(event) => field.onChange(event.target.value)}
      />
    </FieldFrame>
  )
}

/** A number as typed text: `undefined` while it is empty; grouping commas and full-width digits are understood. */
export function NumberField({ unit, ...field }: FieldProps<number | undefined> & { readonly unit?: string }) {
  const words = useOwnWords()
  const [draft, setDraft] = useState<string>()
  const wrong = draft !== undefined && draft !== '' && readNumber(draft) === undefined
  const error = field.error ?? (wrong ? words.numberWrong : undefined)
  const parts = useField({ ...field, error })
  return (
    <FieldFrame parts={parts} {...field}>
      <span className="field-with-unit">
        <input
          {...controlProps(parts, field)}
          data-size="number"
          inputMode="decimal"
          autoComplete="off"
          value={draft ?? field.value ?? ''}
          onChange={(event) => {
            setDraft(event.target.value)
            field.onChange(readNumber(event.target.value))
          }}
          onBlur={() => !wrong && setDraft(undefined)}
        />
        {unit && <span>{unit}</span>}
      </span>
    </FieldFrame>
  )
}

function readNumber(text: string): number | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[,\s]/g, '')
  if (!/^-?\d+(?:\.\d+)?$/.test(plain)) return undefined
  return Number(plain)
}

/** A day as text: faster than a calendar for people who know it, and the same on every machine. */
export function DateField(field: FieldProps<string>) {
  const words = useOwnWords()
  const [left, setLeft] = useState(false)
  const wrong = left && field.value !== '' && !isCalendarDate(field.value)
  const hint = field.hint ?? words.dateHint
  const parts = useField({ ...field, hint, error: field.error ?? (wrong ? words.dateWrong : undefined) })
  return (
    <FieldFrame parts={parts} {...field} hint={hint}>
      <input
        {...controlProps(parts, field)}
        data-size="date"
        inputMode="numeric"
        autoComplete="off"
        value={field.value}
        onChange={(event) => field.onChange(event.target.value)}
        onBlur={() => {
          setLeft(true)
          field.onChange(normaliseDate(field.value))
        }}
      />
    </FieldFrame>
  )
}

export interface Option {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

/** For up to twenty choices; beyond that use `ComboField`. */
export function SelectField({
  options,
  none,
  ...field
}: FieldProps<string> & {
  readonly options: readonly Option[]
  /** What no choice means, where it means something: “all”. */
  readonly none?: string
}) {
  const words = useOwnWords()
  const parts = useField(field)
  const { readOnly, ...control } = controlProps(parts, field)
  return (
    <FieldFrame parts={parts} {...field}>
      <select
        {...control}
        disabled={readOnly}
        value={field.value}
        onChange={(event) => field.onChange(event.target.value)}
      >
        <option value="">{none ?? words.choose}</option>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

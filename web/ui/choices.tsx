import type { ReactNode } from 'react'
import { FieldError, fieldId, type FieldProps, type Option, splitIds, useField } from './fields.tsx'
import { useOwnWords } from './words.ts'

interface CheckboxFieldProps extends Omit<FieldProps<boolean>, 'readOnly'> {
  readonly disabled?: boolean
}

/** One yes or no. The label is a statement that is true when it is ticked. */
export function CheckboxField(field: CheckboxFieldProps) {
  const parts = useField(field)
  const [hintId, errorId] = splitIds(parts.describedBy, Boolean(field.hint))
  return (
    <div className="field" data-failed={parts.error ? '' : undefined}>
      <FieldError id={errorId} error={parts.error} />
      <label className="choice">
        <input
          type="checkbox"
          id={parts.id}
          name={field.name}
          checked={field.value}
          disabled={field.disabled}
          aria-describedby={parts.describedBy}
          aria-invalid={parts.error ? true : undefined}
          onChange={(event) => field.onChange(event.target.checked)}
        />
        <span>{field.label}</span>
        {field.hint && (
          <span className="choice-hint" id={hintId}>
            {field.hint}
          </span>
        )}
      </label>
    </div>
  )
}

interface GroupProps<Value> extends Omit<FieldProps<Value>, 'readOnly'> {
  readonly options: readonly Option[]
  readonly inline?: boolean
}

/** Several of a few. */
export function CheckboxGroup({ options, inline, ...field }: GroupProps<readonly string[]>) {
  const toggle = (value: string) =>
    field.onChange(
      field.value.includes(value) ? field.value.filter((v) => v !== value) : [...field.value, value],
    )
  return (
    <ChoiceFrame {...field} inline={inline}>
      {options.map((option, index) => (
        <Choice key={option.value} option={option}>
          <input
            type="checkbox"
            id={index === 0 ? fieldId(field.name) : undefined}
            name={field.name}
            value={option.value}
            checked={field.value.includes(option.value)}
            onChange={() => toggle(option.value)}
          />
        </Choice>
      ))}
    </ChoiceFrame>
  )
}

/** One of a few. */
export function RadioGroup({ options, inline, ...field }: GroupProps<string>) {
  return (
    <ChoiceFrame {...field} inline={inline}>
      {options.map((option, index) => (
        <Choice key={option.value} option={option}>
          <input
            type="radio"
            id={index === 0 ? fieldId(field.name) : undefined}
            name={field.name}
            value={option.value}
            checked={field.value === option.value}
            onChange={() => field.onChange(option.value)}
          />
        </Choice>
      ))}
    </ChoiceFrame>
  )
}

function Choice({ option, children }: { option: Option; children: ReactNode }) {
  return (
    <label className="choice">
      {children}
      <span>{option.label}</span>
      {option.hint && <span className="choice-hint">{option.hint}</span>}
    </label>
  )
}

interface ChoiceFrameProps {
  readonly name: string
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly required?: boolean
  readonly inline?: boolean | undefined
  readonly children: ReactNode
}

function ChoiceFrame({ name, label, hint, error, required, inline, children }: ChoiceFrameProps) {
  const words = useOwnWords()
  const parts = useField({ name, hint, error })
  const [hintId, errorId] = splitIds(parts.describedBy, Boolean(hint))
  return (
    <fieldset
      className="field"
      data-failed={parts.error ? '' : undefined}
      aria-describedby={parts.describedBy}
    >
      <legend className="field-label">
        {label}
        {required === false && <span className="field-optional">{words.optional}</span>}
      </legend>
      {hint && (
        <div className="field-hint" id={hintId}>
          {hint}
        </div>
      )}
      <FieldError id={errorId} error={parts.error} />
      <div className="choices" data-inline={inline ? '' : undefined}>
        {children}
      </div>
    </fieldset>
  )
}

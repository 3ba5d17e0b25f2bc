import { isAnswered } from './answers.ts'
import { CheckboxGroup, RadioGroup } from './choices.tsx'
import { ComboField } from './ComboField.tsx'
import type { Question } from './declared.ts'
import { DateField, type FieldProps, NumberField, SelectField, TextAreaField, TextField } from './fields.tsx'
import { RowsField } from './RowsField.tsx'
import { FileAnswerField } from './UploadField.tsx'
import { useOwnWords } from './words.ts'

export interface AnswerFieldProps {
  readonly question: Question
  /** Name of the field in its form; in a row of a group `directors.0.name`. */
  readonly path: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** Few enough to be read at once; more are picked from a list, and many more are found by typing. */
const READ_AT_ONCE = 6
const PICKED_FROM_A_LIST = 15
const FEN_PER_YUAN = 100
const ROWS_OF_A_LONG_TEXT = 6

/** One question of a declared form as the control that fits its kind. */
export function AnswerField({ question, path, value, onChange }: AnswerFieldProps) {
  const words = useOwnWords()
  const field = {
    name: path,
    label: question.label,
    ...(question.hint !== undefined && { hint: question.hint }),
    required: question.required,
  }
  const text = { ...field, value: asText(value), onChange }
  const limit = question.maxLength === undefined ? {} : { maxLength: question.maxLength }
  switch (question.kind) {
    case 'longText':
      return <TextAreaField {...text} {...limit} rows={ROWS_OF_A_LONG_TEXT} />
    case 'number':
      return (
        <NumberField
          {...field}
          value={asNumber(value)}
          onChange={onChange}
          {...(question.unit !== undefined && { unit: question.unit })}
        />
      )
    case 'money':
      return (
        <NumberField
          {...field}
          unit={words.yuan}
          value={inYuan(asNumber(value))}
          onChange={(yuan) => onChange(yuan === undefined ? undefined : Math.round(yuan * FEN_PER_YUAN))}
        />
      )
    case 'day':
      return <DateField {...text} />
    case 'yesNo':
      return (
        <RadioGroup
          {...field}
          inline
          options={[
            { value: 'true', label: words.yes },
            { value: 'false', label: words.no },
          ]}
          value={isAnswered(value) ? String(value) : ''}
          onChange={(answer) => onChange(answer === 'true')}
        />
      )
    case 'choice':
      return <ChoiceField {...text} options={question.options ?? []} />
    case 'choices':
      return (
        <CheckboxGroup
          {...field}
          inline={(question.options?.length ?? 0) > READ_AT_ONCE}
          options={question.options ?? []}
          value={asTexts(value).filter((one) => question.options?.some((option) => option.value === one))}
          onChange={onChange}
        />
      )
    case 'telephone':
      return <TextField {...text} {...limit} type="tel" inputMode="tel" autoComplete="tel" />
    case 'email':
      return <TextField {...text} {...limit} type="email" inputMode="email" autoComplete="email" />
    case 'personName':
      return <TextField {...text} {...limit} autoComplete="name" />
    case 'organisation':
      return (
        <TextField
          {...text}
          maxLength={18}
          hint={field.hint ?? words.creditCodeHint}
          onChange={(code) => onChange(code.trim().toUpperCase())}
        />
      )
    case 'file':
      return (
        <FileAnswerField
          {...field}
          accept={question.accept}
          maxBytes={question.maxBytes}
          value={asText(value)}
          onChange={onChange}
        />
      )
    case 'group':
      return <RowsField question={question} path={path} value={value} onChange={onChange} />
    default:
      return <TextField {...text} {...limit} />
  }
}

function ChoiceField(field: FieldProps<string> & { readonly options: NonNullable<Question['options']> }) {
  const { options } = field
  if (options.length <= READ_AT_ONCE) return <RadioGroup {...field} />
  if (options.length <= PICKED_FROM_A_LIST) return <SelectField {...field} />
  return <ComboField {...field} />
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function inYuan(fen: number | undefined): number | undefined {
  return fen === undefined ? undefined : fen / FEN_PER_YUAN
}

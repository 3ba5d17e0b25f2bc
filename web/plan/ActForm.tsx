import { type ReactNode, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { CheckboxField } from '../ui/choices.tsx'
import { DateField, type Option, SelectField, TextAreaField, TextField } from '../ui/fields.tsx'
import { FileField } from '../ui/FileField.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useText } from './queries.ts'
import styles from './plan.module.css'

export interface ActField {
  readonly name: string
  readonly label: string
  readonly kind?: 'text' | 'area' | 'day' | 'choice' | 'yes' | 'number' | 'file'
  readonly options?: readonly Option[]
  readonly hint?: string
  readonly required?: boolean
}

/** What was filled in, by field; a ticked box is `yes`, an empty field is empty. */
export type Filled = Readonly<Record<string, string>>

interface ActFormProps {
  /** What the act is called; also the button. */
  readonly title: string
  readonly note?: ReactNode
  readonly fields?: readonly ActField[]
  readonly initial?: Filled
  readonly kind?: 'primary' | 'danger' | 'plain'
  readonly open?: boolean
  /** Answers what to say once it is done. */
  readonly act: (filled: Filled, file: File | undefined) => Promise<string>
}

/** One act: closed until somebody wants it, then a short form that keeps what was written when it is refused. */
export function ActForm({
  title,
  note,
  fields = [],
  initial = {},
  kind = 'primary',
  open,
  act,
}: ActFormProps) {
  const text = useText()
  const [filled, setFilled] = useState(initial)
  const [file, setFile] = useState<File>()
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const [state, setState] = useState<{ busy?: boolean; error?: unknown; said?: string }>({})
  const [isOpen, setIsOpen] = useState(open === true)

  const submit = async () => {
    const problems = fields.flatMap((field) => problemOf(field, filled, file, text.act))
    setErrors(problems)
    setState({})
    if (problems.length > 0) return
    setState({ busy: true })
    try {
      const said = await act(filled, file)
      setFilled(initial)
      setFile(undefined)
      setState({ said })
    } catch (error) {
      setState({ error })
    }
  }
  return (
    // One name: opening one form closes the other, so that a field's id stands once in the page. What was written stays.
    <details
      name="act"
      className={styles.act}
      open={open}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{title}</summary>
      {state.said !== undefined && <Notice tone="met" title={state.said} live />}
      {isOpen && (
        <Form
          label={title}
          onSubmit={() => void submit()}
          errors={errors}
          error={state.error}
          text={text.errors}
          actions={
            <Button type="submit" kind={kind} busy={state.busy}>
              {title}
            </Button>
          }
        >
          {note && <p className={styles.fine}>{note}</p>}
          {fields.map((field) =>
            field.kind === 'file' ? (
              <FileField key={field.name} {...fieldProps(field)} value={file} onChange={setFile} />
            ) : (
              <OneField
                key={field.name}
                field={field}
                value={filled[field.name] ?? ''}
                onChange={(value) => setFilled({ ...filled, [field.name]: value })}
              />
            ),
          )}
        </Form>
      )}
    </details>
  )
}

function problemOf(
  { name, required, kind }: ActField,
  filled: Filled,
  file: File | undefined,
  words: { required: string; badNumber: string },
) {
  const value = (filled[name] ?? '').trim()
  const empty = kind === 'file' ? file === undefined : value === ''
  if (empty) return required === false || kind === 'yes' ? [] : [{ field: name, message: words.required }]
  if (kind === 'number' && !Number.isFinite(Number(value))) return [{ field: name, message: words.badNumber }]
  return []
}

const fieldProps = ({ name, label, hint, required }: ActField) => ({
  name,
  label,
  ...(hint === undefined ? {} : { hint }),
  ...(required === undefined ? {} : { required }),
})

interface OneFieldProps {
  readonly field: ActField
  readonly value: string
  readonly onChange: (value: string) => void
}

function OneField({ field, value, onChange }: OneFieldProps) {
  const props = { ...fieldProps(field), value, onChange }
  if (field.kind === 'area') return <TextAreaField {...props} rows={4} />
  if (field.kind === 'day') return <DateField {...props} />
  if (field.kind === 'choice') return <SelectField {...props} options={field.options ?? []} />
  if (field.kind === 'yes')
    return <CheckboxField {...props} value={value === 'yes'} onChange={(on) => onChange(on ? 'yes' : '')} />
  return <TextField {...props} {...(field.kind === 'number' ? { inputMode: 'numeric' as const } : {})} />
}

/** Empty becomes nothing. */
export const orNull = (value: string | undefined): string | null => (value?.trim() ? value.trim() : null)
export const numberOrNull = (value: string | undefined): number | null =>
  value?.trim() ? Number(value) : null

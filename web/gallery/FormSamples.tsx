import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { CheckboxField, CheckboxGroup, RadioGroup } from '../ui/choices.tsx'
import { ComboField } from '../ui/ComboField.tsx'
import { DateField, NumberField, SelectField, TextAreaField, TextField } from '../ui/fields.tsx'
import { FileField } from '../ui/FileField.tsx'
import { Form } from '../ui/Form.tsx'
import { useMessages } from '../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

const MEGABYTE = 1024 * 1024

export function FormSamples() {
  const { sample } = useMessages({ zh, en })
  const [name, setName] = useState('')
  const [on, setOn] = useState('2027-01-05')
  const [staff, setStaff] = useState<number | undefined>(34)
  const [kind, setKind] = useState('')
  const [area, setArea] = useState('')
  const [services, setServices] = useState<readonly string[]>(['0'])
  const [stage, setStage] = useState('1')
  const [agreed, setAgreed] = useState(false)
  const [note, setNote] = useState('')
  const [file, setFile] = useState<File>()
  const [errors, setErrors] = useState<readonly { field: string; message: string }[]>([])
  const options = sample.kinds.map((label, value) => ({ value: String(value), label }))

  const check = () => {
    const { formErrors } = sample
    setErrors([
      ...(name ? [] : [{ field: 'name', message: formErrors.name }]),
      ...(on <= '2026-11-22' ? [] : [{ field: 'on', message: formErrors.on }]),
    ])
  }
  return (
    <Form
      label={sample.register}
      onSubmit={check}
      errors={errors}
      saved="14:32"
      actions={
        <>
          <Button kind="primary" type="submit">
            {sample.primary}
          </Button>
          <Button>{sample.plain}</Button>
        </>
      }
    >
      <TextField
        name="name"
        label={sample.name}
        hint={sample.nameHint}
        value={name}
        onChange={setName}
        required
      />
      <DateField name="on" label={sample.on} value={on} onChange={setOn} required />
      <NumberField name="staff" label={sample.staff} unit={sample.people} value={staff} onChange={setStaff} />
      <SelectField
        name="kind"
        label={sample.kindField}
        options={options}
        value={kind}
        onChange={setKind}
        required
      />
      <ComboField
        name="area"
        label={sample.area}
        options={options}
        value={area}
        onChange={setArea}
        required={false}
      />
      <CheckboxGroup
        name="services"
        label={sample.services}
        options={options}
        value={services}
        onChange={setServices}
      />
      <RadioGroup
        name="stage"
        label={sample.stage}
        inline
        value={stage}
        onChange={setStage}
        options={sample.stages.map((label, value) => ({ value: String(value), label }))}
      />
      <TextAreaField name="note" label={sample.note} value={note} onChange={setNote} required={false} />
      <FileField
        name="file"
        label={sample.file}
        hint={sample.fileHint}
        maxBytes={10 * MEGABYTE}
        value={file}
        onChange={setFile}
      />
      <CheckboxField name="agree" label={sample.agree} value={agreed} onChange={setAgreed} />
    </Form>
  )
}

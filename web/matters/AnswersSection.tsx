import { useState } from 'react'
import { AnswerList } from '../ui/AnswerList.tsx'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { FileLine } from '../ui/UploadField.tsx'
import { uploadedOf } from './files.ts'
import { sectionsOf } from './form.ts'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { useText } from './text.ts'

interface AnswersSectionProps extends MatterProps {
  readonly onPurpose: (purpose: string) => void
}

/** What was filed. Personal data stands masked until a purpose is stated, and the person sees who read it. */
export function AnswersSection({ matter, onPurpose }: AnswersSectionProps) {
  const text = useText()
  const { form, answers, materials, masked, explanations } = matter
  const reasons = Object.entries(explanations)
  return (
    <Section title={text.answers.title} note={text.answers.note}>
      <AnswerList
        sections={sectionsOf(form, answers)}
        answers={answers}
        headingLevel={3}
        file={(id) => {
          const file = materials.find((one) => one.id === id)
          return file ? <FileLine file={uploadedOf(file)} /> : id
        }}
      />
      {reasons.length > 0 && (
        <Notice title={text.answers.explanations}>
          {reasons.map(([code, reason]) => (
            <p key={code}>{reason}</p>
          ))}
        </Notice>
      )}
      {masked.length > 0 && matter.side === 'office' && <Purpose onPurpose={onPurpose} />}
    </Section>
  )
}

const SHORTEST = 4

function Purpose({ onPurpose }: { readonly onPurpose: (purpose: string) => void }) {
  const text = useText()
  const [purpose, setPurpose] = useState('')
  const [missing, setMissing] = useState(false)
  const ask = () => {
    const short = purpose.trim().length < SHORTEST
    setMissing(short)
    if (!short) onPurpose(purpose.trim())
  }
  return (
    <div className={styles.purpose}>
      <Form
        label={text.answers.reveal}
        onSubmit={ask}
        errors={missing ? [{ field: 'purpose', message: text.answers.purposeMissing }] : []}
        actions={<Button type="submit">{text.answers.reveal}</Button>}
      >
        <TextField
          name="purpose"
          label={text.answers.purpose}
          hint={text.answers.purposeHint}
          maxLength={200}
          value={purpose}
          onChange={setPurpose}
        />
      </Form>
    </div>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import type { MatterProps } from './MatterPage.tsx'
import { useRefreshMatters } from './queries.ts'
import { useText } from './text.ts'

/** Best first, as 好差评 prints them. */
const GRADES = [5, 4, 3, 2, 1] as const

/** The service in five grades, asked for once the matter is closed. */
export function RatingSection({ matter }: MatterProps) {
  const text = useText()
  const { rating, mayRate, number } = matter
  if (!rating && !mayRate) return null
  if (!rating) {
    return (
      <Section title={text.rating.title} note={text.rating.note}>
        <Rate number={number} />
      </Section>
    )
  }
  return (
    <Section title={text.rating.title}>
      <p>
        <strong>{gradeWords(rating.grade, text.rating.grades)}</strong> ·{' '}
        <MomentText value={rating.ratedAt} />
        {rating.entryId !== null && (
          <>
            {' '}
            · <TextLink href={`/ledger/entries/${rating.entryId}`}>{text.rating.receipt}</TextLink>
          </>
        )}
      </p>
      {rating.words && (
        <p>
          <RecordText>{rating.words}</RecordText>
        </p>
      )}
    </Section>
  )
}

export function gradeWords(grade: number, grades: Readonly<Record<1 | 2 | 3 | 4 | 5, string>>): string {
  const known = GRADES.find((one) => one === grade)
  return known === undefined ? String(grade) : grades[known]
}

function Rate({ number }: { readonly number: string }) {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const [grade, setGrade] = useState('')
  const [words, setWords] = useState('')
  const [missing, setMissing] = useState(false)
  const rate = useMutation(
    api.matters.rate.mutationOptions({
      onSuccess: async () => {
        announce(text.rating.thanks)
        await refresh()
      },
    }),
  )
  const send = () => {
    setMissing(grade === '')
    if (grade !== '') rate.mutate({ number, grade: Number(grade), ...(words.trim() && { words }) })
  }
  return (
    <Form
      label={text.rating.title}
      onSubmit={send}
      errors={missing ? [{ field: 'grade', message: text.rating.missing }] : []}
      error={rate.error}
      text={text.errors}
      actions={
        <Button kind="primary" type="submit" busy={rate.isPending}>
          {text.rating.send}
        </Button>
      }
    >
      <RadioGroup
        name="grade"
        label={text.rating.question}
        inline
        options={GRADES.map((value) => ({ value: String(value), label: text.rating.grades[value] }))}
        value={grade}
        onChange={setGrade}
      />
      <TextAreaField
        name="ratingWords"
        label={text.rating.words}
        required={false}
        rows={3}
        maxLength={1000}
        value={words}
        onChange={setWords}
      />
    </Form>
  )
}

import { useState } from 'react'
import { AnswerField } from '../ui/AnswerField.tsx'
import { Button } from '../ui/Button.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { UploadsContext } from '../ui/UploadField.tsx'
import { type FillingParts, StepPage } from './DraftPage.tsx'
import { useFaults } from './DraftSteps.tsx'
import { faultWords, questionAt, sectionsOf } from './form.ts'
import { useDraftFiles } from './files.ts'
import styles from './matters.module.css'
import { useText } from './text.ts'

/** Some questions of the form. “Continue” looks at these alone; everything can be left for later. */
export function QuestionStep(parts: FillingParts) {
  const text = useText()
  const { keeper, state, procedure, pages, page, go, next, hrefOf } = parts
  const files = useDraftFiles(parts.draft)
  const [asked, setAsked] = useState(false)
  const faults = useFaults(parts)
  const sections = sectionsOf(procedure.form, state.answers)
  const section = sections.find(({ name }) => name === page.section)
  const names = new Set(page.questions.map(({ name }) => name))
  const errors = faults
    .filter(({ field }) => names.has(field.split('.')[0] ?? ''))
    .map((fault) => ({
      field: fault.field,
      message: faultWords(fault, questionAt(sections, fault.field)?.label ?? fault.field, text),
    }))
  const at = pages.findIndex(({ id }) => id === page.id)
  const [before] = pages.slice(Math.max(0, at - 1), at)
  const shown = asked ? errors : []

  const proceed = () => {
    setAsked(true)
    void keeper.flush()
    if (errors.length === 0) go(next)
  }
  // On a phone a page is one question, and the question is its title.
  const [single] = page.id === page.section ? [] : page.questions
  return (
    <StepPage
      parts={parts}
      title={single?.label ?? section?.title ?? either(procedure.names)}
      part={single && section?.title}
      failed={shown.length > 0}
    >
      {!single && section?.hint !== undefined && <p className={styles.sectionHint}>{section.hint}</p>}
      <UploadsContext value={files}>
        <div className={single && styles.oneThing}>
          <Form
            onSubmit={proceed}
            errors={shown}
            actions={
              <>
                <Button kind="primary" type="submit">
                  {text.draft.proceed}
                </Button>
                <TextLink href={hrefOf(next)}>{single ? text.draft.skip : text.draft.later}</TextLink>
                {before && <TextLink href={hrefOf(before.id)}>{text.draft.back}</TextLink>}
              </>
            }
          >
            {page.questions.map((question) => (
              <AnswerField
                key={question.name}
                question={question}
                path={question.name}
                value={state.answers[question.name]}
                onChange={(value) =>
                  keeper.set({ ...keeper.state().answers, [question.name]: value ?? null })
                }
              />
            ))}
          </Form>
        </div>
      </UploadsContext>
    </StepPage>
  )
}

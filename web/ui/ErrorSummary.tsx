import { type MouseEvent, useEffect, useRef } from 'react'
import { explain, type FieldProblem, type RefusalTexts } from './explain.ts'
import { fieldId } from './fields.tsx'
import { TextLink } from './TextLink.tsx'
import { useOwnWords } from './words.ts'
import './ErrorSummary.css'

export interface ErrorSummaryProps {
  /** Whatever the mutation threw. */
  readonly error?: unknown
  readonly text?: RefusalTexts | undefined
  /** Problems found before sending. */
  readonly errors?: readonly FieldProblem[]
  /** How often the form was sent: the same problems again take the focus again. */
  readonly attempt?: number
}

/** What went wrong, above the form, with the focus on it and a link to each field (the GOV.UK pattern). */
export function ErrorSummary({ error, text = {}, errors = [], attempt = 0 }: ErrorSummaryProps) {
  const words = useOwnWords()
  const box = useRef<HTMLDivElement>(null)
  const explanation = error ? explain(error, text, words) : undefined
  const problems = [...errors, ...(explanation?.fields ?? [])]
  // The focus moves for each new answer, not while the reader corrects one field after another.
  const occasion =
    explanation || problems.length > 0 ? `${attempt} ${explanation?.what} ${errors.length}` : ''
  useEffect(() => {
    if (occasion) box.current?.focus()
  }, [occasion])

  if (!occasion) return null
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{explanation?.title ?? words.problemTitle}</h2>
      {explanation && <p>{explanation.what}</p>}
      {explanation?.kept && <p>{explanation.kept}</p>}
      {explanation?.next && <p>{explanation.next}</p>}
      {explanation?.reference && <p>{explanation.reference}</p>}
      {problems.length > 0 && (
        <ul>
          {problems.map((problem) => (
            <li key={`${problem.field} ${problem.message}`}>
              <Problem {...problem} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Problem({ field, message, href }: FieldProblem) {
  if (href !== undefined) return <TextLink href={href}>{message}</TextLink>
  if (field === '') return message
  return (
    <a href={`#${fieldId(field)}`} onClick={(event) => goTo(event, field)}>
      {message}
    </a>
  )
}

/** A fragment link alone scrolls but leaves the focus behind. */
function goTo(event: MouseEvent, field: string) {
  const control = document.getElementById(fieldId(field))
  if (!control) return
  event.preventDefault()
  control.focus()
  control.scrollIntoView({ block: 'center' })
}

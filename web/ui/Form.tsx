import { type FormEvent, type ReactNode, useMemo, useState } from 'react'
import { ErrorSummary, type ErrorSummaryProps } from './ErrorSummary.tsx'
import { explain } from './explain.ts'
import { ProblemsContext } from './fields.tsx'
import { useOwnWords } from './words.ts'

export interface FormProps extends Omit<ErrorSummaryProps, 'attempt'> {
  readonly onSubmit: () => void
  readonly children: ReactNode
  /** The buttons. The first one submits. */
  readonly actions: ReactNode
  /** When the draft was last kept: `14:32`, or `saving`, or `unsaved`. */
  readonly saved?: string | 'saving' | 'unsaved' | undefined
  /** Names the form when a page has several. */
  readonly label?: string
}

/**
 * A form whose problems are shown twice: above it with links, and at each field. The browser's own bubbles are off: they
 * speak the browser's language, not the page's, and vanish.
 */
export function Form({ onSubmit, children, actions, saved, label, error, text, errors }: FormProps) {
  const words = useOwnWords()
  const problems = useMemo(() => {
    const fromServer = error ? explain(error, text ?? {}, words).fields : []
    return new Map([...fromServer, ...(errors ?? [])].map((problem) => [problem.field, problem.message]))
  }, [error, errors, text, words])

  const [attempt, setAttempt] = useState(0)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt(attempt + 1)
    onSubmit()
  }
  return (
    <ProblemsContext value={problems}>
      <form className="form" noValidate onSubmit={submit} aria-label={label}>
        <ErrorSummary error={error} text={text} {...(errors && { errors })} attempt={attempt} />
        {children}
        <div className="form-actions">
          {actions}
          {saved && (
            <span className="form-saved" role="status">
              {savedWords(saved, words)}
            </span>
          )}
        </div>
      </form>
    </ProblemsContext>
  )
}

function savedWords(saved: string, words: ReturnType<typeof useOwnWords>): string {
  if (saved === 'saving') return words.saving
  if (saved === 'unsaved') return words.unsaved
  return words.saved(saved)
}

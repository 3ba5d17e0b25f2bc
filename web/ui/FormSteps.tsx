import type { ReactNode } from 'react'
import { MetIcon, RiskIcon } from './icons.ts'
import { TextLink } from './TextLink.tsx'
import { useOwnWords } from './words.ts'
import './FormSteps.css'

export interface FormStep {
  readonly name: string
  readonly title: string
  readonly href: string
  readonly state: 'done' | 'open' | 'failed' | 'optional'
  readonly note?: ReactNode
}

/** The pages of a form and what is still open on each: every one can be gone to at any time. */
export function FormSteps({
  steps,
  current,
}: {
  readonly steps: readonly FormStep[]
  readonly current: string
}) {
  const words = useOwnWords()
  return (
    <nav className="form-steps" aria-label={words.steps.label}>
      <ol>
        {steps.map(({ name, title, href, state, note }) => (
          <li key={name} data-state={state} data-current={name === current ? '' : undefined}>
            <TextLink href={href} aria-current={name === current ? 'step' : undefined}>
              {title}
              <span className="visually-hidden">{words.steps[state]}</span>
            </TextLink>
            {state === 'done' && <MetIcon className="icon" />}
            {state === 'failed' && <RiskIcon className="icon" />}
            {note && <span className="form-step-note">{note}</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}

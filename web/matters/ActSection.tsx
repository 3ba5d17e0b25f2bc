import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { either } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { type Step, useRefreshMatters } from './queries.ts'
import { StepForm } from './StepForm.tsx'
import { useText } from './text.ts'

/** What the reader may do now: one button a step, and the step's own questions beneath when it is chosen. */
export function ActSection({ matter }: MatterProps) {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const [chosen, setChosen] = useState<string>()
  const claim = useMutation(
    api.matters.claim.mutationOptions({
      onSuccess: async () => {
        announce(text.act.claimed)
        await refresh()
      },
    }),
  )
  // Answering a correction has its own section, with the list of what is missing.
  const steps = matter.steps.filter(({ answersCorrection }) => !answersCorrection)
  if (steps.length === 0 && !matter.mayClaim) return null
  const step = steps.find(({ code }) => code === chosen)
  return (
    <Section title={text.act.title} note={matter.side === 'office' ? text.act.note : undefined}>
      <div className={styles.steps} role="group" aria-label={text.act.title}>
        {matter.mayClaim && (
          <Button
            onClick={() => claim.mutate({ number: matter.number, version: matter.version })}
            busy={claim.isPending}
          >
            {text.act.claim}
          </Button>
        )}
        {steps.map((one) => (
          <Button
            key={one.code}
            kind={kindOf(one, step)}
            aria-expanded={one.code === chosen}
            aria-controls="step-form"
            onClick={() => setChosen(one.code === chosen ? undefined : one.code)}
          >
            {either(one.names)}
          </Button>
        ))}
      </div>
      <div id="step-form">
        {claim.error !== null && (
          <Notice tone="risk" title={text.act.notClaimed} live>
            <p>{text.act.reloaded}</p>
          </Notice>
        )}
        {step && <StepForm key={step.code} matter={matter} step={step} onDone={() => setChosen(undefined)} />}
      </div>
    </Section>
  )
}

function kindOf(step: Step, chosen: Step | undefined) {
  if (step === chosen) return 'primary' as const
  return step.warning === null ? ('plain' as const) : ('danger' as const)
}

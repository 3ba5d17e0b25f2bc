import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { type Round, STATE_TONES } from './queries.ts'
import { type Text, useText } from './text.ts'

/** One round at the desk: where it stands and the one next step, with what it waits for. */
export function RoundSteps({ year }: { readonly year: number }) {
  const text = useText()
  const query = useQuery(api.appraisal.round.queryOptions({ input: { year } }))
  return (
    <Section title={text.roundOf(year)} layout="stacked">
      <Loaded query={query} text={text.errors}>
        {(round) => (
          <>
            <p>
              <Badge tone={STATE_TONES[round.state]}>{text.states[round.state]}</Badge>{' '}
              {round.agencies > 0 && (
                <TextLink href={`/appraisal/${year}`}>
                  {text.work.proposed(round.excellent, round.agencies)}
                </TextLink>
              )}
            </p>
            <Next round={round} />
          </>
        )}
      </Loaded>
    </Section>
  )
}

function useSteps(round: Round) {
  const queryClient = useQueryClient()
  const refresh = { onSuccess: () => queryClient.invalidateQueries({ queryKey: api.appraisal.key() }) }
  const compute = useMutation(api.appraisal.compute.mutationOptions(refresh))
  const publish = useMutation(api.appraisal.publish.mutationOptions(refresh))
  const close = useMutation(api.appraisal.close.mutationOptions(refresh))
  const seen = { year: round.year, version: round.version }
  return { compute, publish, close, seen, error: compute.error ?? publish.error ?? close.error }
}

function Next({ round }: { readonly round: Round }) {
  const text = useText()
  const { compute, publish, close, seen, error } = useSteps(round)
  const [cause, setCause] = useState('')
  const { state } = round
  if (state === 'closed') return <p>{text.work.done}</p>
  const waits = waitsFor(round, text)
  const again = state !== 'open'
  return (
    <>
      {compute.data && (
        <Notice tone="met" title={text.work.computed(compute.data.edition, compute.data.agencies)} live />
      )}
      {waits && <p>{waits}</p>}
      {round.publicity && (
        <p>
          <TextLink href={`/work/matters/${round.publicity.number}`}>{text.publicity.decide}</TextLink>
        </p>
      )}
      <Form
        label={`${text.work.next} ${round.year}`}
        onSubmit={() => compute.mutate({ ...seen, cause: cause === '' ? null : cause })}
        error={error}
        text={text.errors}
        actions={
          <>
            {state === 'computed' && (
              <Button kind="primary" busy={publish.isPending} onClick={() => publish.mutate(seen)}>
                {text.work.publish}
              </Button>
            )}
            {state === 'publicity' && (
              <Button kind="primary" busy={close.isPending} onClick={() => close.mutate(seen)}>
                {text.work.close}
              </Button>
            )}
            <Button type="submit" {...(again ? {} : { kind: 'primary' })} busy={compute.isPending}>
              {again ? text.work.computeAgain : text.work.compute}
            </Button>
          </>
        }
      >
        {again && (
          <TextField
            name={`cause-${round.year}`}
            label={text.work.cause}
            hint={text.work.causeHint}
            value={cause}
            onChange={setCause}
            maxLength={500}
            required={false}
          />
        )}
      </Form>
    </>
  )
}

function waitsFor({ state, cutoffOn, publicity }: Round, text: Text): string | undefined {
  if (state === 'open') return text.work.waitCutoff(cutoffOn)
  if (state !== 'publicity' || publicity === null) return undefined
  const open = publicity.objections.filter(({ decidedAt }) => decidedAt === null).length
  if (open > 0) return text.work.waitObjections(open)
  return publicity.clock?.due ? text.work.waitDue(publicity.clock.due) : undefined
}

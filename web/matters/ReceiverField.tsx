import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { RadioGroup } from '../ui/choices.tsx'
import { type Option, SelectField } from '../ui/fields.tsx'
import { either } from '../ui/language.ts'
import type { Matter } from './queries.ts'
import { useText } from './text.ts'
import { useState } from 'react'

export type ReceiverChoice = { readonly kind: 'station' | 'body'; readonly code: string } | undefined

interface ReceiverFieldProps {
  readonly matter: Matter
  readonly value: ReceiverChoice
  readonly onChange: (to: ReceiverChoice) => void
}

/** To whom it goes. Without a receiver a matter cannot leave: “not ours” is a hand-over, never an end. */
export function ReceiverField({ matter, value, onChange }: ReceiverFieldProps) {
  const text = useText()
  const [kind, setKind] = useState<'station' | 'body'>('station')
  const procedure = useQuery(api.matters.procedure.queryOptions({ input: { code: matter.procedure.code } }))
  const bodies = useQuery(api.matters.receivingBodies.queryOptions({}))
  const stations: readonly Option[] = (procedure.data?.stations ?? [])
    .filter(({ code }) => code !== matter.station.code)
    .map(({ code, names }) => ({ value: code, label: either(names) }))
  const outside: readonly Option[] = (bodies.data?.items ?? []).map(({ code, names, duty }) => ({
    value: code,
    label: text.handOver.bodyOption(either(names), either(duty)),
  }))
  return (
    <>
      <RadioGroup
        name="receiverKind"
        label={text.handOver.kind}
        inline
        options={[
          { value: 'station', label: text.handOver.station },
          { value: 'body', label: text.handOver.body },
        ]}
        value={kind}
        onChange={(next) => {
          setKind(next === 'body' ? 'body' : 'station')
          onChange(undefined)
        }}
      />
      <SelectField
        name="to"
        label={text.handOver.receiver}
        options={kind === 'station' ? stations : outside}
        value={value?.code ?? ''}
        onChange={(code) => onChange(code === '' ? undefined : { kind, code })}
      />
    </>
  )
}

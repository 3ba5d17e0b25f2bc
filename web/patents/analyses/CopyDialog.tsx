import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { RadioGroup } from '../../ui/choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { type Analysis, refresh, useText } from './queries.ts'

interface Props {
  readonly analysis: Pick<Analysis, 'id' | 'name'>
  readonly on: 'same' | 'today'
  readonly onClose: () => void
}

/** A copy of one's own: to change it, or to count the same questions on today's data. */
export function CopyDialog({ analysis, on: proposed, onClose }: Props) {
  const text = useText()
  const words = text.copying
  const navigate = useNavigate()
  const [name, setName] = useState(words.named(analysis.name).slice(0, 200))
  const [on, setOn] = useState(proposed)
  const copy = useMutation(
    api.analyses.copy.mutationOptions({
      onSuccess: async ({ id }) => {
        await refresh()
        onClose()
        await navigate({ to: `/patents/analyses/${id}` })
      },
    }),
  )
  const named = name.trim()
  return (
    <Dialog title={words.title} open onClose={onClose} firm>
      <Form
        onSubmit={() => named !== '' && copy.mutate({ id: analysis.id, name: named, on })}
        error={copy.error}
        text={text.errors}
        errors={named === '' ? [{ field: 'name', message: text.create.nameMissing }] : []}
        actions={
          <>
            <Button type="submit" kind="primary" busy={copy.isPending}>
              {words.save}
            </Button>
            <Button onClick={onClose}>{words.cancel}</Button>
          </>
        }
      >
        <TextField name="name" label={words.name} value={name} onChange={setName} required />
        <RadioGroup
          name="on"
          label={words.on}
          value={on}
          onChange={(value) => setOn(value === 'today' ? 'today' : 'same')}
          options={[
            { value: 'same', label: words.same },
            { value: 'today', label: words.today },
          ]}
        />
      </Form>
    </Dialog>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { Preferences } from './NoticeSettingsPage.tsx'
import { useText } from './text.ts'

type Address = Preferences['addresses'][number]

const refresh = () => queryClient.invalidateQueries({ queryKey: api.notices.preferences.key() })

/** Where messages of one channel go: given, then confirmed by a code that was sent there. */
export function AddressForm({ address }: { readonly address: Address }) {
  const text = useText()
  const words = text.preferences
  const [changing, setChanging] = useState(false)
  const forget = useMutation(api.notices.forgetAddress.mutationOptions({ onSettled: refresh }))
  const { channel, state } = address
  if (!address.available && state === 'none') return <p>{words.unavailable[channel]}</p>
  if (state === 'none' || changing) {
    return <GiveForm channel={channel} onSent={() => setChanging(false)} />
  }
  return (
    <>
      <p>
        {words[channel]} · {words[state](address.address ?? '')}
      </p>
      {state === 'unconfirmed' && <ConfirmForm channel={channel} />}
      <p>
        <Button kind="quiet" onClick={() => setChanging(true)}>
          {state === 'unconfirmed' ? words.sendAgain : words.change}
        </Button>
        <Button kind="quiet" busy={forget.isPending} onClick={() => forget.mutate({ channel })}>
          {words.forget}
        </Button>
      </p>
    </>
  )
}

function GiveForm({
  channel,
  onSent,
}: {
  readonly channel: Address['channel']
  readonly onSent: () => void
}) {
  const text = useText()
  const words = text.preferences
  const [value, setValue] = useState('')
  const give = useMutation(
    api.notices.giveAddress.mutationOptions({
      onSuccess: async () => {
        await refresh()
        onSent()
      },
    }),
  )
  return (
    <Form
      onSubmit={() => give.mutate({ channel, address: value })}
      error={give.error}
      text={text.errors}
      actions={
        <Button kind="primary" type="submit" busy={give.isPending}>
          {words.sendCode}
        </Button>
      }
    >
      <TextField
        name={`address-${channel}`}
        label={words[channel]}
        hint={channel === 'sms' ? words.smsHint : words.wechatHint}
        type={channel === 'sms' ? 'tel' : 'text'}
        autoComplete={channel === 'sms' ? 'tel' : 'off'}
        value={value}
        onChange={setValue}
        required
      />
    </Form>
  )
}

function ConfirmForm({ channel }: { readonly channel: Address['channel'] }) {
  const text = useText()
  const words = text.preferences
  const [code, setCode] = useState('')
  const confirm = useMutation(api.notices.confirmAddress.mutationOptions({ onSuccess: refresh }))
  return (
    <>
      <Notice tone="info" live>
        <p>{words.codeSent}</p>
      </Notice>
      <Form
        onSubmit={() => confirm.mutate({ channel, code })}
        error={confirm.error}
        text={text.errors}
        actions={
          <Button kind="primary" type="submit" busy={confirm.isPending}>
            {words.confirm}
          </Button>
        }
      >
        <TextField
          name={`code-${channel}`}
          label={words.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={setCode}
          required
        />
      </Form>
    </>
  )
}

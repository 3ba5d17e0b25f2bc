import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { type Listing, refresh, useText } from './queries.ts'

type Acted = Pick<Listing, 'id' | 'version' | 'title' | 'state'>

/** What its owner can do with a listing: say that it stands, or take it off. */
export function ListingActs({ listing }: { readonly listing: Acted }) {
  const text = useText()
  const words = text.desk
  const announce = useAnnounce()
  const [asking, setAsking] = useState(false)
  const { id, version, title, state } = listing
  const confirm = useMutation(
    api.market.confirm.mutationOptions({ onSuccess: () => announce(words.confirmed), onSettled: refresh }),
  )
  if (state !== 'active' && state !== 'faded') return null
  return (
    <>
      <Button
        kind={state === 'faded' ? 'primary' : 'plain'}
        busy={confirm.isPending}
        aria-label={words.confirmOf(title)}
        onClick={() => confirm.mutate({ id, version })}
      >
        {words.confirm}
      </Button>{' '}
      <Button kind="quiet" aria-label={words.withdrawOf(title)} onClick={() => setAsking(true)}>
        {words.withdraw}
      </Button>
      <ErrorSummary error={confirm.error} text={text.errors} />
      {asking && <WithdrawDialog listing={listing} onClose={() => setAsking(false)} />}
    </>
  )
}

function WithdrawDialog({ listing, onClose }: { readonly listing: Acted; readonly onClose: () => void }) {
  const text = useText()
  const words = text.desk
  const announce = useAnnounce()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const withdraw = useMutation(
    api.market.withdraw.mutationOptions({
      onSuccess: async () => {
        await refresh()
        announce(words.withdrawn)
        onClose()
      },
    }),
  )
  const missing = reason.trim().length < 2
  const submit = () => {
    setTried(true)
    if (!missing) withdraw.mutate({ id: listing.id, version: listing.version, reason: reason.trim() })
  }
  return (
    <Dialog title={words.withdrawOf(listing.title)} open onClose={onClose} firm>
      <Form
        onSubmit={submit}
        error={withdraw.error}
        text={text.errors}
        errors={tried && missing ? [{ field: 'reason', message: words.reasonHint }] : []}
        actions={
          <>
            <Button type="submit" kind="danger" busy={withdraw.isPending}>
              {words.withdraw}
            </Button>
            <Button onClick={onClose}>{words.cancel}</Button>
          </>
        }
      >
        <TextAreaField
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          onChange={setReason}
          required
        />
      </Form>
    </Dialog>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
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
  const withdraw = useMutation(
    api.market.withdraw.mutationOptions({
      onSuccess: async () => {
        await refresh()
        announce(words.withdrawn)
        onClose()
      },
    }),
  )
  return (
    <ReasonDialog
      title={words.withdrawOf(listing.title)}
      label={words.reason}
      hint={words.reasonHint}
      confirm={words.withdraw}
      danger
      error={withdraw.error}
      text={text.errors}
      busy={withdraw.isPending}
      onDecide={(reason) => withdraw.mutate({ id: listing.id, version: listing.version, reason })}
      onClose={onClose}
    />
  )
}

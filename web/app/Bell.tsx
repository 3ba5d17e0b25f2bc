import { useQuery } from '@tanstack/react-query'
import { NoticesIcon } from '../ui/icons.ts'
import { useMessages } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { api } from './api.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { useSession } from './session.ts'
import './Bell.css'

const LOOK_AGAIN_MS = 60_000
/** More than this is said as “99+”: a longer number pushes the bar about. */
const MOST = 99

/** The bell in both shells: how much one has not read, and the way there. */
export function Bell({ inWorkbench }: { readonly inWorkbench: boolean }) {
  const text = useMessages({ zh, en })
  const { actor } = useSession()
  const mayAsk = actor.kind === 'account' && actor.secondFactor !== 'missing'
  const { data } = useQuery({
    ...api.notices.unread.queryOptions(),
    enabled: mayAsk,
    refetchInterval: LOOK_AGAIN_MS,
  })
  if (!mayAsk) return null
  const unread = data?.unread ?? 0
  const words = unread === 0 ? text.notices : text.unreadNotices(unread)
  return (
    <TextLink
      className="bell"
      href={inWorkbench ? '/work/notices' : '/account/notices'}
      aria-label={words}
      title={words}
    >
      <NoticesIcon className="icon" />
      {unread > 0 && (
        <span aria-hidden className="bell-count">
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      )}
    </TextLink>
  )
}

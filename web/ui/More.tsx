import { Button } from './Button.tsx'
import { formatNumber } from './format.ts'
import { useOwnWords } from './words.ts'

export interface MoreProps {
  readonly hasMore: boolean
  readonly busy?: boolean
  readonly onMore: () => void
}

/** The end of a list: how much is shown, and the next page. A button, not endless scrolling: the footer stays reachable. */
export function More({
  hasMore,
  busy,
  onMore,
  shown,
  total,
}: MoreProps & { readonly shown: number; readonly total?: number }) {
  const words = useOwnWords()
  if (!hasMore) {
    return shown > 0 ? <p className="list-end">{words.allShown(formatNumber(total ?? shown))}</p> : null
  }
  return (
    <div className="list-end">
      <Button onClick={onMore} busy={busy}>
        {total === undefined ? words.moreUnknown : words.more(formatNumber(shown), formatNumber(total))}
      </Button>
    </div>
  )
}

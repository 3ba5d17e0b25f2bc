import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { CloseIcon } from './icons.ts'
import { TONE_ICONS, type Tone } from './Badge.tsx'
import { useOwnWords } from './words.ts'
import './announce.css'

interface Announcement {
  readonly id: number
  readonly words: string
  readonly tone: Tone
}

type Announce = (words: string, tone?: Tone) => void

const AnnounceContext = createContext<Announce>(() => undefined)

/** Long enough to read two lines twice. */
const SHOWN_FOR_MS = 7_000

/** Says something short about what has just been done, on the screen and to a screen reader: `announce(text.sent)`. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext)
}

export function Announcements({ children }: { readonly children: ReactNode }) {
  const words = useOwnWords()
  const [shown, setShown] = useState<readonly Announcement[]>([])
  const next = useRef(0)
  const drop = useCallback((id: number) => setShown((now) => now.filter((one) => one.id !== id)), [])
  const announce = useCallback<Announce>(
    (text, tone = 'met') => {
      const id = next.current++
      setShown((now) => [...now.slice(-2), { id, words: text, tone }])
      setTimeout(() => drop(id), SHOWN_FOR_MS)
    },
    [drop],
  )
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="announcements" role="status" aria-live="polite">
        {shown.map(({ id, words: text, tone }) => {
          const Mark = TONE_ICONS[tone]
          return (
            <div className="announcement" data-tone={tone} key={id}>
              <Mark className="icon" />
              <p>{text}</p>
              <button type="button" aria-label={words.close} onClick={() => drop(id)}>
                <CloseIcon className="icon" />
              </button>
            </div>
          )
        })}
      </div>
    </AnnounceContext>
  )
}

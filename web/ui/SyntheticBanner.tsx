import { useOwnWords } from './words.ts'
import './SyntheticBanner.css'

/** On every page of a scenario, and in print: none of this is real. */
export function SyntheticBanner() {
  const words = useOwnWords()
  return (
    <aside className="synthetic" aria-label={words.synthetic}>
      <p>
        <strong>{words.synthetic}</strong> {words.syntheticBody}
      </p>
    </aside>
  )
}

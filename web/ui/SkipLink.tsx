import { useOwnWords } from './words.ts'
import './SkipLink.css'

/** The first stop of the keyboard on every page. */
export function SkipLink() {
  return (
    <a className="skip-link" href="#main">
      {useOwnWords().skip}
    </a>
  )
}

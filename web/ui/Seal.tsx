import { SEAL_STROKES } from './seal-mark.ts'
import './Seal.css'

export function Seal() {
  return (
    <svg className="seal" viewBox="0 0 24 24" aria-hidden>
      {SEAL_STROKES.map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  )
}

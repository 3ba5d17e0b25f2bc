import { Badge } from '../ui/Badge.tsx'
import { useText } from './text.ts'

/** Marks what stands in for an official value that nobody has published. */
export function SampleMark() {
  const text = useText()
  return (
    <span title={text.sampleHint}>
      <Badge tone="neutral">{text.sample}</Badge>
    </span>
  )
}

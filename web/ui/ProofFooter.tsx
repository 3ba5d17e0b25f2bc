import { formatNumber } from './format.ts'
import { ProofIcon } from './icons.ts'
import { TextLink } from './TextLink.tsx'
import { MomentText } from './values.tsx'
import { useOwnWords } from './words.ts'
import './ProofFooter.css'

export interface Proof {
  /** The entry of the ledger that holds this record or figure. */
  readonly entry: number
  /** Hash of the entry or root of the checkpoint, in hex or base64. */
  readonly hash: string
  readonly at?: string
  readonly href?: string
}

/** At the foot of a record: where it stands in the ledger, for the reader who wants to check. */
export function ProofFooter({ entry, hash, at, href }: Proof) {
  const words = useOwnWords()
  return (
    <footer className="proof-footer">
      <ProofIcon className="icon" />
      <span>{words.checkpoint(formatNumber(entry))}</span>
      <code title={hash}>{hash.length > 20 ? `${hash.slice(0, 16)}…` : hash}</code>
      {at && <MomentText value={at} />}
      {href && <TextLink href={href}>{words.verify}</TextLink>}
    </footer>
  )
}

import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Seal } from './Seal.tsx'
import { TextLink } from './TextLink.tsx'
import { useOwnWords } from './words.ts'
import './Receipt.css'

interface ReceiptProps {
  readonly title: string
  /** Who issues it. */
  readonly issuer: string
  readonly number: string
  readonly rows: readonly { readonly label: string; readonly value: ReactNode }[]
  readonly note?: ReactNode
  /** Where it can be checked: an entry of the ledger. */
  readonly proof?:
    | { readonly entry: number | string; readonly hash?: string; readonly href: string }
    | undefined
  /** Parts of a receipt that two sides sign: who gave, who took. */
  readonly parties?: readonly {
    readonly role: string
    readonly name: ReactNode
    readonly at: ReactNode
    readonly signed: boolean
  }[]
  readonly printable?: boolean
}

/** A paper that proves that something was received: to keep, to print, to check without us. */
export function Receipt({ title, issuer, number, rows, note, proof, parties = [], printable }: ReceiptProps) {
  const words = useOwnWords()
  return (
    <section className="receipt" aria-label={`${title} ${number}`}>
      <header className="receipt-head">
        <Seal />
        <div>
          <h2>{title}</h2>
          <p>{issuer}</p>
        </div>
        <p className="receipt-number">{number}</p>
      </header>
      {parties.length > 0 && (
        <ol className="receipt-parties">
          {parties.map(({ role, name, at, signed }) => (
            <li key={role} data-signed={signed ? '' : undefined}>
              <p className="receipt-role">{role}</p>
              <p className="receipt-party">{name}</p>
              <p>{at}</p>
            </li>
          ))}
        </ol>
      )}
      <dl className="receipt-rows">
        {rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {note && <div className="receipt-note">{note}</div>}
      {proof && (
        <p className="receipt-proof">
          <TextLink href={proof.href}>
            {typeof proof.entry === 'number' ? words.checkpoint(String(proof.entry)) : words.proof}
          </TextLink>
          <code>{proof.hash ?? proof.entry}</code>
        </p>
      )}
      {printable === true && (
        <p className="receipt-actions screen-only">
          <Button onClick={() => print()}>{words.print}</Button>
        </p>
      )}
    </section>
  )
}

/** Which keys may sign, as the log's own entries say it. */
import { canonicalJson, type CanonicalValue } from './canonical.rules.ts'
import { parseObject } from './entry.rules.ts'
import { keyId, parseVerifierKey, signatureType, verifyNoteSignature, type VerifierKey } from './note.rules.ts'

/** What a new log key, and the one it follows, sign when the log changes its key. */
export function keyStatement(verifierKey: string, previous: string | undefined): Record<string, CanonicalValue> {
  return { verifierKey, previous: previous ?? null }
}

/** Follows the keys of a log from its first entry on. Trusts nothing but the entries it is given. */
export class KeyHistory {
  readonly #logKeys: { text: string; key: VerifierKey }[] = []
  readonly #witnesses = new Map<string, VerifierKey>()
  readonly #cosignatures = new Map<string, number>()
  readonly troubles: { entry: number | null; what: string }[] = []

  /** The name of the log: that of its first key. */
  get origin(): string | undefined {
    return this.#logKeys[0]?.key.name
  }

  get logKeys(): VerifierKey[] {
    return this.#logKeys.map(({ key }) => key)
  }

  findWitness(verifierKey: string): VerifierKey | undefined {
    return this.#witnesses.get(verifierKey)
  }

  knows(verifierKey: string): boolean {
    return this.#witnesses.has(verifierKey) || this.#logKeys.some(({ text }) => text === verifierKey)
  }

  /** The cosignatures that the log records, by size and line, with the entry that records each. */
  cosignatures(): Map<string, number> {
    return new Map(this.#cosignatures)
  }

  /** Reads one entry that is not of the audit trail. */
  take(body: string, entry: number | null): void {
    const { kind, action, detail } = (parseObject(body) ?? {}) as { kind?: string; action?: string; detail?: unknown }
    const said = (detail ?? {}) as Record<string, unknown>
    if (kind === 'key') this.#takeLogKey(said, entry)
    if (kind === 'witness' && action === 'ledger.witness-registered') this.#takeWitness(said, entry)
    if (kind === 'cosignature' && entry !== null) this.#cosignatures.set(`${said['treeSize']} ${said['line']}`, entry)
  }

  #takeLogKey({ verifierKey, previous, signatures }: Record<string, unknown>, entry: number | null) {
    const before = this.#logKeys.at(-1)
    try {
      const text = String(verifierKey)
      const key = parseVerifierKey(text)
      const statement = canonicalJson(keyStatement(text, before?.text))
      const signers = before ? [key, before.key] : [key]
      const given = Array.isArray(signatures) ? signatures.map(String) : []
      const signed = signers.every((signer, place) =>
        verifyNoteSignature(
          statement,
          { name: signer.name, keyId: keyId(signer), signature: Buffer.from(given[place] ?? '', 'base64') },
          signer,
        ),
      )
      if (key.type !== signatureType.log || !signed || (previous ?? undefined) !== before?.text) {
        throw new Error('the key before it did not sign it over')
      }
      this.#logKeys.push({ text, key })
    } catch (error) {
      this.troubles.push({ entry, what: `a signing key was brought in without right: ${(error as Error).message}` })
    }
  }

  #takeWitness({ verifierKey }: Record<string, unknown>, entry: number | null) {
    try {
      this.#witnesses.set(String(verifierKey), parseVerifierKey(String(verifierKey)))
    } catch (error) {
      this.troubles.push({ entry, what: `a witness was registered with a key that is none: ${(error as Error).message}` })
    }
  }
}

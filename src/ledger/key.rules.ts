/** Which keys may sign, as the log's own entries say it. */
import { z } from 'zod'
import { canonicalJson, type CanonicalValue } from './canonical.rules.ts'
import { parseObject } from './entry.rules.ts'
import {
  keyId,
  MalformedNote,
  parseVerifierKey,
  signatureType,
  verifyNoteSignature,
  type VerifierKey,
} from './note.rules.ts'

/** What a new log key, and the one it follows, sign when the log changes its key. */
export function keyStatement(
  verifierKey: string,
  previous: string | undefined,
): Record<string, CanonicalValue> {
  return { verifierKey, previous: previous ?? null }
}

const KeyDetail = z.object({
  verifierKey: z.string(),
  previous: z.string().nullable(),
  signatures: z.array(z.string()),
})
const WitnessDetail = z.object({ verifierKey: z.string() })
const CosignatureDetail = z.object({ treeSize: z.int(), line: z.string() })

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
    const { kind, action, detail } = parseObject(body) ?? {}
    if (kind === 'key') this.#expect(() => this.#takeLogKey(KeyDetail.parse(detail)), 'a signing key', entry)
    if (kind === 'witness' && action === 'ledger.witness-registered') {
      this.#expect(() => this.#takeWitness(WitnessDetail.parse(detail)), 'a witness', entry)
    }
    if (kind === 'cosignature' && entry !== null) {
      this.#expect(
        () => this.#takeCosignature(CosignatureDetail.parse(detail), entry),
        'a co-signature',
        entry,
      )
    }
  }

  #expect(take: () => void, what: string, entry: number | null) {
    try {
      take()
    } catch (error) {
      this.troubles.push({ entry, what: `${what} was brought in without right: ${String(error)}` })
    }
  }

  #takeLogKey({ verifierKey: text, previous, signatures }: z.infer<typeof KeyDetail>) {
    const before = this.#logKeys.at(-1)
    const key = parseVerifierKey(text)
    const statement = canonicalJson(keyStatement(text, before?.text))
    const signed = [key, ...(before ? [before.key] : [])].every((signer, place) => {
      const signature = Buffer.from(signatures[place] ?? '', 'base64')
      return verifyNoteSignature(statement, { name: signer.name, keyId: keyId(signer), signature }, signer)
    })
    if (key.type !== signatureType.log || !signed || (previous ?? undefined) !== before?.text) {
      throw new MalformedNote('the key before it did not sign it over')
    }
    this.#logKeys.push({ text, key })
  }

  #takeWitness({ verifierKey }: z.infer<typeof WitnessDetail>) {
    this.#witnesses.set(verifierKey, parseVerifierKey(verifierKey))
  }

  #takeCosignature({ treeSize, line }: z.infer<typeof CosignatureDetail>, entry: number) {
    this.#cosignatures.set(`${treeSize} ${line}`, entry)
  }
}

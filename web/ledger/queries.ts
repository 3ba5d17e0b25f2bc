import { useMessages } from '../ui/language.ts'
import type { client } from '../app/api.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type LedgerState = Awaited<ReturnType<typeof client.ledger.state>>
export type Entries = Awaited<ReturnType<typeof client.ledger.entries>>
export type Bundle = Awaited<ReturnType<typeof client.ledger.proof>>

/** The words of this room. */
export function useText() {
  return useMessages({ zh, en })
}

const receipt = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What a reader typed or an address names: the number of an entry, or the reference on a receipt. */
export function entryOf(text: string): { entry: number } | { receipt: string } | undefined {
  const given = text.trim()
  if (/^\d{1,15}$/.test(given)) return { entry: Number(given) }
  return receipt.test(given) ? { receipt: given.toLowerCase() } : undefined
}

/** The kind of an entry in words; kinds of later versions are shown as they are. */
export function kindText(kinds: Readonly<Record<string, string>>, kind: string): string {
  return kinds[kind] ?? kind
}

import type { client } from '../../app/api.ts'
import { useMessages } from '../../ui/language.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type OwnerRow = Awaited<ReturnType<typeof client.owners.list>>['items'][number]
export type Owner = Awaited<ReturnType<typeof client.owners.get>>
export type Member = Owner['members'][number]
export type Decision = Owner['decisions'][number]
export type Question = Awaited<ReturnType<typeof client.owners.questions>>['items'][number]
export type Joins = Awaited<ReturnType<typeof client.owners.joins>>
export type Text = typeof zh

export const MATCHES = ['matched', 'unmatched', 'ambiguous', 'person'] as const

export function useText(): Text {
  return useMessages({ zh, en })
}

/** The evidence of a join in a sentence. */
export function evidenceWords(
  evidence: Readonly<Record<string, unknown>>,
  { evidence: words }: Text,
): string {
  const { alias, source, inventors, inCommon, needed, reason } = evidence
  if (typeof reason === 'string') return words.decision(reason)
  if (typeof alias === 'string') return words.alias(alias, typeof source === 'string' ? source : '')
  if (typeof inCommon === 'number') {
    const names = Array.isArray(inventors) ? inventors.map(String).join('、') : ''
    return words.inventors(names, inCommon, typeof needed === 'number' ? needed : 0)
  }
  return typeof evidence['with'] === 'string' ? words.with(evidence['with']) : words.none
}

export function ruleWords(rule: string, { rules }: Text): string {
  return (rules as Readonly<Record<string, string>>)[rule] ?? rule
}

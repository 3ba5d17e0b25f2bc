/** Who had a right from when. Pure. */
import type { PatentRecord } from './record.rules.ts'

export interface Holding {
  readonly from: string | null
  /** The day on which the next holder began; null for who has it last. */
  readonly to: string | null
  readonly names: readonly string[]
  readonly because: 'filed' | 'transferred' | 'stated'
}

const names = (parties: readonly { readonly name: string }[]) => parties.map(({ name }) => name)
const same = (one: readonly string[], other: readonly string[]) =>
  one.toSorted().join('\n') === other.toSorted().join('\n')

/**
 * From the filing through every recorded transfer, in the order of their days (a transfer without one comes last), to the owners
 * that the latest file states. A transfer that names nobody it went to is left out: it tells of no holder.
 */
export function ownershipOf(
  record: Pick<PatentRecord, 'applicants' | 'owners' | 'transfers' | 'filedOn' | 'legalStatusOn'>,
): Holding[] {
  const steps: Omit<Holding, 'to'>[] = []
  if (record.applicants.length > 0)
    steps.push({ from: record.filedOn, names: names(record.applicants), because: 'filed' })
  const transfers = record.transfers
    .map((transfer) => ({ on: transfer.on ?? transfer.recordedOn, names: names(transfer.to) }))
    .filter((transfer) => transfer.names.length > 0)
    .toSorted((one, other) => ((one.on ?? '9999') < (other.on ?? '9999') ? -1 : 1))
  for (const { on, names: to } of transfers) steps.push({ from: on, names: to, because: 'transferred' })
  const stated = names(record.owners)
  if (stated.length > 0 && !same(steps.at(-1)?.names ?? [], stated))
    steps.push({ from: null, names: stated, because: 'stated' })
  return steps.map((step, at) => ({ ...step, to: steps[at + 1]?.from ?? null }))
}

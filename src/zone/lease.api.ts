import { implementation } from '#platform/api.ts'
import { recordAudit } from '../ledger/public.ts'
import './context.ts'
import {
  endLease as endLeaseRow,
  findOverlap,
  insertLease,
  isNumberTaken,
  type Lease,
  lockLease,
  lockUnit,
  pageOfLeases,
} from './lease.store.ts'
import { findUnit } from './occupancy.rules.ts'
import { spaceOperations } from './space.contract.ts'

const os = implementation(spaceOperations)

const leases = os.leases.handler(async ({ input: { cursor, limit, unit }, context: { db, zone } }) => {
  const { items, total } = await pageOfLeases(db, zone.id, {
    limit,
    ...(cursor === undefined ? {} : { after: cursor }),
    ...(unit === undefined ? {} : { unit }),
  })
  const shown = items.slice(0, limit)
  return {
    total,
    items: shown.map((lease) => inCurrency(lease, zone.currency)),
    next: items.length > limit ? (shown.at(-1)?.number ?? null) : null,
  }
})

const startLease = os.startLease.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const { zone } = context
    if (findUnit(zone.spaces, input.unit) === undefined) throw errors.UNKNOWN_UNIT()
    if (input.validTo !== null && input.validTo <= input.validFrom) throw errors.ENDS_BEFORE_START()
    await lockUnit(tx, zone.id, input.unit)
    const overlap = await findOverlap(tx, { zone: zone.id, ...input })
    if (overlap) {
      const { number, validFrom, validTo } = overlap
      throw errors.UNIT_TAKEN({ data: { number, validFrom, validTo } })
    }
    if (await isNumberTaken(tx, zone.id, input.number)) throw errors.NUMBER_TAKEN()
    const lease = await insertLease(tx, { zone: zone.id, ...input })
    await recordAudit(tx, context, {
      action: 'lease.started',
      subject: { kind: 'lease', id: lease.id },
      detail: { unit: lease.unit, from: lease.validFrom },
      seals: [{ table: 'space_lease', id: lease.id }],
    })
    return inCurrency(lease, zone.currency)
  }),
)

const endLease = os.endLease.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const { zone } = context
    const lease = await lockLease(tx, zone.id, input.id)
    if (lease === undefined) throw errors.UNKNOWN_LEASE()
    if (lease.validTo !== null && lease.validTo <= input.on) {
      throw errors.ALREADY_ENDED({ data: { validTo: lease.validTo } })
    }
    if (input.on <= lease.validFrom) throw errors.ENDS_BEFORE_START()
    const ended = await endLeaseRow(tx, lease.id, input.on, input.reason)
    await recordAudit(tx, context, {
      action: 'lease.ended',
      subject: { kind: 'lease', id: lease.id },
      detail: { on: input.on, reason: input.reason },
      seals: [{ table: 'space_lease', id: lease.id }],
    })
    return inCurrency(ended, zone.currency)
  }),
)

export const leaseApi = { leases, startLease, endLease }

function inCurrency(lease: Lease, currency: string) {
  return { ...lease, currency }
}

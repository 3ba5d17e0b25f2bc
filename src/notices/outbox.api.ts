import { implementation } from '#platform/api.ts'
import { countOutbox, listOutbox, reviveOutgoing } from '#platform/outbox.ts'
import { recordAudit } from '../ledger/public.ts'
import './context.ts'
import { notices as contract } from './contract.ts'
import type { Channel } from './define.ts'
import { maskAddress } from './preference.api.ts'

const os = implementation(contract)

const outbox = os.outbox.handler(async ({ input: { state, cursor, limit }, context }) => {
  const [items, counts] = await Promise.all([
    listOutbox(context.db, state, { limit, ...(cursor === undefined ? {} : { before: cursor }) }),
    countOutbox(context.db),
  ])
  return {
    total: counts[state],
    items: items.map((one) => ({
      id: one.id,
      // The table's own check allows these three only.
      channel: one.channel as Channel,
      recipient: maskAddress(one.channel, one.recipient),
      // A code or a secret link is nobody's but the recipient's; of those the subject alone says nothing.
      subject: one.body === 'notices.code' ? '' : one.subject,
      createdAt: one.createdAt.toISOString(),
      dueAt: one.dueAt.toISOString(),
      attempts: one.attempts,
      lastError: one.lastError,
      sentAt: one.sentAt?.toISOString() ?? null,
      deadAt: one.deadAt?.toISOString() ?? null,
    })),
    next: items.length < limit ? null : (items.at(-1)?.id ?? null),
    counts,
    open: [...(context.channels ?? [])],
  }
})

const resend = os.resend.handler(({ input: { id }, context, errors }) =>
  context.write(async (tx) => {
    if (!(await reviveOutgoing(tx, id, context.now))) throw errors.NOT_GIVEN_UP()
    await recordAudit(tx, context, { action: 'outbox.resent', subject: { kind: 'outgoing', id } })
    return { due: true as const }
  }),
)

export const outboxApi = { outbox, resend }

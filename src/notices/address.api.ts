import { implementation } from '#platform/api.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { putIntoOutbox } from '#platform/outbox.ts'
import { callerOf } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { CODE, readAddress, refuseCode } from './address.rules.ts'
import {
  confirmAddress,
  countCode,
  countFailure,
  findAddress,
  findCodesSent,
  forgetAddress,
  isCode,
  keepAddress,
} from './address.store.ts'
import { notices as contract } from './contract.ts'
import { findLanguage } from './preference.store.ts'

const os = implementation(contract)

const giveAddress = os.giveAddress.handler(({ input: { channel, address }, context, errors }) =>
  context.write(async (tx) => {
    const { accountId } = callerOf(context)
    const { now, today } = context
    if (context.channels?.includes(channel) !== true) throw errors.CHANNEL_UNAVAILABLE()
    const read = readAddress(channel, address)
    if (read === undefined) throw errors.NOT_AN_ADDRESS()
    const refused = refuseCode(await findCodesSent(tx, accountId, channel, today), now)
    if (refused?.kind === 'too-many') throw errors.TOO_MANY_CODES()
    if (refused !== undefined) throw errors.CODE_JUST_SENT({ data: { seconds: refused.seconds } })
    const { code, expiresAt } = await keepAddress(tx, accountId, channel, { address: read, now })
    await countCode(tx, accountId, channel, { now, today })
    const words =
      (await findLanguage(tx, accountId)) === 'en'
        ? `Your code is ${code}, good for ${CODE.minutes} minutes.`
        : `您的验证码是 ${code}，${CODE.minutes} 分钟内有效。`
    await putIntoOutbox(tx, {
      channel,
      recipient: read,
      subject: words,
      body: 'notices.code',
      linkPath: '/account/notice-settings',
    })
    await recordAudit(tx, context, {
      action: 'notices.address-given',
      subject: { kind: 'account', id: accountId },
      detail: { channel },
    })
    return { expiresAt: expiresAt.toISOString() }
  }),
)

type Checked = { readonly kind: 'confirmed' | 'none' } | { readonly kind: 'wrong'; readonly left: number }

const confirm = os.confirmAddress.handler(async ({ input: { channel, code }, context, errors }) => {
  const { accountId } = callerOf(context)
  // A wrong code is counted, so it is refused only after that is committed.
  const checked = await context.write(async (tx): Promise<Checked> => {
    const kept = await findAddress(tx, accountId, channel)
    const outcome = check(accountId, code, kept, context.now)
    if (outcome.kind === 'none') throw errors.NO_CODE()
    if (outcome.kind === 'confirmed') await confirmAddress(tx, accountId, channel, context.now)
    if (outcome.kind === 'wrong') await countFailure(tx, accountId, channel)
    await recordAudit(tx, context, {
      action: outcome.kind === 'confirmed' ? 'notices.address-confirmed' : 'notices.code-refused',
      subject: { kind: 'account', id: accountId },
      detail: { channel },
    })
    return outcome
  })
  if (checked.kind === 'wrong') throw errors.WRONG_CODE({ data: { left: checked.left } })
  return { confirmed: true as const }
})

function check(
  accountId: string,
  code: string,
  kept: Awaited<ReturnType<typeof findAddress>>,
  now: Date,
): Checked {
  if (kept === undefined || kept.codeDigest === null || kept.failures >= CODE.failures)
    return { kind: 'none' }
  if (kept.codeExpiresAt === null) throw new BrokenInvariant('a code without an end')
  if (kept.codeExpiresAt <= now) return { kind: 'none' }
  if (isCode(accountId, code, kept.codeDigest)) return { kind: 'confirmed' }
  return { kind: 'wrong', left: CODE.failures - kept.failures - 1 }
}

const forget = os.forgetAddress.handler(({ input: { channel }, context }) =>
  context.write(async (tx) => {
    const { accountId } = callerOf(context)
    const forgotten = await forgetAddress(tx, accountId, channel)
    await recordAudit(tx, context, {
      action: 'notices.address-forgotten',
      subject: { kind: 'account', id: accountId },
      detail: { channel },
    })
    return { forgotten }
  }),
)

export const addressApi = { giveAddress, confirmAddress: confirm, forgetAddress: forget }

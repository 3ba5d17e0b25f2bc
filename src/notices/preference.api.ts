import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import { maskEmail, maskPhone } from '../identity/mask.rules.ts'
import { callerOf } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { listAddresses } from './address.store.ts'
import { notices as contract } from './contract.ts'
import type { Channel, NoticeKind } from './define.ts'
import { findEmail, findLanguage, keepChoices, keepLanguage, listChoices } from './preference.store.ts'

const os = implementation(contract)
const ADDRESS_CHANNELS = ['sms', 'wechat'] as const

export function preferenceApi(kinds: readonly NoticeKind[]) {
  return {
    preferences: os.preferences.handler(({ context }) => describePreferences(context, kinds)),

    choose: os.choose.handler(async ({ input: { language, choices }, context, errors }) => {
      const { accountId } = callerOf(context)
      const unknown = choices.find(({ kind }) => !kinds.some(({ code }) => code === kind))
      if (unknown !== undefined) throw errors.UNKNOWN_KIND({ data: { kind: unknown.kind } })
      // The last of several choices about one thing is meant.
      const meant = new Map(choices.map((choice) => [`${choice.kind} ${choice.channel}`, choice]))
      await context.write(async (tx) => {
        await keepLanguage(tx, accountId, language)
        await keepChoices(tx, accountId, [...meant.values()])
        await recordAudit(tx, context, {
          action: 'notices.chosen',
          subject: { kind: 'account', id: accountId },
          detail: { language, choices: [...meant.values()].map((choice) => ({ ...choice })) },
        })
      })
      return describePreferences(context, kinds)
    }),
  }
}

/** How each way to a person stands: their own data, yet half hidden, as it is on every page that somebody may walk by. */
async function describePreferences(context: Context, kinds: readonly NoticeKind[]) {
  const { db, channels = [] } = context
  const { accountId } = callerOf(context)
  const [language, email, addresses, choices] = await Promise.all([
    findLanguage(db, accountId),
    findEmail(db, accountId),
    listAddresses(db, accountId),
    listChoices(db, accountId),
  ])
  const chosen = (kind: NoticeKind, channel: Channel) =>
    choices.find((choice) => choice.kind === kind.code && choice.channel === channel)?.wanted ??
    kind.proposes.includes(channel)
  return {
    language,
    email: email === null ? null : maskEmail(email),
    addresses: ADDRESS_CHANNELS.map((channel) => {
      const kept = addresses.find((one) => one.channel === channel)
      return {
        channel,
        available: channels.includes(channel),
        address: kept === undefined ? null : maskAddress(channel, kept.address),
        state:
          kept === undefined
            ? ('none' as const)
            : kept.verifiedAt === null
              ? ('unconfirmed' as const)
              : ('confirmed' as const),
      }
    }),
    kinds: kinds.map((kind) => ({
      code: kind.code,
      names: kind.names,
      summary: kind.summary,
      wants: { mail: chosen(kind, 'mail'), sms: chosen(kind, 'sms'), wechat: chosen(kind, 'wechat') },
    })),
  }
}

/** Also of what stands in the outbox. */
export function maskAddress(channel: string, address: string): string {
  if (channel === 'mail') return maskEmail(address)
  return channel === 'sms' ? maskPhone(address) : `${address.slice(0, 3)}***`
}

import type { Config } from '#platform/config.ts'
import { smtpSender } from '#platform/mail.ts'
import type { Senders } from '#platform/outbox.ts'
import { webhookSender } from '#platform/webhook.ts'
import './context.ts'
import type { Channel } from './define.ts'

type Settings = Pick<Config, 'smtpUrl' | 'webhooks' | 'publicUrl'>

/** Without a mail server or a gateway, what waits stays in the outbox, where the operator finds it. */
export function sendersOf({ smtpUrl, webhooks: { sms, wechat }, publicUrl }: Settings): Senders {
  return {
    ...(smtpUrl === undefined ? undefined : { mail: smtpSender(smtpUrl, publicUrl) }),
    ...(sms === undefined ? undefined : { sms: webhookSender(sms, publicUrl) }),
    ...(wechat === undefined ? undefined : { wechat: webhookSender(wechat, publicUrl) }),
  }
}

/** The channels that a person can choose here. Mail can always be chosen: without a server it waits. */
export function openChannels({ webhooks: { sms, wechat } }: Pick<Settings, 'webhooks'>): readonly Channel[] {
  return [
    'mail',
    ...(sms === undefined ? [] : (['sms'] as const)),
    ...(wechat === undefined ? [] : (['wechat'] as const)),
  ]
}

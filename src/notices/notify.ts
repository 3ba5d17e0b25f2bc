import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { putIntoOutbox, type NewOutgoing } from '#platform/outbox.ts'
import type { Channel, NoticeKind, NoticeRecipients } from './define.ts'
import { insertNotices } from './notice.store.ts'
import { findReachable, type Reachable } from './recipient.store.ts'
import { letterOf, messageOf, type Words } from './words.rules.ts'

export interface NewNotice {
  readonly to: NoticeRecipients | readonly NoticeRecipients[]
  /** Who need not be told, because they did it. */
  readonly except?: string
  readonly kind: NoticeKind
  /** What it is about: the kind of record and its id, as in the audit entry. */
  readonly subject: { readonly kind: string; readonly id: string }
  /** One line that says what happened, without personal data of others: it also stands in mail and on lock screens. */
  readonly words: Words
  /** What else there is to know, in a few sentences. */
  readonly more?: Words
  /** The page where one acts on it, without the language: `/matters/2026-000123`. */
  readonly href: `/${string}`
  /** The same key never tells the same person twice: for jobs that run again. */
  readonly once?: string
}

interface NoticeContext {
  readonly now: Date
  readonly today: string
}

/**
 * Tells people, in the transaction of what it tells of: it exists exactly when that was committed. Each finds it on
 * their page of notices; by mail, SMS and WeChat it leaves through the outbox, as each has chosen.
 * Answers how many people were told. Writes no audit entry: the act it tells of has one.
 */
export async function notify(tx: Tx, context: NoticeContext, notice: NewNotice): Promise<number> {
  if (!/^\/(?!\/)/u.test(notice.href))
    throw new BrokenInvariant(`a notice leads to ${notice.href}, which is no page`)
  const meant = Array.isArray(notice.to) ? (notice.to as NoticeRecipients[]) : [notice.to as NoticeRecipients]
  const { code } = notice.kind
  const found = await findReachable(tx, meant, { kind: code, today: context.today, except: notice.except })
  const told = await insertNotices(
    tx,
    found.map(({ accountId }) => accountId),
    {
      kind: code,
      subjectKind: notice.subject.kind,
      subjectId: notice.subject.id,
      titleZh: notice.words.zh,
      titleEn: notice.words.en,
      bodyZh: notice.more?.zh ?? '',
      bodyEn: notice.more?.en ?? '',
      href: notice.href,
      onceKey: notice.once ?? null,
      createdAt: context.now,
    },
  )
  const reached = found.filter(({ accountId }) => told.has(accountId))
  await putIntoOutbox(
    tx,
    reached.flatMap((person) => outgoingTo(person, notice)),
  )
  return told.size
}

function outgoingTo(person: Reachable, { kind, words, more, href }: NewNotice): NewOutgoing[] {
  const say = { title: words, body: more ?? { zh: '', en: '' }, kind: kind.names }
  const linkPath = person.language === 'en' ? `/en${href}` : href
  const wants = (channel: Channel) => person.choices[channel] ?? kind.proposes.includes(channel)
  const letters: NewOutgoing[] = wants('mail')
    ? [{ channel: 'mail', recipient: person.email, ...letterOf(say, person.language), linkPath }]
    : []
  for (const channel of ['sms', 'wechat'] as const) {
    const recipient = person.addresses[channel]
    if (recipient === undefined || !wants(channel)) continue
    letters.push({ channel, recipient, subject: messageOf(say, person.language), body: kind.code, linkPath })
  }
  return letters
}

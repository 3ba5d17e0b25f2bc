import { beforeAll, describe, expect, test } from 'vitest'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'
import { beginStationPost } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { noticeKind, type NoticeRecipients } from './define.ts'
import { notify } from './public.ts'

const kind = noticeKind({
  code: 'test.orchard',
  names: { zh: '果园消息', en: 'Orchard news' },
  summary: { zh: '果园有事时', en: 'When something happens in the orchard' },
  proposes: ['mail'],
})
let w: World
const ids: Record<string, string> = {}

beforeAll(async () => {
  w = await signedInWorld()
  for (const { id, email } of await w.db.selectFrom('userAccount').select(['id', 'email']).execute())
    ids[email.split('@')[0] ?? ''] = id
})

const words = { zh: '桃子熟了', en: 'The peaches are ripe' }
const tell = (to: NoticeRecipients | NoticeRecipients[], more: { once?: string; except?: string } = {}) =>
  w.write(async (tx, context) => {
    await recordAudit(tx, context, { action: 'peach.ripened', subject: { kind: 'peach', id: '1' } })
    return notify(tx, context, {
      to,
      kind,
      subject: { kind: 'peach', id: '1' },
      words,
      href: '/work',
      ...more,
    })
  })
const told = async () => {
  const rows = await w.db.selectFrom('notice').select('recipientId').execute()
  await w.db.deleteFrom('notice').execute()
  return rows
    .map(({ recipientId }) => Object.keys(ids).find((name) => ids[name] === recipientId) ?? '')
    .toSorted((a, b) => a.localeCompare(b))
}

describe('[S73] a notice reaches', () => {
  test('accounts, members of an organisation on the day and holders of a role, each once', async () => {
    const organisation = '01900000-0000-7000-8000-0000000000aa'
    const member = (accountId: string, validFrom: string, validTo: string | null) => ({
      accountId,
      organisationId: organisation,
      organisationName: '果园',
      role: 'member',
      validFrom,
      validTo,
    })
    await w.db
      .insertInto('membership')
      .values([
        member(ids['enterprise']!, '2026-01-01', null),
        member(ids['university']!, '2026-01-01', '2026-02-01'),
      ])
      .execute()
    const count = await tell([
      { accounts: [ids['citizen']!, ids['citizen']!] },
      { organisation },
      { roles: ['citizen', 'officer'] },
    ])
    expect(count).toBe(3)
    expect(await told()).toEqual(['citizen', 'enterprise', 'officer'])
  })

  test('those who work at the station; where nobody does, all who hold the role', async () => {
    await tell({ roles: ['officer', 'operator'], station: 'window-centre' })
    expect(await told()).toEqual(['officer', 'operator'])
    await w.write(async (tx, context) => {
      await beginStationPost(tx, {
        accountId: ids['operator']!,
        stationId: 'window-centre',
        validFrom: context.today,
      })
      await recordAudit(tx, context, { action: 'station-post.begun', subject: { kind: 'account', id: '1' } })
    })
    await tell({ roles: ['officer', 'operator'], station: 'window-centre' })
    expect(await told()).toEqual(['operator'])
    await tell({ roles: ['officer', 'operator'], station: 'elsewhere' })
    expect(await told()).toEqual(['officer', 'operator'])
  })

  test('nobody who did it himself, and nobody whose account is suspended', async () => {
    await w.db
      .updateTable('userAccount')
      .set({ suspendedAt: new Date(), suspendedBecause: 'test' })
      .where('id', '=', ids['bank']!)
      .execute()
    await tell({ accounts: [ids['bank']!, ids['expert']!, ids['citizen']!] }, { except: ids['citizen']! })
    expect(await told()).toEqual(['expert'])
  })

  test('nobody twice under the same key', async () => {
    const to = { accounts: [ids['citizen']!] }
    expect([await tell(to, { once: 'due' }), await tell(to, { once: 'due' }), await tell(to)]).toEqual([
      1, 0, 1,
    ])
    expect(await told()).toEqual(['citizen', 'citizen'])
  })

  test('nobody when the act it tells of is rolled back, by no channel', async () => {
    await w.db.deleteFrom('outbox').execute()
    await expect(
      w.write(async (tx, context) => {
        await notify(tx, context, {
          to: { accounts: [ids['citizen']!] },
          kind,
          subject: { kind: 'peach', id: '1' },
          words,
          href: '/work',
        })
        throw new Error('the act fails')
      }),
    ).rejects.toThrow('the act fails')
    expect(await told()).toEqual([])
    expect(await w.db.selectFrom('outbox').selectAll().execute()).toEqual([])
  })
})

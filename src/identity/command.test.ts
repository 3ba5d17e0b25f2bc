import { beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '#platform/config.ts'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'
import { DEMO_ACCOUNTS } from './demo-accounts.rules.ts'
import { createDemoAccounts, refuseDemoAccounts, runUserCommand } from './public.ts'
import { ROLE_NAMES } from './roles.ts'
import { codeAt } from './second-factor.ts'

let w: World

beforeAll(async () => {
  w = await signedInWorld()
})

async function run(...args: string[]): Promise<string> {
  const lines: string[] = []
  const { now, today } = w.context()
  await runUserCommand({ db: w.db, config: w.config, args, print: (line) => lines.push(line), now, today })
  return lines.join('\n')
}

describe('[F106] zhiyuan user', () => {
  test('opens an account, whose letter waits where the operator can read it', async () => {
    await run('add', 'Chief@Office.example', '--name', '主任', '--role', 'leader')
    expect(await run('list', 'chief')).toContain('chief@office.example\t主任\tleader')
    const printed = await run('outbox')
    const token = /reset-password\?token=(\S+)/u.exec(printed)?.[1]
    const set = await new Person(w).post('/api/auth/reset-password', {
      token,
      newPassword: 'Bridge-Stone-Lake-7',
    })
    expect(set.status).toBe(200)
  })

  test('changes roles and suspends', async () => {
    await run('add', 'clerk@office.example', '--name', '书记员', '--role', 'court-clerk')
    await run('roles', 'clerk@office.example', 'officer')
    await run('suspend', 'clerk@office.example', '--reason', '调离')
    expect(await run('list', 'clerk')).toContain('officer\tsuspended')
    await run('reinstate', 'clerk@office.example')
    expect(await run('list', 'clerk')).not.toContain('suspended')
  })

  test.for([
    [['add', 'nobody'], 'Say an e-mail address'],
    [['add', 'a@b.example', '--name', 'A', '--role', 'king'], 'no role "king"'],
    [['suspend', 'ghost@b.example', '--reason', 'x'], 'no account'],
    [['totp', 'chief@office.example'], 'no demo account'],
  ] as const)('%j is refused in one sentence', async ([args, sentence]) => {
    await expect(run(...args)).rejects.toThrow(sentence)
  })

  test('prints the code of a demo account, and it opens the door', async () => {
    const person = new Person(w)
    await person.signIn('auditor@demo.zhiyuan.example')
    const code = await run('totp', 'auditor@demo.zhiyuan.example')
    expect((await person.post('/api/auth/two-factor/verify-totp', { code })).status).toBe(200)
  })
})

describe('[F106] demo accounts', () => {
  test('there is one a role, and each can sign in', async () => {
    expect(DEMO_ACCOUNTS.map(({ role }) => role).sort()).toEqual([...ROLE_NAMES].sort())
    for (const { email, role } of DEMO_ACCOUNTS) {
      const person = new Person(w)
      await person.signInFully(email)
      expect((await person.get('/api/v1/session')).body.roles).toEqual([role])
    }
  })

  test.for([
    ['production', { NODE_ENV: 'production' }],
    ['a start without the demo scenario', { ZHIYUAN_SCENARIO: 'none' }],
  ] as const)('%s refuses to run with them', async ([, env]) => {
    await expect(refuseDemoAccounts(w.db, readConfig(env))).rejects.toThrow('demo accounts')
  })

  test('the demo itself runs with them, and production without them', async () => {
    await expect(refuseDemoAccounts(w.db, readConfig({}))).resolves.toBeUndefined()
    await w.db.updateTable('userAccount').set({ demo: false }).execute()
    await expect(refuseDemoAccounts(w.db, readConfig({ NODE_ENV: 'production' }))).resolves.toBeUndefined()
    await w.db.updateTable('userAccount').set({ demo: true }).execute()
  })

  test('making them twice makes nothing new', async () => {
    const count = () => w.db.selectFrom('userAccount').select('id').execute()
    const before = (await count()).length
    await w.db
      .transaction()
      .execute(async (tx) => createDemoAccounts(tx as never, 'x'.repeat(48), new Date()))
    expect(await count()).toHaveLength(before)
  })
})

test.for([
  // RFC 6238, appendix B, the SHA-1 vectors, last six of the eight digits.
  ['1970-01-01T00:00:59Z', '287082'],
  ['2005-03-18T01:58:29Z', '081804'],
  ['2033-05-18T03:33:20Z', '279037'],
] as const)('the code of %s is the one of RFC 6238', ([moment, code]) => {
  expect(codeAt('12345678901234567890', new Date(moment))).toBe(code)
})

import { beforeAll, describe, expect, test } from 'vitest'
import { callOf, operations, sampleInput, type Operation } from '#testing/contract-walk.ts'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'
import { insertAccount } from '../src/identity/account.store.ts'
import { DEMO_PASSWORD } from '../src/identity/demo-accounts.rules.ts'
import { hashPassword } from '../src/identity/passwords.ts'
import { ROLE_NAMES, STAFF_ROLES, type Role } from '../src/identity/roles.ts'
import { recordAudit } from '../src/ledger/public.ts'

const PENDING = 'staff without second factor'
const VISITOR = 'visitor'
const CALLERS = [VISITOR, PENDING, ...ROLE_NAMES] as const
type Caller = (typeof CALLERS)[number]

const ENTRY_REFUSALS = new Set(['UNAUTHENTICATED', 'SECOND_FACTOR_REQUIRED', 'FORBIDDEN'])

const all = operations()
let w: World
const people = new Map<Caller, Person>()

beforeAll(async () => {
  w = await signedInWorld()
  people.set(VISITOR, new Person(w))
  for (const role of ROLE_NAMES) people.set(role, await signedIn(role))
  people.set(PENDING, await signedInWithoutSecondFactor())
}, 120_000)

async function signedIn(role: Role): Promise<Person> {
  const one = new Person(w)
  await one.signInFully(`${role}@demo.zhiyuan.example`)
  return one
}

function person(caller: Caller): Person {
  const found = people.get(caller)
  if (found === undefined) throw new Error(`${caller} has not signed in`)
  return found
}

/** A new officer who has a password and has not set up the second factor yet. */
async function signedInWithoutSecondFactor(): Promise<Person> {
  const email = 'new.officer@office.example'
  await w.write(async (tx, context) => {
    const passwordHash = await hashPassword(DEMO_PASSWORD)
    await insertAccount(tx, { email, name: '新来的', roles: ['officer'], passwordHash }, null, context.now)
    await recordAudit(tx, context, { action: 'account.opened', subject: { kind: 'account', id: email } })
  })
  const one = new Person(w)
  await one.signInFully(email)
  return one
}

/** What the declared audience says of a caller: let in, or refused with this status and code. */
function expected({ allow }: Operation, caller: Caller): 'in' | readonly [number, string] {
  if (allow.kind === 'anyone') return 'in'
  if (caller === VISITOR) return [401, 'UNAUTHENTICATED']
  if (caller === PENDING) return [403, 'SECOND_FACTOR_REQUIRED']
  if (allow.kind === 'signedIn' || allow.roles.includes(caller)) return 'in'
  return [403, 'FORBIDDEN']
}

async function outcome(operation: Operation, caller: Caller, input: Record<string, unknown>) {
  const { path, body } = callOf(operation, input)
  const answer = await person(caller).request(operation.method, path, body)
  // Inside, an operation may still refuse what is asked for, with a code of its own.
  const atTheDoor = ENTRY_REFUSALS.has(answer.body?.code)
  return { answer, seen: atTheDoor ? ([answer.status, answer.body.code] as const) : ('in' as const) }
}

describe('[F106] [S7] every operation lets in whom its contract names, and nobody else', () => {
  test('the whole contract is walked', () => {
    expect(all.length).toBeGreaterThan(20)
    expect(new Set(all.map(({ method, path }) => `${method} ${path}`)).size).toBe(all.length)
  })

  test.for(all.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s',
    async ([, operation]) => {
      for (const caller of CALLERS) {
        const { answer, seen } = await outcome(operation, caller, sampleInput(operation))
        expect([caller, seen]).toEqual([caller, expected(operation, caller)])
        expect([caller, answer.status, answer.status < 500 ? '' : answer.body]).toEqual([
          caller,
          answer.status,
          '',
        ])
      }
    },
  )

  test('a caller who may not enter learns nothing about the input either', async () => {
    for (const operation of all) {
      const entry = expected(operation, VISITOR)
      if (entry === 'in') continue
      const { seen } = await outcome(operation, VISITOR, { nonsense: [{}] })
      expect([operation.name, seen]).toEqual([operation.name, entry])
    }
  })

  test('roles in the contract are roles that exist, and no operation is for nobody', () => {
    for (const { name, allow } of all) {
      const roles = allow.kind === 'roles' ? allow.roles : ['anyone']
      const known = roles.filter((role) => role === 'anyone' || ROLE_NAMES.some((one) => one === role))
      expect([name, known.length > 0, known]).toEqual([name, true, roles])
    }
  })

  test('what changes accounts is for administrators alone', () => {
    const changing = all.filter(({ path, method }) => path.startsWith('/accounts') && method !== 'GET')
    expect(changing.length).toBeGreaterThan(5)
    for (const { allow } of changing) expect(allow).toEqual({ kind: 'roles', roles: ['administrator'] })
  })

  test('staff roles are the ones that owe a second factor', async () => {
    for (const role of ROLE_NAMES) {
      const session = (await person(role).get('/api/v1/session')).body
      expect([role, session.secondFactor]).toEqual([
        role,
        STAFF_ROLES.includes(role) ? 'verified' : 'notRequired',
      ])
    }
  })
})

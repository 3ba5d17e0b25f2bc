import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  callOf,
  operations,
  sampleInput,
  textFields,
  type Input,
  type Operation,
} from '#testing/contract-walk.ts'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { Answer, World } from '#testing/world.ts'
import { isRole, ROLE_NAMES, type Role } from '../src/identity/roles.ts'

const all = operations()
const writes = all.filter(({ method }) => method !== 'GET')
const named = (list: readonly Operation[]) => list.map((one) => [`${one.method} ${one.path}`, one] as const)

let w: World
const people = new Map<Role, Person>()

beforeAll(async () => {
  w = await signedInWorld()
})

/** Somebody whom the operation lets in, so that the input itself is what gets judged. */
async function insider({ allow }: Operation): Promise<Person> {
  if (allow.kind === 'anyone') return new Person(w)
  const role = allow.kind === 'signedIn' ? 'citizen' : (allow.roles.find(isRole) ?? 'administrator')
  const known = people.get(role)
  if (known !== undefined) return known
  const one = new Person(w)
  await one.signInFully(`${role}@demo.zhiyuan.example`)
  people.set(role, one)
  return one
}

let countingAll: string | undefined
let lastCount: { readonly nextTransaction: string; readonly rows: Record<string, number> } | undefined

/** How many rows each table has, the ledger's among them. */
async function rowCounts(): Promise<Record<string, number>> {
  // As long as no transaction was given a number, none has written anything, and the last count still holds.
  const { rows: moments } = await sql<{ next: string }>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(w.db)
  const nextTransaction = moments[0]?.next ?? ''
  if (lastCount?.nextTransaction === nextTransaction) return lastCount.rows
  countingAll ??= await statementCountingAll()
  const { rows } = await sql.raw<Record<string, number>>(countingAll).execute(w.db)
  lastCount = { nextTransaction, rows: rows[0] ?? {} }
  return lastCount.rows
}

async function statementCountingAll(): Promise<string> {
  const { rows } = await sql<{ counting: string }>`
    select format('(select count(*)::int from %I) as %I', table_name, table_name) as counting
    from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(w.db)
  return `select ${rows.map(({ counting }) => counting).join(', ')}`
}

/** What is wrong with an answer to hostile input; undefined when it is a typed refusal. */
function notARefusal(what: string, { status, body }: Answer): string | undefined {
  const code = typeof body === 'object' && body !== null ? body.code : undefined
  return status >= 400 && status < 500 && typeof code === 'string'
    ? undefined
    : `${what}: ${status} ${JSON.stringify(body)}`
}

/** Sends what may be taken or refused; answers what went wrong: an error of ours, or a refusal that left something behind. */
async function harmDone(
  what: string,
  request: () => Promise<Answer>,
  { method }: Operation,
): Promise<string[]> {
  const before = method === 'GET' ? undefined : await rowCounts()
  const answer = await request()
  if (answer.status < 400) return []
  const problem = notARefusal(what, answer)
  if (problem !== undefined) return [problem]
  return before === undefined ? [] : changes(what, before, await rowCounts())
}

function changes(what: string, before: Record<string, number>, after: Record<string, number>): string[] {
  return Object.keys(after)
    .filter((table) => after[table] !== before[table])
    .map((table) => `${what}: ${table} went from ${before[table]} to ${after[table]} rows`)
}

function send(one: Person, operation: Operation, input: Input) {
  const { path, body } = callOf(operation, input)
  return one.request(operation.method, path, body)
}

describe('[F106] [S135] a body that is no input', () => {
  test.for(named(writes.filter(({ input }) => input !== undefined)))(
    '%s refuses it and changes nothing',
    async ([, operation]) => {
      const one = await insider(operation)
      const { path } = callOf(operation, sampleInput(operation))
      const before = await rowCounts()
      const problems: (string | undefined)[] = []
      for (const body of ['{"a":', 'not json', '\0', `{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`]) {
        problems.push(notARefusal(body.slice(0, 20), await one.request(operation.method, path, body)))
      }
      expect(problems.filter((problem) => problem !== undefined)).toEqual([])
      expect(await rowCounts()).toEqual(before)
    },
  )
})

const WRONG = [{ nested: { deeply: [] } }, [[]], 1e308, true, null, 'x'.repeat(100_000)] as const

describe('[F106] [S135] a field of the wrong type', () => {
  test.for(named(all))(
    '%s answers without an error of ours, and a refusal changes nothing',
    async ([, operation]) => {
      const one = await insider(operation)
      const sample = sampleInput(operation)
      const problems: string[] = []
      for (const field of Object.keys(sample)) {
        for (const wrong of WRONG) {
          const what = `${field} = ${JSON.stringify(wrong).slice(0, 30)}`
          problems.push(
            ...(await harmDone(what, () => send(one, operation, { ...sample, [field]: wrong }), operation)),
          )
        }
      }
      expect(problems).toEqual([])
    },
  )
})

const HOSTILE = [
  `'; drop table user_account; --`,
  `<img src=x onerror=alert(1)>`,
  `\${7*7}{{7*7}}%s%n`,
  'nul\0byte',
  'lone \ud800 surrogate',
  '../../../../etc/passwd',
  `' or '1'='1`,
] as const

describe('[F106] [S135] SQL, HTML and worse in every text field', () => {
  test.for(named(all))('%s takes it as text or refuses it', async ([, operation]) => {
    const one = await insider(operation)
    const sample = sampleInput(operation)
    const problems: string[] = []
    for (const field of textFields(sample)) {
      for (const text of HOSTILE) {
        const what = `${field} = ${text}`
        problems.push(
          ...(await harmDone(what, () => send(one, operation, { ...sample, [field]: text }), operation)),
        )
      }
    }
    expect(problems).toEqual([])
  })

  test('left every account where it was', async () => {
    const counts = await rowCounts()
    expect(counts['userAccount']).toBeGreaterThanOrEqual(ROLE_NAMES.length)
  })
})

describe('[F106] a forged session', () => {
  test.for([
    [
      'a token nobody was given',
      'zhiyuan.session_token=aaaaaaaaaaaaaaaaaaaaaaaa.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D',
    ],
    ['an empty one', 'zhiyuan.session_token='],
    ['a cookie for https only', '__Secure-zhiyuan.session_token=a.b'],
    ['garbage', 'zhiyuan.session_token=%E0%A4%A; ;;=;'],
    ['a bearer token', ''],
  ] as const)('%s opens nothing', async ([, cookie]) => {
    const before = await rowCounts()
    for (const operation of all.filter(({ allow }) => allow.kind !== 'anyone')) {
      const { path, body } = callOf(operation, sampleInput(operation))
      const headers = { cookie, authorization: 'Bearer aaaaaaaaaaaaaaaaaaaaaaaa' }
      const answer = await new Person(w).request(operation.method, path, body, headers)
      expect([operation.name, answer.status, answer.body.code]).toEqual([
        operation.name,
        401,
        'UNAUTHENTICATED',
      ])
    }
    expect(await rowCounts()).toEqual(before)
  })
})

describe('[F106] the ids of another organisation', () => {
  const ORGANISATION = '01900000-0000-7000-8000-0000000000aa'

  test('open none of its operations and change nothing', async () => {
    const { id } = await w.db
      .selectFrom('userAccount')
      .select('id')
      .where('email', '=', 'enterprise@demo.zhiyuan.example')
      .executeTakeFirstOrThrow()
    await w.db
      .insertInto('membership')
      .values({
        accountId: id,
        organisationId: ORGANISATION,
        organisationName: '别家',
        role: 'administrator',
        validFrom: '2026-01-01',
      })
      .execute()
    const stranger = new Person(w)
    await stranger.signInFully('university@demo.zhiyuan.example')
    const before = await rowCounts()
    const theirs = all.filter(({ path }) => path.includes('{organisationId}'))
    expect(theirs.length).toBeGreaterThan(3)
    for (const operation of theirs) {
      const answer = await send(stranger, operation, {
        ...sampleInput(operation),
        organisationId: ORGANISATION,
      })
      expect(notARefusal(operation.name, answer)).toBeUndefined()
      expect(JSON.stringify(answer.body)).not.toContain('别家')
    }
    expect(await rowCounts()).toEqual(before)
  })
})

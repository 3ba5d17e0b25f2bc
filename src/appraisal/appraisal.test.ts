import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { inTransaction } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import { world } from '#testing/world.ts'
import { plantAgencies, plantOrganisations, type Planted } from '../agencies/register.fixture.ts'
import { insertAccount } from '../identity/account.store.ts'
import { beginStationPost, insertMembership } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { digestOf } from './computing.ts'
import { scoreOf } from './rules.ts'

const w = await world()
w.setToday('2026-04-20')
const officer = w.as('officer')
const visitor = w.as('visitor')
let agencies: Planted[] = []
let clients: string[] = []
const of = (index: number) => {
  const agency = agencies[index]
  if (agency === undefined) throw new Error('no such agency')
  return agency
}
const own = (index: number) =>
  w.as({ roles: ['agency'], organisationIds: [of(index).partyId], accountId: randomUUID() })
const page = (index: number, rest = '') => `/api/v1/appraisals/2025/agencies/${of(index).code}${rest}`
const version = async () => (await officer.get('/api/v1/appraisals/2025')).body.version as number
/** Who was told of the list, newest last: a member of each of the first three agencies, and somebody of none. */
const members: string[] = []
const toldOf = async (index: number) =>
  w.db
    .selectFrom('notice')
    .select(['titleZh', 'titleEn', 'href'])
    .where('recipientId', '=', members[index] ?? '')
    .where('kind', '=', 'appraisal.list')
    .orderBy('id')
    .execute()
const act = async (step: string, more: object = {}) =>
  officer.post(`/api/v1/appraisals/2025/${step}`, { version: await version(), ...more })

/** An officer who works at a station: objections are decided where the matter lies. */
async function postedAt(station: string) {
  const accountId = await w.write(async (tx, context) => {
    const account = {
      email: 'desk@zone.example',
      name: '经办',
      roles: ['officer' as const],
      passwordHash: null as never,
    }
    const id = (await insertAccount(tx, account, null, context.now)) ?? ''
    await beginStationPost(tx, { accountId: id, stationId: station, validFrom: date('2026-04-01') })
    await recordAudit(tx, context, { action: 'account.opened', subject: { kind: 'account', id } })
    return id
  })
  return w.as({ roles: ['officer'], accountId })
}

async function serve(index: number, count: number, servedOn: string) {
  await inTransaction(w.db, (tx) =>
    insertAll(
      tx,
      'serviceRecord',
      Array.from({ length: count }, (_, at) => ({
        id: randomUUID(),
        agencyId: of(index).id,
        clientId: clients[at % clients.length] ?? '',
        reference: `${index}-${servedOn}-${at}`,
        matterType: 'consulting',
        serviceClass: 'agency',
        servedOn,
        clusterCode: null,
        source: 'test',
      })),
    ),
  )
}

beforeAll(async () => {
  agencies = await plantAgencies(
    w.db,
    Array.from({ length: 6 }, (_, at) => ({ name: `机构${at}`, movedIn: '2025-02-01' })),
    w.zone.carriers[0]?.id ?? '',
  )
  clients = await plantOrganisations(
    w.db,
    Array.from({ length: 40 }, (_, at) => `客户${at}`),
  )
  await w.write(async (tx, context) => {
    for (const index of [0, 1, 2, 3]) {
      const account = {
        email: `member-${index}@firm.example`,
        name: `成员${index}`,
        roles: ['agency' as const],
        passwordHash: null as never,
      }
      const accountId = (await insertAccount(tx, account, null, context.now)) ?? ''
      members.push(accountId)
      if (index < 3)
        await insertMembership(tx, {
          accountId,
          organisationId: of(index).partyId,
          organisationName: `机构${index}`,
          role: 'administrator',
          validFrom: date('2025-02-01'),
        })
    }
    await recordAudit(tx, context, { action: 'test.joined', subject: { kind: 'test', id: 'members' } })
  })
  await serve(0, 120, '2025-07-01')
  await serve(1, 120, '2025-08-01')
  await serve(2, 10, '2025-09-01')
  await serve(0, 30, '2024-07-01')
  await inTransaction(w.db, async (tx) => {
    await insertAll(
      tx,
      'agencyReturn',
      agencies.slice(0, 2).map(({ id }) => ({
        id: randomUUID(),
        agencyId: id,
        periodFrom: '2025-01-01',
        periodTo: '2026-01-01',
        revenueFen: 100,
        headcount: 3,
        filedOn: '2026-02-10',
        source: 'test',
      })),
    )
    await insertAll(tx, 'agencyPenalty', [
      {
        agencyName: '机构1',
        nameKey: 'k1',
        sanction: '警告',
        decidedOn: '2025-05-06',
        partyId: of(1).partyId,
        source: 'test',
      },
    ])
  })
})

describe('[F091] [S199] [S200] [S201] a round from its opening to the final list', () => {
  test('is opened by an officer alone, once, with the criteria of its year frozen', async () => {
    const opening = { year: 2025, cutoffOn: '2026-04-19' }
    for (const who of ['agency', 'operator', 'leader'] as const)
      expect([who, (await w.as(who).post('/api/v1/appraisals', opening)).status]).toEqual([who, 403])
    expect((await visitor.post('/api/v1/appraisals', opening)).status).toBe(401)
    const early = await officer.post('/api/v1/appraisals', { year: 2025, cutoffOn: '2025-12-31' })
    expect(early.body).toMatchObject({ code: 'CUTOFF_IN_YEAR' })
    expect(
      (await officer.post('/api/v1/appraisals', { ...opening, year: 2001, cutoffOn: '2026-01-01' })).body
        .code,
    ).toBe('NO_CRITERIA')
    expect((await officer.post('/api/v1/appraisals', opening)).status).toBe(201)
    expect((await officer.post('/api/v1/appraisals', opening)).body.code).toBe('ROUND_EXISTS')
    const { body } = await visitor.get('/api/v1/appraisals/2025')
    expect(body).toMatchObject({ state: 'open', results: [], scheme: w.zone.appraisal.schemes[0] })
  })

  test('is computed from records after the cut-off day; until it is public only the office sees it', async () => {
    w.setToday('2026-04-19')
    expect((await act('computation')).body.code).toBe('CUTOFF_AHEAD')
    w.setToday('2026-04-20')
    expect((await act('publicity')).body).toMatchObject({ code: 'NOT_NOW', data: { state: 'open' } })
    const { body } = await act('computation')
    expect(body).toMatchObject({ edition: 1, agencies: 6 })
    expect((await officer.get('/api/v1/appraisals/2025')).body.results).toHaveLength(6)
    expect((await visitor.get('/api/v1/appraisals/2025')).body).toMatchObject({
      results: [],
      agencies: 0,
      editions: [],
    })
    expect((await visitor.get(page(0))).body.code).toBe('UNKNOWN_ROUND')
    expect((await officer.post('/api/v1/appraisals/2025/computation', { version: 1 })).body.code).toBe(
      'CHANGED_MEANWHILE',
    )
    expect((await act('computation')).body.code).toBe('CAUSE_NEEDED')
  })

  test('counts what the criteria say: records of the year, the owed return, and vetoes', async () => {
    const { results } = (await officer.get('/api/v1/appraisals/2025')).body
    const found = (index: number) => results.find(({ code }: any) => code === of(index).code)
    const points = (index: number) =>
      Object.fromEntries(found(index).items.map(({ code, count, points: p }: any) => [code, [count, p]]))
    expect(points(0)).toMatchObject({ clients: [40, 3000], services: [120, 2000], returns: [1, 2000] })
    expect(found(0)).toMatchObject({ total: 7000, rank: 1, verdict: 'excellent', vetoes: [] })
    expect(points(1)).toMatchObject({ penalties: [1, -1000] })
    expect(found(1)).toMatchObject({ total: 6000, verdict: 'excluded', vetoes: ['penalised'] })
    expect(points(2)).toMatchObject({ clients: [10, 750], returns: [0, 0] })
    expect(found(2).verdict).toBe('below')
  })

  test('made public, each point opens to its records, and whoever is not of the agency sees clients masked', async () => {
    expect((await act('publicity')).status).toBe(200)
    const listed = (await visitor.get('/api/v1/publicity')).body.items
    expect(listed).toMatchObject([{ procedure: { code: 'appraisal-publicity' }, until: '2026-04-29' }])
    const mine = (await own(0).get(page(0, '/records?measure=clients&limit=200'))).body
    expect(mine.total).toBe(40)
    expect(new Set(mine.items.map(({ label }: any) => label.replace(/\D/g, ''))).size).toBe(40)
    const theirs = (await own(2).get(page(0, '/records?measure=clients&limit=15'))).body
    expect(theirs).toMatchObject({
      total: 40,
      items: Array.from({ length: 15 }, () => ({ label: null, id: '' })),
    })
    const next = (await visitor.get(page(0, `/records?measure=clients&limit=30&cursor=${theirs.next}`))).body
    expect([next.items.length, next.next]).toEqual([25, null])
    expect((await visitor.get(page(0, '/records?measure=clients&cursor=no'))).body.code).toBe(
      'INVALID_CURSOR',
    )
    expect((await visitor.get(page(1, '/records?measure=penalties'))).body.items).toMatchObject([
      { label: '警告' },
    ])
    expect((await own(0).get(page(0))).body).toMatchObject({ mine: true, of: 6 })
    expect((await visitor.get(page(0))).body).toMatchObject({ mine: false })
  })

  test('the agencies on it are told in that transaction, each of itself alone; a refused act tells nobody', async () => {
    expect(await toldOf(0)).toEqual([
      {
        titleZh: '2025 年度考核名单公示：得 70.00 分，同类第 1 位，拟评优秀',
        titleEn:
          'Appraisal of 2025, the list is public: 70.00 points, place 1 of its class, proposed as excellent',
        href: `/appraisal/2025/agencies/${of(0).code}`,
      },
    ])
    expect((await toldOf(1))[0]?.titleZh).toContain('一票否决')
    expect((await toldOf(2))[0]?.href).toBe(`/appraisal/2025/agencies/${of(2).code}`)
    expect(await toldOf(3)).toEqual([])
    // In the app and in the outbox, for those who have not chosen otherwise.
    const mail = await w.db
      .selectFrom('outbox')
      .select('recipient')
      .where('subject', 'like', '%2025%')
      .orderBy('recipient')
      .execute()
    expect(mail.map(({ recipient }) => recipient)).toEqual(
      [0, 1, 2].map((index) => `member-${index}@firm.example`),
    )
    expect((await act('publicity')).body.code).toBe('NOT_NOW')
    expect(await toldOf(0)).toHaveLength(1)
  })

  test('an outsider replays a score from the stored records with the same digest', async () => {
    const row = await w.db
      .selectFrom('appraisalResult')
      .selectAll()
      .where('code', '=', of(0).code)
      .executeTakeFirstOrThrow()
    const { scheme, result } = (await visitor.get(page(0))).body
    const standard = scheme.classes.find(({ code }: any) => code === result.classCode)
    expect(scoreOf(standard, row.inputs as never)).toEqual({ items: result.items, total: result.total })
    const digest = digestOf(scheme, { code: row.code, classCode: row.classCode, inputs: row.inputs as never })
    expect(digest).toBe(result.digest)
    const { editions, results } = (await visitor.get('/api/v1/appraisals/2025')).body
    const all = createHash('sha256')
    for (const one of results.toSorted((a: any, b: any) => (a.code < b.code ? -1 : 1)))
      all.update(`${one.digest}\n`)
    expect(editions[0].digest).toBe(all.digest('hex'))
  })

  test('recomputed, a score says what came since, what was voided and why, and nothing where nothing changed', async () => {
    const same = (await own(0).get(page(0, '/recomputation'))).body
    expect(same).toMatchObject({
      replayed: { total: 7000, same: true },
      today: { total: 7000 },
      differences: [],
    })
    await serve(2, 1, '2025-10-01')
    await sql`update service_record set voided_at = '2026-04-20T02:00:00Z', void_reason = '重复登记'
      where reference = '2-2025-09-01-0'`.execute(w.db)
    const { body } = await own(2).get(page(2, '/recomputation'))
    const services = body.differences.find(({ code }: any) => code === 'services')
    expect(services.changes).toMatchObject([
      {
        kind: 'gone',
        record: { label: '2-2025-09-01-0' },
        cause: { kind: 'ended', on: '2026-04-20', words: '重复登记' },
      },
      { kind: 'added', record: { label: '2-2025-10-01-0' }, cause: { kind: 'recorded-later' } },
    ])
    expect(services).toMatchObject({ before: { count: 10 }, after: { count: 10 } })
    const outside = (await visitor.get(page(2, '/recomputation'))).body
    expect(JSON.stringify(outside)).not.toContain('2-2025-09-01-0')
    expect((await visitor.get(page(2))).body.result.total).toBe((await own(2).get(page(2))).body.result.total)
  })

  test('an objection stops the clock; the list cannot be final until it is decided with reasons', async () => {
    const { number } = (await visitor.get('/api/v1/appraisals/2025')).body.publicity
    w.setToday('2026-04-22')
    const filed = await own(2).post(`/api/v1/publicity/${number}/objections`, {
      body: '有一条服务记录没有计入我们机构的得分。',
    })
    expect(filed.status).toBe(201)
    const stopped = (await visitor.get('/api/v1/appraisals/2025')).body.publicity
    expect(stopped.clock).toMatchObject({ status: 'paused', due: null })
    expect(stopped.objections).toMatchObject([{ decidedAt: null }])
    expect(JSON.stringify(stopped)).not.toContain('没有计入')
    w.setToday('2026-05-11')
    expect((await act('closing')).body).toMatchObject({ code: 'OBJECTIONS_OPEN', data: { open: 1 } })
    const cause = '异议成立，补记服务记录后重新计分'
    expect((await act('computation', { cause })).body.code).toBe('OBJECTIONS_OPEN')
    const [{ station }] = (await visitor.get('/api/v1/publicity')).body.items
    const desk = await postedAt(station.code)
    const matter = (await desk.get(`/api/v1/matters/${number}`)).body
    const decided = await desk.post(
      `/api/v1/matters/${number}/objections/${matter.objections[0].id}/decision`,
      {
        upheld: true,
        decision: '记录确已补登，重新计分后再次公示。',
      },
    )
    expect(decided.status).toBe(200)
    const resumed = (await visitor.get('/api/v1/appraisals/2025')).body.publicity
    expect(resumed.clock.status).toBe('running')
    expect(resumed.clock.derivation.filter(({ reason }: any) => reason === 'paused').length).toBeGreaterThan(
      0,
    )
    expect(resumed.objections).toMatchObject([
      { upheld: true, decision: '记录确已补登，重新计分后再次公示。' },
    ])
  })

  test('computed again it says why, keeps the first edition, and its publicity begins anew', async () => {
    const before = (await visitor.get('/api/v1/appraisals/2025')).body
    const again = await act('computation', { cause: '异议成立，补记服务记录后重新计分' })
    expect(again.body).toMatchObject({ edition: 2, agencies: 6 })
    const { editions, publicity, state } = (await visitor.get('/api/v1/appraisals/2025')).body
    expect(state).toBe('publicity')
    expect(editions.map(({ edition, cause }: any) => [edition, cause])).toEqual([
      [1, null],
      [2, '异议成立，补记服务记录后重新计分'],
    ])
    expect(editions[0]).toEqual(before.editions[0])
    expect((await toldOf(2)).map(({ titleZh }) => titleZh.split('：')[0])).toEqual([
      '2025 年度考核名单公示',
      '2025 年度考核名单重新计分后再次公示',
    ])
    expect(publicity.clock).toMatchObject({ startedOn: '2026-05-11', status: 'running', due: '2026-05-20' })
    expect((await own(2).get(page(2, '/recomputation'))).body.differences).toEqual([])
    const { total } = await w.db
      .selectFrom('appraisalResult')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    expect(total).toBe(12)
  })

  test('after the last day the list is final: two documents with their proof, and nothing changes any more', async () => {
    w.setToday('2026-05-20')
    expect((await act('closing')).body).toMatchObject({
      code: 'PUBLICITY_RUNS',
      data: { until: '2026-05-20' },
    })
    w.setToday('2026-05-21')
    for (const who of ['leader', 'agency'] as const)
      expect(
        (await w.as(who).post('/api/v1/appraisals/2025/closing', { version: await version() })).status,
      ).toBe(403)
    expect((await act('closing')).status).toBe(200)
    const { files, state, excellent } = (await visitor.get('/api/v1/appraisals/2025')).body
    expect((await toldOf(0)).at(-1)?.titleZh).toMatch(/考核名单定案公布.*评为优秀/)
    expect(await toldOf(0)).toHaveLength(3)
    expect([state, excellent, files.map(({ language }: any) => language)]).toEqual([
      'closed',
      1,
      ['zh', 'en'],
    ])
    for (const { url, sha256 } of files) {
      const response = await w.fetch(new Request(`http://zone.test${url}`))
      const bytes = new Uint8Array(await response.arrayBuffer())
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
      expect(new TextDecoder().decode(bytes.slice(0, 5))).toBe('%PDF-')
    }
    const { body } = await w.db
      .selectFrom('ledgerEntry')
      .select('body')
      .where('id', '=', files[0].entryId)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(body)).toMatchObject({
      action: 'appraisal.published',
      document: { sha256: files[0].sha256 },
    })
    for (const step of ['computation', 'publicity', 'closing'])
      expect((await act(step, { cause: '再算一次看看' })).body).toMatchObject({
        code: 'NOT_NOW',
        data: { state: 'closed' },
      })
    const past = (await visitor.get(`/api/v1/agencies/${of(0).code}/appraisals`)).body
    expect(past.items).toMatchObject([
      { year: 2025, state: 'closed', total: 7000, rank: 1, verdict: 'excellent' },
    ])
  })

  test('the publicity of a list is started by the platform alone: no catalogue offers it, no counter begins it', async () => {
    const { items } = (await visitor.get('/api/v1/procedures')).body
    expect(items.map(({ code }: any) => code)).not.toContain('appraisal-publicity')
    const draft = await officer.post('/api/v1/drafts', { procedure: 'appraisal-publicity' })
    expect([draft.status, draft.body.code]).toEqual([403, 'MAY_NOT_START'])
  })
})

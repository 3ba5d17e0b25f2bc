import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { world } from '#testing/world.ts'
import { findPartyByCode, findPartyByIdentifier, resolveParty } from './public.ts'

const w = await world()
w.setToday('2026-11-22')
const officer = w.as('officer')
const visitor = w.as('visitor')

async function enter(body: object) {
  const answer = await officer.post('/api/v1/parties', { source: '登记窗口', ...body })
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}

describe('[F019] one code is one party', () => {
  test('the same credit code cannot be entered twice, however it is typed', async () => {
    const first = await enter({ name: '湖滨科技有限公司', creditCode: '91320115MA0TE5T080' })
    const again = await officer.post('/api/v1/parties', {
      name: '另一家',
      creditCode: '９１３２０１１５ma0te5t080',
      source: '登记窗口',
    })
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'CODE_TAKEN', data: { id: first.id, name: '湖滨科技有限公司' } },
    })
  })

  test('a code whose check fails is refused with the right character, and taken with an officer’s reason, on record', async () => {
    const body = { name: '厦门某公司', creditCode: '91350211M0000XUF46', source: '营业执照' }
    expect(await officer.post('/api/v1/parties', body)).toMatchObject({
      status: 422,
      body: { code: 'CODE_NOT_VALID', data: { reason: 'check', expectedCheck: 'R', mayOverride: true } },
    })
    const override = { reason: '已核对营业执照原件' }
    expect((await w.as('operator').post('/api/v1/parties', { ...body, override })).body.code).toBe(
      'OVERRIDE_NEEDS_OFFICER',
    )
    const taken = await officer.post('/api/v1/parties', { ...body, override })
    expect(taken).toMatchObject({
      status: 201,
      body: { creditCode: '91350211M0000XUF46', creditCodeOverridden: true },
    })
    const { rows } = await sql<{
      body: string
    }>`select body from ledger_entry where body like ${`%${taken.body.id}%`}`.execute(w.db)
    expect(rows.map(({ body: entry }) => entry).join()).toContain('已核对营业执照原件')
  })

  test('no override makes a code of what is none', async () => {
    const refused = await officer.post('/api/v1/parties', {
      name: '无',
      creditCode: '2.01E+12',
      override: { reason: '就是它' },
      source: '表格',
    })
    expect(refused).toMatchObject({
      status: 422,
      body: { data: { reason: 'excel-number', mayOverride: false } },
    })
  })

  test('a personal number is no code of an organisation, and two at once enter one', async () => {
    const identifiers = [{ scheme: 'cn-resident-id', value: '11010519491231002X' }]
    expect((await officer.post('/api/v1/parties', { name: '甲', identifiers, source: '窗口' })).status).toBe(
      400,
    )
    const body = { name: '同时登记有限公司', creditCode: '12100000400002259P', source: '窗口' }
    const both = await Promise.all([
      officer.post('/api/v1/parties', body),
      officer.post('/api/v1/parties', body),
    ])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
  })

  test('a foreign organisation is known by country, register and number', async () => {
    const identifiers = [{ scheme: 'foreign-registration', country: 'KR', value: '110111-0006246' }]
    const { id } = await enter({ name: 'Hanbit Materials Co., Ltd.', country: 'KR', identifiers })
    expect(await findPartyByIdentifier(w.db, 'foreign-registration', '110111-0006246', 'KR')).toMatchObject({
      id,
    })
    expect(
      (
        await officer.post('/api/v1/parties', {
          name: '한빛',
          country: 'KR',
          identifiers,
          source: '登记窗口',
        })
      ).status,
    ).toBe(409)
  })
})

describe('[F019] any past day', () => {
  let id = ''
  beforeAll(async () => {
    w.setToday('2024-03-01')
    id = (await enter({ name: '旧名称有限公司', regionCode: '320100', creditCode: '52320115MJ0TE5T19M' })).id
    w.setToday('2026-11-22')
  })

  test('a change of name keeps what was, and the former name still finds it', async () => {
    const changed = await officer.patch(`/api/v1/parties/${id}`, {
      version: 1,
      name: '新名称有限公司',
      from: '2025-06-01',
      source: '变更登记',
    })
    expect(changed).toMatchObject({
      status: 200,
      body: { name: '新名称有限公司', since: '2025-06-01', version: 2 },
    })
    expect((await visitor.get(`/api/v1/parties/${id}?asOf=2025-05-31`)).body.name).toBe('旧名称有限公司')
    expect((await visitor.get(`/api/v1/parties/${id}?asOf=2025-06-01`)).body.name).toBe('新名称有限公司')
    expect((await visitor.get(`/api/v1/parties?q=${encodeURIComponent('旧名称')}`)).body).toMatchObject({
      total: 1,
      items: [{ id }],
    })
    expect((await visitor.get(`/api/v1/parties/${id}/history`)).body.items).toMatchObject([
      { validFrom: '2024-03-01', validTo: '2025-06-01', source: '登记窗口' },
      { validFrom: '2025-06-01', validTo: null, source: '变更登记' },
    ])
  })

  test('before it was recorded, and after today, there is nothing to show', async () => {
    expect((await visitor.get(`/api/v1/parties/${id}?asOf=2024-02-29`)).body).toMatchObject({
      code: 'NOT_YET_RECORDED',
      data: { since: '2024-03-01' },
    })
    expect((await visitor.get(`/api/v1/parties/${id}?asOf=2026-11-23`)).body.code).toBe('DAY_AHEAD')
  })

  test('a change that someone else made meanwhile, or dated out of order, is refused', async () => {
    expect(
      (await officer.patch(`/api/v1/parties/${id}`, { version: 1, name: '甲', source: '变更登记' })).body,
    ).toMatchObject({ code: 'CHANGED', data: { version: 2 } })
    expect(
      (
        await officer.patch(`/api/v1/parties/${id}`, {
          version: 2,
          name: '甲',
          from: '2025-01-01',
          source: '变更登记',
        })
      ).body.code,
    ).toBe('OUT_OF_ORDER')
  })

  test('a standing counts from its first day to the day before its end', async () => {
    await officer.put(`/api/v1/parties/${id}/standings`, {
      standing: 'high-tech',
      validFrom: '2024-12-01',
      validTo: '2026-11-22',
      source: '认定公告',
      certificateNumber: 'GR001',
    })
    await officer.put(`/api/v1/parties/${id}/standings`, {
      standing: 'specialised',
      validFrom: '2025-01-01',
      source: '认定公告',
    })
    const inForce = async (day: string) =>
      (await visitor.get(`/api/v1/parties/${id}?asOf=${day}`)).body.standings
        .filter((term: { inForce: boolean }) => term.inForce)
        .map(({ standing }: { standing: string }) => standing)
    expect(await inForce('2024-11-30')).toEqual([])
    expect(await inForce('2026-11-21')).toEqual(['high-tech', 'specialised'])
    expect(await inForce('2026-11-22')).toEqual(['specialised'])
    expect((await visitor.get('/api/v1/parties?standing=specialised')).body.items).toMatchObject([
      { id, standings: ['specialised'] },
    ])
    expect((await visitor.get('/api/v1/parties?standing=high-tech')).body.total).toBe(0)
  })
})

const snapshot = async () => {
  const found: Record<string, unknown> = {}
  for (const table of [
    'party',
    'party_state',
    'party_alias',
    'party_identifier',
    'party_standing',
    'party_survivor',
    'agency_penalty',
  ]) {
    const { rows } = await sql<{ digest: string }>`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${sql.table(table)} t`.execute(
      w.db,
    )
    found[table] = rows[0]?.digest
  }
  return found
}

describe('[F019] merge and undo', () => {
  const ids: string[] = []
  beforeAll(async () => {
    const coded = await enter({ name: '远帆知识产权（集团）有限公司', creditCode: '31320000MD0TE5T258' })
    const plain = await enter({
      name: '远帆知识产权(集团)有限公司',
      identifiers: [{ scheme: 'cn-patent-agency-code', value: '32999' }],
    })
    const apart = await enter({ name: '远帆知识产权(集团)有限责任公司' })
    ids.push(coded.id, plain.id, apart.id)
    await officer.put(`/api/v1/parties/${plain.id}/standings`, {
      standing: 'pre-ipo',
      validFrom: '2026-01-01',
      source: '公告',
    })
    await sql`insert into agency_penalty (agency_name, name_key, sanction, party_id, source) values ('x', 'x', 'y', ${plain.id}, 'test')`.execute(
      w.db,
    )
  })

  test('brackets and width are one name, 有限公司 and 有限责任公司 are two', async () => {
    const { body } = await officer.get('/api/v1/parties/candidates')
    const pairs = body.items.map(({ first, second }: { first: { id: string }; second: { id: string } }) =>
      [first.id, second.id].toSorted(),
    )
    expect(pairs).toContainEqual([String(ids[0]), String(ids[1])].toSorted())
    expect(pairs.flat()).not.toContain(ids[2])
  })

  test('a name that lacks only its brackets is proposed too, and never joined by itself', async () => {
    const bare = await enter({ name: '远帆知识产权集团有限公司' })
    const { body } = await officer.get('/api/v1/parties/candidates')
    expect(
      body.items.filter(({ first, second }: { first: { id: string }; second: { id: string } }) =>
        [first.id, second.id].includes(bare.id),
      ),
    ).toHaveLength(2)
    for (const other of ids.slice(0, 2)) {
      await officer.post('/api/v1/parties/candidates/apart', {
        firstId: bare.id,
        secondId: other,
        reason: '另一家',
      })
    }
  })

  test('the record with the code survives; its codes, names and standings are then one', async () => {
    const [coded = '', plain = ''] = ids
    expect(
      (
        await officer.post('/api/v1/parties/merges', {
          survivorId: plain,
          absorbedId: coded,
          reason: '同一机构',
        })
      ).body,
    ).toMatchObject({
      code: 'CANNOT_MERGE',
      data: { obstacle: 'CODE_MUST_SURVIVE' },
    })
    const before = await snapshot()
    const merged = await officer.post('/api/v1/parties/merges', {
      survivorId: coded,
      absorbedId: plain,
      reason: '同一地址、同一负责人',
    })
    expect(merged).toMatchObject({
      status: 201,
      body: { survivorId: coded, evidence: { absorbed: { id: plain, identifiers: [{ value: '32999' }] } } },
    })

    const shown = (await visitor.get(`/api/v1/parties/${plain}`)).body
    expect(shown).toMatchObject({
      id: coded,
      askedFor: plain,
      identifiers: [{ value: '32999' }],
      standings: [{ standing: 'pre-ipo', inForce: true }],
    })
    expect(await findPartyByIdentifier(w.db, 'cn-patent-agency-code', '32999')).toMatchObject({ id: coded })
    expect(await resolveParty(w.db, plain)).toBe(coded)
    expect((await visitor.get('/api/v1/parties?standing=pre-ipo')).body.items).toMatchObject([{ id: coded }])
    expect(
      (await officer.patch(`/api/v1/parties/${plain}`, { version: 1, name: '甲', source: '变更' })).body,
    ).toMatchObject({ code: 'MERGED', data: { survivorId: coded } })
    expect(
      (
        await officer.post('/api/v1/parties/merges', {
          survivorId: ids[2],
          absorbedId: plain,
          reason: '再次合并',
        })
      ).body.data.obstacle,
    ).toBe('ALREADY_MERGED')

    const undone = await officer.post(`/api/v1/parties/merges/${merged.body.id}/undo`, {
      reason: '系两家机构',
    })
    expect(undone).toMatchObject({ status: 200, body: { undoReason: '系两家机构' } })
    expect(await snapshot()).toEqual(before)
    expect((await visitor.get(`/api/v1/parties/${plain}`)).body).toMatchObject({ id: plain, askedFor: plain })
    expect(
      (await officer.post(`/api/v1/parties/merges/${merged.body.id}/undo`, { reason: '系两家机构' })).body
        .code,
    ).toBe('ALREADY_UNDONE')
  })

  test('two credit codes are two parties whatever their names say', async () => {
    const [first, second] = [
      await findPartyByCode(w.db, '91320115MA0TE5T080'),
      await findPartyByCode(w.db, '31320000MD0TE5T258'),
    ]
    const refused = await officer.post('/api/v1/parties/merges', {
      survivorId: first?.id,
      absorbedId: second?.id,
      reason: '名称相同',
    })
    expect(refused.body.data.obstacle).toBe('DIFFERENT_CODES')
  })

  test('a pair that was found to be two is not proposed again', async () => {
    const [coded = '', plain = ''] = ids
    await officer.post('/api/v1/parties/candidates/apart', {
      firstId: plain,
      secondId: coded,
      reason: '地址与负责人均不同',
    })
    expect((await officer.get('/api/v1/parties/candidates')).body.total).toBe(0)
  })
})

describe('[F019] who may not', () => {
  const someone = '00000000-0000-7000-8000-000000000000'
  const body = { survivorId: someone, absorbedId: someone, reason: '四个字符' }
  test.for([
    ['visitor', 'POST', '/api/v1/parties', 401],
    ['enterprise', 'POST', '/api/v1/parties', 403],
    ['statistician', 'POST', '/api/v1/parties', 403],
    ['citizen', 'POST', '/api/v1/parties/people', 403],
    ['agency', 'PATCH', `/api/v1/parties/${someone}`, 403],
    ['bank', 'PUT', `/api/v1/parties/${someone}/standings`, 403],
    ['operator', 'POST', '/api/v1/parties/merges', 403],
    ['operator', 'POST', `/api/v1/parties/merges/${someone}/undo`, 403],
    ['operator', 'POST', '/api/v1/parties/candidates/apart', 403],
    ['enterprise', 'GET', '/api/v1/parties/candidates', 403],
    ['visitor', 'GET', '/api/v1/parties/merges', 401],
    ['enterprise', 'GET', '/api/v1/parties?kind=person', 403],
    ['visitor', 'GET', '/api/v1/parties?kind=person', 403],
  ] as const)('%s: %s %s is answered %i', async ([who, method, path, status]) => {
    const caller = w.as(who)
    const call = { GET: caller.get, POST: caller.post, PATCH: caller.patch, PUT: caller.put }[method]
    expect((method === 'GET' ? await caller.get(path) : await call(path, body)).status).toBe(status)
  })
})

describe('[F019] people', () => {
  test('a person stands masked, the number as a keyed digest only, and the public does not learn of them', async () => {
    const entered = await officer.post('/api/v1/parties/people', {
      name: '欧阳明远',
      residentId: '11010519491231002X',
      source: '报名表',
    })
    expect(entered).toMatchObject({
      status: 201,
      body: { name: '欧阳**', identifiers: [{ scheme: 'cn-resident-id', value: '110105***********X' }] },
    })
    const { id } = entered.body
    expect((await visitor.get(`/api/v1/parties/${id}`)).status).toBe(404)
    expect((await visitor.get(`/api/v1/parties/${id}/history`)).status).toBe(404)
    expect((await officer.get('/api/v1/parties?kind=person')).body.items).toMatchObject([
      { id, name: '欧阳**' },
    ])
    const { rows } = await sql<{
      row: string
    }>`select party_identifier::text as row from party_identifier where party_id = ${id}`.execute(w.db)
    expect(rows[0]?.row).not.toContain('19491231')
    const again = await officer.post('/api/v1/parties/people', {
      name: '欧阳明远',
      residentId: '11010519491231002x',
      source: '报名表',
    })
    expect(again.body).toMatchObject({ code: 'CODE_TAKEN', data: { id, name: '欧阳**' } })
  })

  test('a stated purpose shows the name, and the reading is on record', async () => {
    const { id } = (await officer.get('/api/v1/parties?kind=person')).body.items[0]
    const read = await officer.get(`/api/v1/parties/${id}?purpose=${encodeURIComponent('核对报名资格')}`)
    expect(read.body).toMatchObject({ name: '欧阳明远', revealed: ['name'] })
    const { rows } = await sql<{
      purpose: string
    }>`select purpose from read_log where subject_id = ${id}`.execute(w.db)
    expect(rows).toEqual([{ purpose: '核对报名资格' }])
  })

  test('a refused number is not repeated in the refusal', async () => {
    const refused = await officer.post('/api/v1/parties/people', {
      name: '张三',
      residentId: '110105194912310021',
      source: '报名表',
    })
    expect(refused).toMatchObject({
      status: 422,
      body: { data: { field: 'residentId', value: '', reason: 'check', expectedCheck: 'X' } },
    })
  })
})

const hostile = [
  "'; drop table party; --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '%',
  '_',
  '\\',
  '\u202Eabc',
  '💣'.repeat(50),
  '../../etc/passwd',
  'a\0b',
]

describe('[F019] hostile text', () => {
  test.for(hostile)('%j in every field is kept as text or refused, never a 500', async (text) => {
    const attempts = [
      await officer.post('/api/v1/parties', { name: text, nameEn: text, address: text, source: text + text }),
      await officer.post('/api/v1/parties', { name: text, creditCode: text, source: '窗口' }),
      await officer.post('/api/v1/parties', {
        name: text,
        source: '窗口',
        identifiers: [{ scheme: 'foreign-registration', country: 'KR', value: text }],
      }),
      await officer.post('/api/v1/parties/people', { name: text, residentId: text, source: '窗口' }),
      await visitor.get(`/api/v1/parties?q=${encodeURIComponent(text)}`),
      await visitor.get(`/api/v1/parties?cursor=${encodeURIComponent(text)}`),
      await visitor.get(`/api/v1/parties/${encodeURIComponent(text)}`),
    ]
    const kept: { id: string; name: string }[] = []
    for (const { status, body } of attempts) {
      expect(status).toBeLessThan(500)
      if (status === 201 && body.kind === 'organisation') kept.push(body)
    }
    for (const { id, name } of kept) expect((await visitor.get(`/api/v1/parties/${id}`)).body.name).toBe(name)
  })

  test('a percent sign is searched for as a percent sign', async () => {
    await enter({ name: '百分之百%有限公司' })
    const { body } = await visitor.get(`/api/v1/parties?q=${encodeURIComponent('百%有')}`)
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['百分之百%有限公司'])
  })
})

test('[F019] paging by cursor meets every organisation once', async () => {
  const seen: string[] = []
  let cursor = ''
  let total = 0
  do {
    const { body } = await visitor.get(
      `/api/v1/parties?limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    seen.push(...body.items.map(({ id }: { id: string }) => id))
    total = body.total
    cursor = body.next ?? ''
  } while (cursor !== '')
  expect(new Set(seen).size).toBe(total)
  expect(seen).toHaveLength(total)
})

import { beforeAll, describe, expect, test } from 'vitest'
import { world } from '#testing/world.ts'
import { plantAgencies, type Planted, plantOrganisations } from './register.fixture.ts'

const w = await world()
w.setToday('2026-11-22')
const [centre, firstBase] = w.zone.carriers.map(({ id }) => id) as [string, string]
const visitor = w.as('visitor')
const officer = w.as('officer')
let lake: Planted
let river: Planted
let former: Planted

const list = async (query = '') => (await visitor.get(`/api/v1/agencies?limit=200&${query}`)).body
const codesOn = async (day: string, more = '') =>
  (await list(`asOf=${day}${more}`)).items.map(({ code }: { code: string }) => code).sort()

beforeAll(async () => {
  const planted = await plantAgencies(
    w.db,
    [
      {
        name: '湖光知识产权代理有限公司',
        facts: {
          nameEn: 'Lakelight IP',
          foundedOn: '2012-05-01',
          website: 'https://lakelight.test',
          telephone: '025-1234567',
        },
        movedIn: '2024-01-01',
      },
      {
        name: '江流专利事务所',
        facts: {
          classes: ['legal', 'agency'],
          contactName: '张晓明',
          contactPhone: '13812345678',
          contactEmail: 'zhang@river.test',
        },
        movedIn: '2025-03-01',
        carrier: firstBase,
      },
      { name: '旧港咨询', movedIn: '2024-01-01', movedOut: '2025-07-01' },
    ],
    centre,
  )
  ;[lake, river, former] = planted as [Planted, Planted, Planted]
})

describe('the directory of a day', () => {
  test('[F010] [S203] [S202] lists who had moved in and not moved out, days half-open', async () => {
    expect(await codesOn('2023-12-31')).toEqual([])
    expect(await codesOn('2024-01-01')).toEqual([lake.code, former.code].sort())
    expect(await codesOn('2025-06-30')).toEqual([lake.code, river.code, former.code].sort())
    expect(await codesOn('2025-07-01')).toEqual([lake.code, river.code].sort())
  })

  test('[F010] [S20] its total is the figure of that day', async () => {
    for (const day of ['2023-12-31', '2024-06-30', '2025-06-30', '2025-07-01', '2026-11-22']) {
      const { items } = (await visitor.get(`/api/v1/indicators?asOf=${day}`)).body
      const figure = items.find(({ code }: { code: string }) => code === 'agencies')
      expect([day, figure.value]).toEqual([day, (await list(`asOf=${day}`)).total])
    }
  })

  test('a day that has not come is refused with today', async () => {
    const { status, body } = await visitor.get('/api/v1/agencies?asOf=2026-11-23')
    expect([status, body.code, body.data]).toEqual([422, 'DAY_AHEAD', { field: 'asOf', today: '2026-11-22' }])
    expect((await visitor.get('/api/v1/agencies?asOf=2026-02-30')).status).toBe(400)
  })

  test('[F010] a stay corrected later changes the day for those who ask now, and not for those who ask what was known', async () => {
    const page = (await visitor.get(`/api/v1/agencies/${former.code}`)).body
    w.setToday('2026-11-22')
    const answer = await officer.patch(`/api/v1/agencies/${former.code}/stays/${page.stays[0].id}`, {
      movedOut: '2025-05-01',
      source: 'lease register',
      observedOn: '2026-11-20',
      cause: 'the lease had ended in April',
    })
    expect(answer.body).toMatchObject({ movedIn: '2024-01-01', movedOut: '2025-05-01' })
    w.setToday('2026-11-25')
    expect(await codesOn('2025-06-30')).not.toContain(former.code)
    expect(await codesOn('2025-06-30', '&knownOn=2026-11-21')).toContain(former.code)
    expect(await codesOn('2025-06-30', '&knownOn=2026-11-22')).not.toContain(former.code)
  })
})

const find = async (q: string) =>
  (await list(`q=${encodeURIComponent(q)}`)).items.map(({ code }: { code: string }) => code)

describe('search, facets and paging', () => {
  test('[S203] two-character words, English, pinyin initials and codes are found wherever they stand', async () => {
    for (const q of ['湖光', '知识', '代理 湖光', 'lakeLIGHT', 'huguang', 'hgzs', lake.code, 'ＬＡＫＥ'])
      expect([q, await find(q)]).toEqual([q, [lake.code]])
    expect(await find('江流')).toEqual([river.code])
    expect(await find('无此机构')).toEqual([])
  })

  test('[S14] [S60] facets count what each choice would list, and the list is what they count', async () => {
    const { total, facets, inZone } = await list()
    for (const facet of ['class', 'carrier', 'stage'] as const) {
      for (const [value, count] of Object.entries(facets[facet])) {
        expect([facet, value, (await list(`${facet}=${value}`)).total]).toEqual([facet, value, count])
      }
    }
    expect(facets.class.legal).toBe(1)
    expect(inZone).toBe(total)
  })

  test('pages follow one another in the order of pinyin without a gap or a repetition', async () => {
    const seen: string[] = []
    let cursor = ''
    for (let pages = 0; pages < 10; pages += 1) {
      const { body } = await visitor.get(
        `/api/v1/agencies?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      seen.push(...body.items.map(({ code }: { code: string }) => code))
      if (body.next === null) break
      cursor = body.next
    }
    expect(seen).toEqual((await list()).items.map(({ code }: { code: string }) => code))
    expect(seen).toEqual([lake.code, river.code])
    expect((await visitor.get('/api/v1/agencies?cursor=nonsense')).body.code).toBe('INVALID_CURSOR')
  })

  test('[S150] CSV carries the same agencies, and no cell that a spreadsheet would run', async () => {
    const [evil] = await plantAgencies(w.db, [{ name: '=HYPERLINK("http://x.test","y")' }], centre)
    const { headers, body } = await visitor.get('/api/v1/agencies.csv')
    expect(headers.get('content-type')).toContain('text/csv')
    const rows = String(body).trim().split('\r\n')
    expect(rows).toHaveLength((await list()).total + 1)
    expect(rows.find((row) => row.includes(evil?.code ?? '?'))).toContain(
      `"'=HYPERLINK(""http://x.test"",""y"")"`,
    )
  })

  test('[S202] the number of agencies by month follows the moves', async () => {
    const { items } = (await visitor.get('/api/v1/agencies/counts?from=2025-01-01&to=2025-12-31')).body
    expect(items).toHaveLength(12)
    for (const { on, agencies } of items)
      expect([on, agencies]).toEqual([on, (await list(`asOf=${on}`)).total])
  })
})

describe('an agency', () => {
  test('[F009] [S203] [S149] [S64] every field has its source and date, and is marked when nobody looked again', async () => {
    const { facts, inZone } = (await visitor.get(`/api/v1/agencies/${lake.code}?asOf=2026-06-15`)).body
    expect(inZone).toBe(true)
    for (const fact of Object.values(facts))
      expect(fact).toMatchObject({ source: 'fixture', asOf: '2026-06-01', stale: false })
    const later = (await visitor.get(`/api/v1/agencies/${lake.code}`)).body.facts
    const stale = Object.entries(later).flatMap(([field, fact]) =>
      (fact as { stale: boolean }).stale ? [field] : [],
    )
    // Half a year is too long for a telephone number; a founding day does not change, and a name is reported once a year.
    const limit =
      w.zone.thresholds.find(({ code }) => code === 'directory-freshness')?.values.at(-1)?.value ?? Infinity
    expect(limit).toBeGreaterThan(170)
    w.setToday('2027-12-31')
    const old = (await visitor.get(`/api/v1/agencies/${lake.code}`)).body.facts
    expect(old.telephone.stale).toBe(true)
    expect(old.foundedOn.stale).toBe(false)
    expect(stale).not.toContain('foundedOn')
    w.setToday('2026-11-25')
  })

  test('[F010] [S203] a correction of the past keeps what was believed, and later changes stand', async () => {
    const path = `/api/v1/agencies/${lake.code}`
    const change = (body: object) =>
      officer.patch(path, { source: 'site visit', observedOn: '2026-11-24', ...body })
    expect((await change({ facts: { telephone: '025-7777777' }, validFrom: '2026-01-01' })).status).toBe(200)
    w.setToday('2026-11-28')
    expect(
      (
        await change({
          facts: { telephone: '025-5555555' },
          validFrom: '2025-01-01',
          cause: 'read from an old letter',
        })
      ).status,
    ).toBe(200)
    const telephone = async (query: string) =>
      (await visitor.get(`${path}?${query}`)).body.facts.telephone.value
    expect(await telephone('asOf=2024-12-31')).toBe('025-1234567')
    expect(await telephone('asOf=2025-06-30')).toBe('025-5555555')
    expect(await telephone('asOf=2026-01-01')).toBe('025-7777777')
    expect(await telephone('asOf=2025-06-30&knownOn=2026-11-27')).toBe('025-1234567')
    const { items } = (await visitor.get(`${path}/history?limit=200`)).body
    const lines = items.filter(({ field }: { field: string }) => field === 'telephone')
    expect(lines.map(({ value }: { value: string }) => value)).toEqual(
      expect.arrayContaining(['025-1234567', '025-5555555', '025-7777777']),
    )
    expect(lines.some(({ supersededAt }: { supersededAt: string | null }) => supersededAt !== null)).toBe(
      true,
    )
  })

  test('[S149] the contact person is masked for everybody but their own agency, in the history too', async () => {
    const path = `/api/v1/agencies/${river.code}`
    for (const who of ['visitor', 'enterprise', 'officer'] as const) {
      const { facts } = (await w.as(who).get(path)).body
      expect(facts.contactName).toMatchObject({ value: '张*明', masked: true })
      expect(facts.contactPhone.value).toBe('138****5678')
      const text = JSON.stringify((await w.as(who).get(`${path}/history`)).body)
      expect(text).not.toContain('13812345678')
      expect(text).not.toContain('zhang@river.test')
    }
    const own = w.as({ roles: ['agency'], organisationIds: [river.partyId] })
    expect((await own.get(path)).body.facts.contactPhone).toMatchObject({
      value: '13812345678',
      masked: false,
    })
  })

  test('[F106] an officer who states a purpose sees the contact, and the agency can see that it was read', async () => {
    const { body } = await officer.get(
      `/api/v1/agencies/${river.code}?purpose=${encodeURIComponent('安排走访')}`,
    )
    expect(body.facts.contactPhone.value).toBe('13812345678')
    const reading = await w.db
      .selectFrom('readLog')
      .selectAll()
      .where('subjectId', '=', river.partyId)
      .execute()
    expect(reading).toMatchObject([{ purpose: '安排走访', fields: expect.arrayContaining(['contactPhone']) }])
  })

  test('an unknown agency is refused by its code', async () => {
    for (const path of ['', '/stage', '/history']) {
      const { status, body } = await visitor.get(`/api/v1/agencies/ZZZ999${path}`)
      expect([status, body.code]).toEqual([404, 'UNKNOWN_AGENCY'])
    }
  })
})

const entry = async (name: string) => ({
  partyId: (await plantOrganisations(w.db, [name]))[0],
  source: 'national register',
  observedOn: '2026-11-20',
  validFrom: '2026-11-01',
  facts: { name, classes: ['agency'] as string[] },
  stay: { carrier: centre, unit: '1201', movedIn: '2026-11-10', reason: 'lease signed' },
})

describe('keeping the register', () => {
  test('[F009] [S202] an officer enters an agency; it moves out and is gone from the list of that day', async () => {
    const { status, body } = await officer.post('/api/v1/agencies', await entry('新桥知产'))
    expect(status).toBe(201)
    expect((await list(`q=${body.code}`)).total).toBe(1)
    const move = (more: object) =>
      officer.post(`/api/v1/agencies/${body.code}/moves`, {
        source: 'lease',
        observedOn: '2026-11-22',
        reason: 'lease ended',
        ...more,
      })
    expect((await move({ on: '2026-11-20', move: { kind: 'out' } })).body).toMatchObject({
      movedOut: '2026-11-20',
      reasonOut: 'lease ended',
    })
    expect((await list(`q=${body.code}`)).total).toBe(0)
    expect((await list(`q=${body.code}&asOf=2026-11-19`)).total).toBe(1)
    expect((await move({ on: '2026-11-21', move: { kind: 'out' } })).body.code).toBe('NOT_IN_ZONE')
    expect(
      (await move({ on: '2026-11-15', move: { kind: 'in', carrier: centre, unit: null } })).body.code,
    ).toBe('ALREADY_THERE')
    expect(
      (await move({ on: '2026-11-20', move: { kind: 'in', carrier: firstBase, unit: null } })).status,
    ).toBe(201)
  })

  test('[S203] what cannot stand is refused with its place, and nothing is written', async () => {
    const good = await entry('拒绝测试')
    const before = (await list()).total
    const cases: [object, number, string][] = [
      [{ ...good, partyId: '00000000-0000-7000-8000-000000000000' }, 422, 'UNKNOWN_PARTY'],
      [{ ...good, facts: { ...good.facts, classes: ['astrology'] } }, 422, 'UNKNOWN_CLASS'],
      [{ ...good, stay: { ...good.stay, carrier: 'moon' } }, 422, 'UNKNOWN_CARRIER'],
      [{ ...good, observedOn: '2027-11-20' }, 422, 'DAY_AHEAD'],
      [{ ...good, facts: { ...good.facts, website: 'javascript:alert(1)' } }, 400, 'INVALID_INPUT'],
      [{ ...good, facts: { ...good.facts, revenue: 1 } }, 400, 'INVALID_INPUT'],
      [{ ...good, facts: { name: '' } }, 400, 'INVALID_INPUT'],
      [{ ...good, partyId: lake.partyId }, 409, 'ALREADY_REGISTERED'],
    ]
    for (const [body, status, code] of cases) {
      const answer = await officer.post('/api/v1/agencies', body)
      expect([answer.status, answer.body.code]).toEqual([status, code])
    }
    expect((await list()).total).toBe(before)
  })

  test('hostile text is stored and given back as text', async () => {
    for (const name of [
      `'; drop table agency; --`,
      '<script>alert(1)</script>',
      '\u202e江\u200b苏',
      '${{7*7}}',
      '%_\\',
    ]) {
      const { status, body } = await officer.post('/api/v1/agencies', await entry(name))
      expect(status).toBe(201)
      expect((await visitor.get(`/api/v1/agencies/${body.code}`)).body.facts.name.value).toBe(name)
      expect(
        (await list(`q=${encodeURIComponent(name)}`)).items.map(({ code }: { code: string }) => code),
      ).toContain(body.code)
    }
    expect((await visitor.get(`/api/v1/agencies?q=${encodeURIComponent('a\0b')}`)).status).toBe(400)
  })

  test('only officers and the operations centre write', async () => {
    const writes: [string, 'post' | 'patch', object][] = [
      ['/api/v1/agencies', 'post', await entry('无权')],
      [
        `/api/v1/agencies/${lake.code}`,
        'patch',
        { source: 'me', observedOn: '2026-11-20', validFrom: '2026-11-20', facts: { telephone: '1' } },
      ],
      [
        `/api/v1/agencies/${lake.code}/moves`,
        'post',
        { source: 'me', observedOn: '2026-11-20', on: '2026-11-20', reason: 'no', move: { kind: 'out' } },
      ],
    ]
    for (const [path, method, body] of writes) {
      expect((await visitor[method](path, body)).status).toBe(401)
      for (const who of ['agency', 'enterprise', 'citizen', 'inspector', 'auditor'] as const) {
        expect([path, who, (await w.as(who)[method](path, body)).status]).toEqual([path, who, 403])
      }
    }
    expect(
      (
        await w
          .as({ roles: ['officer'], secondFactor: 'missing' })
          .patch(`/api/v1/agencies/${lake.code}`, writes[1]?.[2])
      ).status,
    ).toBe(403)
  })
})

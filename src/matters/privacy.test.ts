import { beforeAll, describe, expect, test } from 'vitest'
import { world, type Caller, type World } from '#testing/world.ts'
import { clerk, QUESTION, submitEnquiry, type Clerk } from '#testing/matters.ts'

let w: World
let window: Clerk
let other: Clerk
let reader: Caller
let person: Clerk
let stranger: Clerk
let number: string

const NOTE = '内部：疑似职业投诉人甲乙丙'
const MESSAGE = '请问还要多久丁戊己'

beforeAll(async () => {
  w = await world()
  w.setToday('2026-11-23')
  window = await clerk(w, 'window', ['window-gaoxinyuan'])
  other = await clerk(w, 'other', ['window-centre'])
  reader = await clerk(w, 'leader', [], ['leader'])
  person = await clerk(w, 'person', [], ['citizen'])
  stranger = await clerk(w, 'stranger', [], ['citizen'])
  number = (await submitEnquiry(person)).number
  expect((await window.post(`/api/v1/matters/${number}/notes`, { body: NOTE })).status).toBe(201)
  expect((await person.post(`/api/v1/matters/${number}/messages`, { body: MESSAGE })).status).toBe(201)
})

describe('[F004] [S135] private notes and messages leak nowhere', () => {
  const views = (of: string) => [
    `/api/v1/matters/${of}`,
    `/api/v1/matters/${of}/clocks`,
    ...['mine', 'queue', 'tasks', 'late', 'all'].map((scope) => `/api/v1/matters?scope=${scope}`),
    ...['甲乙丙', '疑似', '丁戊己'].map((q) => `/api/v1/matters?scope=all&q=${encodeURIComponent(q)}`),
    '/api/v1/matters.csv?scope=all',
    '/api/v1/matters.csv?scope=queue',
    '/api/v1/stations',
    '/api/v1/stations/window-gaoxinyuan',
    '/api/v1/stations/window-gaoxinyuan/handled',
    '/api/v1/publicity',
    '/api/v1/notices',
    '/api/v1/ledger/entries',
    '/api/v1/handovers',
  ]

  test('not through any view, list, search or export, for anybody', async () => {
    for (const [name, who] of Object.entries({
      person,
      stranger,
      window,
      other,
      reader,
      visitor: w.as('visitor'),
      auditor: w.as('auditor'),
    })) {
      for (const path of views(number)) {
        const { body } = await who.get(path)
        const text = JSON.stringify(body)
        expect([name, path, text.includes('甲乙丙'), text.includes('丁戊己')]).toEqual([
          name,
          path,
          false,
          false,
        ])
      }
    }
  })

  test('a search for words of a note finds nothing, while words of the question are found by two characters', async () => {
    const found = async (who: Caller, q: string, scope = 'all') =>
      (await who.get(`/api/v1/matters?scope=${scope}&q=${encodeURIComponent(q)}`)).body.total
    expect(await found(window, '疑似')).toBe(0)
    expect(await found(window, '还要')).toBe(0)
    expect(await found(window, '商标')).toBe(1)
    expect(await found(window, '取证')).toBe(1)
    expect(await found(window, '标商')).toBe(0)
    expect(await found(person, '电商平台', 'mine')).toBe(1)
    expect(await found(stranger, '商标')).toBe(0)
    expect(await found(other, '商标', 'queue')).toBe(0)
    expect(await found(window, number)).toBe(1)
  })

  test('nobody learns a name or a telephone number by searching for it', async () => {
    for (const q of [QUESTION.contactName, QUESTION.contactPhone, '王小明', '小明', 'citizen']) {
      const { body } = await window.get(`/api/v1/matters?scope=all&q=${encodeURIComponent(q)}`)
      expect([q, body.total]).toEqual([q, 0])
    }
  })

  test('notes are read and written at the station that has the matter, and by nobody else', async () => {
    const path = `/api/v1/matters/${number}/notes`
    expect((await window.get(path)).body.items).toEqual([expect.objectContaining({ body: NOTE })])
    expect((await person.get(path)).body.code).toBe('FORBIDDEN')
    expect((await other.get(path)).body.code).toBe('UNKNOWN_MATTER')
    expect((await reader.get(path)).body.code).toBe('NOT_OF_THE_OFFICE')
    expect((await reader.post(path, { body: '我也写' })).body.code).toBe('NOT_OF_THE_OFFICE')
  })

  test('messages are between the two sides', async () => {
    const path = `/api/v1/matters/${number}/messages`
    expect((await window.get(path)).body.items).toEqual([
      expect.objectContaining({ side: 'applicant', body: MESSAGE }),
    ])
    expect((await reader.get(path)).body.code).toBe('NOT_A_PARTY')
    expect((await stranger.get(path)).body.code).toBe('UNKNOWN_MATTER')
    expect((await w.as('visitor').get(path)).body.code).toBe('UNAUTHENTICATED')
  })
})

describe('[S135] personal answers', () => {
  test('are masked for the office until it states a purpose, and the person sees who read them', async () => {
    const masked = (await window.get(`/api/v1/matters/${number}`)).body
    expect(masked.answers).toMatchObject({
      contactName: '王*明',
      contactPhone: '138****1234',
      subject: QUESTION.subject,
    })
    expect(masked.masked).toEqual(['contactName', 'contactPhone'])
    const purpose = encodeURIComponent('电话核实情况')
    const plain = (await window.get(`/api/v1/matters/${number}?purpose=${purpose}`)).body
    expect(plain.answers).toMatchObject({ contactName: '王小明', contactPhone: '13800001234' })
    const readings = await w.db
      .selectFrom('readLog')
      .selectAll()
      .where('subjectId', '=', person.accountId)
      .execute()
    expect(readings).toEqual([
      expect.objectContaining({ purpose: '电话核实情况', recordId: number, readerId: window.accountId }),
    ])
  })

  test('a leader reads the matter, and no purpose opens to them what handling does not need', async () => {
    const purpose = encodeURIComponent('了解情况')
    const seen = (await reader.get(`/api/v1/matters/${number}?purpose=${purpose}`)).body
    expect(seen.answers).toMatchObject({ contactName: '王*明', contactPhone: '138****1234' })
  })

  test('a matter does not exist for those who have no business with it', async () => {
    for (const who of [stranger, other, w.as('enterprise'), w.as('inspector'), w.as('administrator')]) {
      expect((await who.get(`/api/v1/matters/${number}`)).body).toMatchObject({ code: 'UNKNOWN_MATTER' })
      expect((await who.get(`/api/v1/matters/${number}/clocks`)).body).toMatchObject({
        code: 'UNKNOWN_MATTER',
      })
    }
  })
})

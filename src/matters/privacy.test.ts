import { beforeAll, describe, expect, test } from 'vitest'
import { world, type Caller, type World } from '#testing/world.ts'
import { clerk, QUESTION, submitEnquiry, type Clerk } from '#testing/matters.ts'
import { maskName } from '../identity/mask.rules.ts'
import { ROLE_NAMES, ROLES } from '../identity/roles.ts'
import { recordAudit } from '../ledger/public.ts'
import { procedures } from '../procedures.ts'
import type { Answers, FieldData } from './form.rules.ts'
import { insertMaterial } from './material.store.ts'
import { searchableTexts } from './search.rules.ts'

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

  test('not for any role, whether it works at the station or anywhere else', async () => {
    const { contactName, contactPhone } = QUESTION
    for (const role of ROLE_NAMES) {
      const posted = await clerk(w, `${role}-here`, ROLES[role].staff ? ['window-gaoxinyuan'] : [], [role])
      for (const [where, who] of [['here', posted] as const, ['anywhere', w.as(role)] as const]) {
        for (const path of [...views(number), `/api/v1/matters?scope=all&q=${contactPhone}`]) {
          const { status, body } = await who.get(path)
          expect([role, where, path, status < 500]).toEqual([role, where, path, true])
          const text = JSON.stringify(body)
          const leaked = ['甲乙丙', '丁戊己', contactName, contactPhone].filter((one) => text.includes(one))
          expect([role, where, path, leaked]).toEqual([role, where, path, []])
        }
      }
    }
  }, 60_000)

  test('an export holds no answer at all, not even for the person who gave it', async () => {
    for (const [name, who] of Object.entries({ person, window, reader })) {
      const { status, body } = await who.get('/api/v1/matters.csv?scope=all')
      expect([name, status, body.includes(number)]).toEqual([name, 200, true])
      for (const answer of [QUESTION.contactName, QUESTION.contactPhone, QUESTION.question])
        expect([name, body.includes(answer)]).toEqual([name, false])
    }
    // Who files is a person: readers without business at the station see no name in the file either.
    const row = async (who: Caller) =>
      ((await who.get('/api/v1/matters.csv?scope=all')).body as string)
        .split('\r\n')
        .find((line) => line.startsWith(number))!
    expect((await row(window)).split(',')[3]).toBe('citizen')
    expect((await row(reader)).split(',')[3]).toBe(maskName('citizen'))
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

  test('are masked where they are corrected too, and who handed a file in has no name for a reader', async () => {
    const sent = await submitEnquiry(person)
    const path = `/api/v1/matters/${sent.number}`
    const items = [
      { kind: 'field', code: 'contactPhone', wanted: '号码打不通' },
      { kind: 'field', code: 'subject', wanted: '写明是哪一件' },
    ]
    const asked = await window.post(`${path}/steps`, { step: 'askCorrection', version: 1, items })
    const [phone, subject] = asked.body.correction.items
    await person.put(`${path}/correction/${phone.id}`, { answer: '13900005678' })
    await person.put(`${path}/correction/${subject.id}`, { answer: '商标被仿冒怎么办（2026）' })
    const answersFor = async (who: Caller) =>
      (await who.get(path)).body.correction.items.map(({ answer }: { answer: unknown }) => answer)
    expect(await answersFor(person)).toEqual(['13900005678', '商标被仿冒怎么办（2026）'])
    expect(await answersFor(window)).toEqual(['139****5678', '商标被仿冒怎么办（2026）'])
    expect((await reader.get(path)).body.correction).toBeNull()

    await w.write(async (tx, context) => {
      const { id } = await tx
        .selectFrom('matter')
        .select('id')
        .where('number', '=', sent.number)
        .executeTakeFirstOrThrow()
      await insertMaterial(tx, {
        draftId: null,
        matterId: id,
        code: 'paper',
        fileName: 'a.pdf',
        fileHash: '0'.repeat(64),
        mediaType: 'application/pdf',
        bytes: 1,
        uploadedBy: person.accountId,
        uploadedName: '王小明',
        uploadedAt: context.now,
      })
      await recordAudit(tx, context, { action: 'test.filed', subject: { kind: 'matter', id } })
    })
    const by = async (who: Caller) => (await who.get(path)).body.materials[0].uploadedBy
    expect([await by(person), await by(window), await by(reader)]).toEqual(['王小明', '王小明', '王*明'])
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

describe('[F004] [S135] what a procedure declares', () => {
  const SECRET = '甲申'
  const masked = ({ masking = 'none' }: FieldData) => masking !== 'none'

  /** Answers in which everything that is masked reads the same, so that it is found wherever it turns up. */
  function answersOf(fields: readonly FieldData[]): Answers {
    return Object.fromEntries(fields.map((field) => [field.name, answerOf(field)]))
  }
  function answerOf(field: FieldData): unknown {
    if (masked(field)) return SECRET
    if (field.kind === 'group') return [answersOf(field.fields)]
    if (field.kind === 'choice') return Object.keys(field.options)[0]
    if (field.kind === 'choices') return Object.keys(field.options)
    if (field.kind === 'number' || field.kind === 'money') return 1
    if (field.kind === 'yesNo') return true
    return field.kind === 'day' ? '2026-11-23' : '可以公开'
  }

  test.for([...procedures.values()].map((one) => [one.code, one] as const))(
    'the title and the search of %s hold nothing that is masked',
    ([, { form, title }]) => {
      const answers = answersOf(form.sections.flatMap(({ fields }) => fields))
      expect(title?.(answers as never) ?? '').not.toContain(SECRET)
      expect(searchableTexts(form, answers).join(' ')).not.toContain(SECRET)
    },
  )
})

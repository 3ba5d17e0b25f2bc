import { strToU8, zipSync } from 'fflate'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { citizen, clerk, QUESTION, submitEnquiry, type Clerk } from '#testing/matters.ts'
import { actorFor, testAccountId, world, type Answer, type Caller, type World } from '#testing/world.ts'

let w: World
let person: Caller
let window: Clerk
let draft: string
let matter: string

beforeAll(async () => {
  w = await world()
  w.setToday('2026-11-23')
  person = citizen(w)
  window = await clerk(w, 'window', ['window-gaoxinyuan'])
  const answers = { ...QUESTION }
  const opened = await person.post('/api/v1/drafts', { procedure: 'general-enquiry', answers })
  draft = `/api/v1/drafts/${opened.body.id}`
  matter = `/api/v1/matters/${(await submitEnquiry(person)).number}`
})

const office = (files: Record<string, Uint8Array>) =>
  zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<w/>'), ...files })
const pdf = (inside = '') =>
  `%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${inside} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`
const PNG = Buffer.from('\x89PNG\r\n\x1A\n0000', 'latin1')

type Content = string | Uint8Array<ArrayBuffer>
const bomb = () => Buffer.from(office({ 'word/media/a.xml': new Uint8Array(16 * 1024 * 1024) }))

/** As a browser sends it: a form with the code and the file, whose media type is whatever the name suggests. */
async function upload(
  path: string,
  { code = 'paper', name, content }: { code?: string; name: string; content: Content },
  accountId = testAccountId('citizen'),
): Promise<Answer> {
  const body = new FormData()
  body.set('code', code)
  body.set('file', new File([content], name, { type: 'application/pdf' }))
  const response = await w.fetch(
    new Request(`http://zone.test${path}/materials`, {
      method: 'POST',
      headers: {
        origin: 'http://zone.test',
        authorization: 'test',
        'x-test-actor': encodeURIComponent(JSON.stringify(actorFor({ roles: ['citizen'], accountId }))),
      },
      body,
    }),
  )
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** Everything that keeping a file leaves: its row, its bytes (also half received ones), its entry in the audit. */
async function kept() {
  const files = await readdir(join(w.config.dataFolder, 'files'), { recursive: true, withFileTypes: true })
  const count = async (of: 'matterMaterial' | 'ledgerEntry') =>
    (
      await w.db
        .selectFrom(of)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n
  return {
    bytes: files.filter((one) => one.isFile()).length,
    rows: await count('matterMaterial'),
    entries: await count('ledgerEntry'),
  }
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const refused: [what: string, name: string, content: () => Content, why: object][] = [
  ['an extension that lies', '营业执照.pdf', () => PNG, { reason: 'name-lies', found: 'image/png' }],
  ['a zip bomb in the coat of a document', '说明.docx', bomb, { reason: 'expands-too-far', found: DOCX }],
  [
    'a PDF with a script',
    '说明.pdf',
    () => pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'),
    { reason: 'carries-script', found: 'application/pdf' },
  ],
  ['a program with the name of a paper', 'a.pdf', () => 'MZ\x90\x00', { reason: 'carries-program' }],
  ['a page dressed as a picture', 'a.png', () => '<html><script>x</script>', { reason: 'name-lies' }],
  ['half a PDF', 'a.pdf', () => '%PDF-1.7\n1 0 obj', { reason: 'damaged' }],
  ['nothing at all', 'a.pdf', () => '', { reason: 'empty' }],
]

describe('[F004] [S79] [S135] a file that is refused is refused with its reason, and nothing of it is kept', () => {
  test.for(refused)('%s', async ([, name, content, why]) => {
    const before = await kept()
    for (const path of [draft, matter]) {
      const answer = await upload(path, { name, content: content() })
      expect(answer).toMatchObject({
        status: 422,
        body: { code: 'FILE_REFUSED', data: { fileName: name, ...why } },
      })
      expect(answer.body.data.accepts).toContain('application/pdf')
    }
    expect(await kept()).toEqual(before)
    expect((await person.get(draft)).body.materials).toEqual([])
    expect((await person.get(matter)).body.materials).toEqual([])
  })

  test('one beyond the size of its kind, or of a kind that is not asked for', async () => {
    const before = await kept()
    const large = await upload(draft, { name: 'a.pdf', content: Buffer.alloc(20 * 1024 * 1024 + 1, 'a') })
    expect([large.status, large.body.data]).toMatchObject([
      422,
      { reason: 'too-large', limit: 20 * 1024 * 1024 },
    ])
    const other = await upload(matter, { code: 'other', name: 'a.docx', content: Buffer.from(office({})) })
    expect([other.status, other.body.data]).toMatchObject([422, { reason: 'not-accepted', found: DOCX }])
    const unknown = await upload(draft, { code: 'nothing', name: 'a.pdf', content: pdf() })
    expect([unknown.status, unknown.body.code]).toEqual([422, 'UNKNOWN_MATERIAL'])
    expect(await kept()).toEqual(before)
  })

  test('a stranger learns neither that the draft nor that the matter exists, and keeps nothing there', async () => {
    const before = await kept()
    const file = { name: 'a.pdf', content: pdf() }
    const stranger = testAccountId('stranger')
    expect((await upload(draft, file, stranger)).body.code).toBe('UNKNOWN_DRAFT')
    expect((await upload(matter, file, stranger)).body.code).toBe('UNKNOWN_MATTER')
    expect(await kept()).toEqual(before)
  })
})

test('[F004] [S79] what is sound is kept once, on record, and read by the two sides only', async () => {
  const before = await kept()
  const file = { name: '说明\u0000/../a.pdf', content: pdf() }
  const taken = await upload(matter, file)
  expect(taken).toMatchObject({ status: 201, body: { mediaType: 'application/pdf', withdrawn: false } })
  expect(taken.body.fileName).not.toMatch(/[\p{Cc}/]/u)
  const after = await kept()
  expect(after).toEqual({ bytes: before.bytes + 1, rows: before.rows + 1, entries: before.entries + 1 })
  const path = `/api/v1/materials/${taken.body.id}`
  expect((await person.get(path)).body).toBe(file.content)
  expect((await window.get(path)).body).toBe(file.content)
  expect((await citizen(w, 'stranger').get(path)).body.code).toBe('UNKNOWN_FILE')
})

import { expect, test } from 'vitest'
import { actorFor, world, type As } from '#testing/world.ts'
import { patentJobs } from './import.jobs.ts'
import { runPatentImport } from './import-run.ts'
import { findImport, openImports } from './import.store.ts'
import { keptSource } from './importing.ts'

const w = await world()

const upload = async (content: string, who: As = 'officer', name = 'f.csv') => {
  const body = new FormData()
  body.append('file', new File([content], name))
  const actor = encodeURIComponent(JSON.stringify(actorFor(who)))
  const headers = { origin: 'http://zone.test', authorization: 'test', 'x-test-actor': actor }
  const response = await w.fetch(
    new Request('http://zone.test/api/v1/patent-imports', { method: 'POST', body, headers }),
  )
  // oxlint-disable-next-line typescript/no-explicit-any -- as `world().as(…)` answers
  return { status: response.status, body: (await response.json()) as any }
}
const officer = w.as('officer')
/** What the worker does with what was started. */
const work = async () => {
  for (const id of await openImports(w.db)) {
    const run = await findImport(w.db, id)
    if (run !== undefined) await runPatentImport(w.context(), id, () => keptSource(w.context().files, run))
  }
}

const file = `公开号,题目,申请日,公开日,申请人
CN104751825B,亮度调节,2015-04-08,2018-10-03,甲公司
CN202644312X,轨枕,2012-05-31,2013-01-02,乙公司
`

test('[F064] a file is shown before anything of it is taken: its format, the mapping, the first rows and what is wrong', async () => {
  const { status, body } = await upload(file)
  expect([status, body.state, body.format]).toEqual([201, 'prepared', 'csv'])
  expect(body.sheets[0]).toMatchObject({
    origin: 'proposed',
    mapping: { 公开号: 'publicationNumber', 题目: null, 申请人: 'applicants' },
  })
  expect(body.preview.rows).toMatchObject([
    {
      line: 2,
      records: [{ publicationNumber: 'CN104751825B', title: '', applicants: ['甲公司'] }],
      refused: null,
    },
    { line: 3, records: [], refused: { field: '公开号', value: 'CN202644312X' } },
  ])
  expect((await officer.get('/api/v1/patent-imports')).body.total).toBe(0)
})

test('[F064] a mapping that was edited shows what it would do, is imported with, and is kept for the next file', async () => {
  const { id, sheets } = (await upload(file)).body
  const [{ signature, mapping }] = sheets
  const mappings = { [signature]: { ...mapping, 题目: 'title' } }
  const preview = await officer.post(`/api/v1/patent-imports/${id}/preview`, { mappings })
  expect(preview.body.rows[0].records[0].title).toBe('亮度调节')
  expect((await officer.post(`/api/v1/patent-imports/${id}/start`, { mappings, keep: true })).status).toBe(
    200,
  )
  expect((await officer.get(`/api/v1/patent-imports/${id}`)).body.state).toBe('waiting')
  expect((await officer.post(`/api/v1/patent-imports/${id}/start`, { mappings })).body.code).toBe(
    'STARTED_BEFORE',
  )
  await work()
  const done = (await officer.get(`/api/v1/patent-imports/${id}`)).body
  expect(done).toMatchObject({
    state: 'finished',
    rows: 2,
    accepted: 1,
    updated: 0,
    unchanged: 0,
    refused: 1,
    share: 1,
  })
  expect(done.reasons).toMatchObject([{ reason: 'not-a-publication-number', count: 1 }])
  const refused = (await officer.get(`/api/v1/patent-imports/${id}/refusals`)).body
  expect(refused).toMatchObject({
    total: 1,
    items: [{ line: 3, field: '公开号', value: 'CN202644312X' }],
    next: null,
  })
  const next = (await upload(file)).body
  expect(next.sheets[0]).toMatchObject({ origin: 'kept', mapping: { 题目: 'title' } })
  const listed = (await officer.get('/api/v1/patent-imports')).body
  expect([listed.total, listed.items[0].id]).toEqual([1, id])
})

test('[F064] an import is stopped before it runs, once; one without a number or of a day to come is not started', async () => {
  const { id } = (await upload(file)).body
  await officer.post(`/api/v1/patent-imports/${id}/start`, {})
  expect((await officer.post(`/api/v1/patent-imports/${id}/stop`, {})).status).toBe(200)
  expect((await officer.post(`/api/v1/patent-imports/${id}/stop`, {})).body.code).toBe('ENDED_BEFORE')
  await work()
  expect((await officer.get(`/api/v1/patent-imports/${id}`)).body).toMatchObject({
    state: 'stopped',
    rows: 0,
  })
  const other = (await upload('名称,摘要\n轨枕,一种轨枕\n')).body
  expect((await officer.post(`/api/v1/patent-imports/${other.id}/start`, {})).body.code).toBe('NO_NUMBER')
  const ahead = (await upload(file)).body
  const start = await officer.post(`/api/v1/patent-imports/${ahead.id}/start`, { observedOn: '2999-01-01' })
  expect(start.body.code).toBe('OBSERVED_AHEAD')
})

test('what is no file of patents is refused with its reason, and nothing is kept of it', async () => {
  const { status, body } = await upload('月份,件数\n1,20\n')
  expect([status, body.code]).toEqual([422, 'UNREADABLE_FILE'])
  expect(body.data.words.zh).toContain('月份')
  expect((await officer.get('/api/v1/patent-imports/00000000-0000-4000-8000-000000000000')).body.code).toBe(
    'UNKNOWN_IMPORT',
  )
  expect((await officer.get('/api/v1/patent-imports?cursor=x')).body.code).toBe('INVALID_CURSOR')
})

test('who may not: visitors and agencies see no import, auditors read and start none', async () => {
  expect((await upload(file, 'visitor')).status).toBe(401)
  expect((await upload(file, 'agency')).status).toBe(403)
  expect((await upload(file, 'auditor')).status).toBe(403)
  expect((await w.as('auditor').get('/api/v1/patent-imports')).status).toBe(200)
  expect((await w.as('agency').get('/api/v1/patent-imports')).status).toBe(403)
})

test('the worker looks for imports every minute', () => {
  expect(patentJobs.map(({ name, cron }) => [name, cron])).toEqual([['patents.run-imports', '* * * * *']])
})

import { expect, test } from 'vitest'
import { sourceFromBytes, sourceFromPath, type Source } from '#platform/tabular/source.ts'
import { sharedData } from '#testing/shared-data.ts'
import { world } from '#testing/world.ts'
import { currentVersion, findRecords } from './corpus.store.ts'
import { importFileNow } from './importing.ts'

const w = await world()
w.setToday('2026-11-22')

const take = (source: Source, observedOn?: string) => importFileNow(w.context(), source, { observedOn })
const text = (content: string, name = 'f.csv') => sourceFromBytes(name, Buffer.from(content))
const counts = ({
  run: { rows, accepted, updated, unchanged, refused },
}: Awaited<ReturnType<typeof take>>) => {
  expect(rows).toBe(accepted + updated + unchanged + refused)
  return [accepted, updated, unchanged, refused]
}
const stands = async (number: string) => (await findRecords(w.analytics, [number]))[0]

const header = '公开（公告）号,申请号,名称,申请日,公开（公告）日,申请人,法律状态\n'
const file = `${header}CN104751825B,CN201510163325.6,亮度调节,2015-04-08,2018-10-03,甲公司,授权
CN202644312U,CN201220249767.4,轨枕,2012-05-31,2013-01-02,乙公司,授权
,2.01E+12,没有号,2012-05-31,2013-01-02,丙公司,授权
`

test('[F064] the same file again changes nothing, not even the data version; every row is accounted for', async () => {
  const first = await take(text(file))
  expect(counts(first)).toEqual([2, 0, 0, 1])
  expect(first.refusals).toMatchObject([
    { line: 4, field: '申请号', value: '2.01E+12', reason: 'excel-number' },
  ])
  const version = await currentVersion(w.analytics)
  expect(counts(await take(text(file)))).toEqual([0, 0, 2, 1])
  expect(counts(await take(text(file, 'another name.txt')))).toEqual([0, 0, 2, 1])
  expect(await currentVersion(w.analytics)).toBe(version)
})

test('[F064] [F046] a newer file updates, and the older one once more does not take it back', async () => {
  w.setToday('2026-11-23')
  const newer = file.replace('甲公司,授权', '甲公司,未缴年费专利权终止')
  expect(counts(await take(text(newer)))).toEqual([0, 1, 1, 1])
  expect(await stands('CN104751825B')).toMatchObject({ legalStatus: 'lapsed' })
  expect(counts(await take(text(file)))).toEqual([0, 0, 2, 1])
  expect(await stands('CN104751825B')).toMatchObject({ legalStatus: 'lapsed' })
  const dated = file.replace('乙公司', '乙公司（更名）')
  expect(counts(await take(text(dated), '2012-06-01'))).toEqual([0, 0, 2, 1])
  expect(counts(await take(text(dated), '2025-06-01'))).toEqual([0, 2, 0, 1])
})

test('[F046] a file of events alone reaches the documents of its applications', async () => {
  const events =
    '申请号,法律事件代码,法律事件日,转让人,受让人\nCN201220249767.4,TR01,2019-03-01,乙公司,丁公司\nCN201220249767.4,CF01,2026-06-01,,\n'
  expect(counts(await take(text(events)))).toEqual([0, 2, 0, 0])
  expect(await stands('CN202644312U')).toMatchObject({
    legalStatus: 'lapsed',
    legalStatusOn: '2026-06-01',
    events: [{ code: 'TR01' }, { code: 'CF01' }],
    transfers: [{ to: [{ name: '丁公司' }] }],
  })
  expect(counts(await take(text(events)))).toEqual([0, 0, 2, 0])
})

const gazette = sharedData('patents_cn/cnipa_gazette_20190709_invention_authorized.gb18030.csv')
test.skipIf(gazette === undefined)(
  '[F064] a real gazette: 4,761 rows on 4,295 documents, and again nothing',
  async () => {
    const first = await take(await sourceFromPath(gazette ?? ''))
    const [accepted = 0, updated = 0, unchanged = 0, refused = 0] = counts(first)
    expect([accepted, updated + unchanged, refused]).toEqual([4295, 466, 0])
    expect(counts(await take(await sourceFromPath(gazette ?? '')))).toEqual([0, 0, 4761, 0])
  },
)

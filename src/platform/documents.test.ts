import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { pdfText } from '#testing/pdf-text.ts'

import { date } from './calendar.ts'
import { type RecordDocument, renderPdf, renderRecord } from './documents.ts'
import { BrokenInvariant } from './errors.ts'

const confirmation: RecordDocument = {
  language: 'zh',
  title: '入驻确认书',
  issuer: '知园运营中心',
  date: date('2026-11-22'),
  mark: '合成数据,不具效力',
  facts: [
    ['机构名称', '清河知识产权代理有限公司'],
    ['入驻日期', '2026年11月22日'],
  ],
  notes: ['本页可离线核验。'],
  proof: { heading: '如何核验', explanation: '扫描二维码。', address: 'https://example.org/verify/1024' },
  footer: '账本记录 1024',
}

const bare = (words: string) => words.replaceAll(/\s+/g, '')

test('a Chinese record is a PDF that embeds its fonts and says what it was given', async () => {
  const pdf = await renderRecord(confirmation)
  const source = pdf.toString('latin1')
  expect(source.startsWith('%PDF-')).toBe(true)
  expect(source).toContain('/Subtype /CIDFontType2')
  expect(source).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSerifSC-Regular/)
  expect(source).toMatch(/pdfaid:part>2.*pdfaid:conformance>A/s)
  const text = pdfText(pdf)
  for (const words of [
    '入驻确认书',
    '知园运营中心',
    '清河知识产权代理有限公司',
    '2026年11月22日',
    '合成数据',
    '账本记录 1024',
  ]) {
    expect(text).toContain(words)
  }
  expect(text).toContain('https://example.org/verify/1024')
})

test('the same record has the same bytes, and another one other bytes', async () => {
  const [first, second, other] = await Promise.all([
    renderRecord(confirmation),
    renderRecord(confirmation),
    renderRecord({ ...confirmation, footer: '账本记录 1025' }),
  ])
  expect(first.equals(second)).toBe(true)
  expect(first.equals(other)).toBe(false)
})

test('once warm, a record takes less than a second', async () => {
  await renderRecord(confirmation)
  const begun = performance.now()
  await renderRecord({ ...confirmation, title: '另一份确认书' })
  expect(performance.now() - begun).toBeLessThan(1000)
})

test.for([
  '#panic("run")',
  '#read("/etc/passwd")',
  '*bold* _it_ $x^2$ @reference <label>',
  '"quoted" \\ back # hash // comment /* open',
  '= Heading',
  '- item',
  '{"json": "]}"}',
])('a hostile text stays text: %s', async (text) => {
  const pdf = await renderRecord({
    ...confirmation,
    title: text,
    facts: [[text, text]],
    notes: [text],
    footer: text,
  })
  // Title, label, value, note and footer.
  expect(bare(pdfText(pdf)).split(bare(text)).length - 1).toBeGreaterThanOrEqual(5)
})

test('a record may have no mark, notes or proof, and many facts run over several pages', async () => {
  const { mark: _mark, notes: _notes, proof: _proof, ...plain } = confirmation
  const facts = Array.from({ length: 120 }, (_, index) => [`项目 ${index}`, `内容 ${index}`] as const)
  const pdf = await renderRecord({ ...plain, language: 'en', facts })
  expect(pdf.toString('latin1')).toMatch(/\/Type \/Pages\s+\/Count [3-9]/)
})

test('a template that fails says why, is a bug, and the next document is set all the same', async () => {
  const folder = await mkdtemp(join(import.meta.dirname, 'documents/test-'))
  try {
    const template = join(folder, 'broken.typ')
    await writeFile(template, '#json(bytes(sys.inputs.data)).missing')
    await expect(renderPdf(template, {})).rejects.toThrow(BrokenInvariant)
    await expect(renderPdf(template, {})).rejects.toThrow(/missing/)
    await expect(renderPdf('/etc/passwd', {})).rejects.toThrow(BrokenInvariant)
    await writeFile(template, '#read("/etc/passwd")')
    await expect(renderPdf(template, {})).rejects.toThrow(BrokenInvariant)
  } finally {
    await rm(folder, { recursive: true })
  }
  expect((await renderRecord(confirmation)).length).toBeGreaterThan(10_000)
})

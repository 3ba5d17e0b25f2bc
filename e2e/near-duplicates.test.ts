import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'
import { runOneSearch } from '../src/patents/near-run.ts'
import { putRecords } from '../src/patents/public.ts'
import { source } from '../src/patents/record.fixture.ts'
import { PatentRecord } from '../src/patents/record.rules.ts'

const WORDS = {
  zh: {
    prefix: '',
    found: '库中有 1 件文字与本件相近。',
    relation: '同一代理机构，申请人不同',
    wholeCorpus: '整个库',
    applicant: '一家申请人',
    name: '名称',
    missing: '请填写名称。',
    start: '开始查找',
    waiting: '已列入，几秒内开始。',
    frozen: /^结果固定在第 \d+ 版数据上/,
    none: '没有找到相近的申请。',
    members: '组内申请',
    sideBySide: '并排对照',
    readOnly: '您可以查看结果；由经办人员或执法检查人员开始新的查找。',
    measured: '找得准不准',
  },
  en: {
    prefix: '/en',
    found: 'Filings here with nearly the same text: 1.',
    relation: 'Same agency, different applicants',
    wholeCorpus: 'The whole corpus',
    applicant: 'One applicant',
    name: 'Name',
    missing: 'Enter a name.',
    start: 'Start the search',
    waiting: 'In the queue; it starts within seconds.',
    frozen: /^The result is frozen on data version \d+/,
    none: 'No near duplicates were found.',
    members: 'Filings of the cluster',
    sideBySide: 'Side by side',
    readOnly: 'You can read the results; officers and inspectors start new searches.',
    measured: 'How well they are found',
  },
} as const

const trap =
  '本发明公开了一种自动复位的捕鼠装置，包括底座、笼体、翻板和配重块，翻板铰接在笼体的入口处，配重块固定在翻板的一端，当老鼠踏上翻板时翻板向下转动，老鼠落入笼体后翻板在配重块的作用下自动复位，可以连续捕捉多只老鼠，结构简单，成本低廉。'
const battery =
  '本发明涉及一种固态电池的制备方法，先将硫化物电解质粉末在惰性气氛中球磨，再与正极活性物质混合后压制成片，最后在真空条件下与锂负极叠合封装，所得电池界面阻抗小，循环寿命长，安全性能好，适合规模化生产。'

const filing = (number: number, title: string, abstract: string, applicant: string) =>
  PatentRecord.parse({
    publicationNumber: `CN${100_000_000 + number}A`,
    office: 'CN',
    kind: 'A',
    right: 'invention',
    titles: { zh: title },
    abstracts: { zh: abstract },
    applicants: [{ name: applicant, country: 'CN' }],
    agency: { name: '白鹿专利代理事务所', code: '32201' },
    filedOn: '2020-03-05',
    source,
  })

let here: Site

beforeAll(async () => {
  here = await site()
  here.world.setToday('2026-11-22')
  await putRecords(here.world, [
    filing(1, '自动复位捕鼠装置', trap, '云溪机械有限公司'),
    filing(2, '一种自动复位捕鼠装置', trap.replace('配重块固定', '弹簧固定'), '青梧工贸有限公司'),
    filing(3, '固态电池的制备方法', battery, '临泽电源有限公司'),
  ])
})

describe.each(Object.entries(WORDS))('[F076] near duplicates in %s', (_language, words) => {
  test('a visitor sees on the page of a patent which other filing says the same, and how well that is found', async () => {
    const { page, complaints } = await openPage(here.origin)
    await visit(page, `${words.prefix}/patents/CN100000001A`)
    await page.getByText(words.found).waitFor()
    await page.getByText(words.relation).first().waitFor()
    expect(await page.locator('mark').count()).toBeGreaterThan(0)
    expect(await axeFindings(page)).toEqual([])
    await visit(page, `${words.prefix}/patents/near-duplicates`)
    await page.getByRole('heading', { name: words.measured }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('[S160] an officer orders a search of the corpus, waits, and reads a cluster side by side', async () => {
    const { page, complaints } = await openPage(here.origin, { as: 'officer' })
    await visit(page, `${words.prefix}/work/patents/near-duplicates`)
    await page.getByRole('button', { name: words.start }).click()
    await page.getByText(words.missing).first().waitFor()
    await page.getByRole('radio', { name: words.wholeCorpus }).check()
    await page.getByRole('button', { name: words.start }).click()
    await page.getByText(words.waiting).waitFor()
    expect(await runOneSearch(here.world)).toBe(true)
    await page.getByText(words.frozen).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page
      .locator('main')
      .getByRole('link', { name: /自动复位捕鼠装置/ })
      .click()
    await page.getByRole('heading', { name: words.members }).waitFor()
    await page.getByText(words.sideBySide).first().waitFor()
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    expect(await axeFindings(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('a search that finds nothing says so, and a statistician reads but orders none', async () => {
    const { page } = await openPage(here.origin, { as: 'officer' })
    await visit(page, `${words.prefix}/work/patents/near-duplicates`)
    await page.getByLabel(words.name, { exact: true }).fill('临泽电源有限公司')
    await page.getByRole('button', { name: words.start }).click()
    await page.getByText(words.waiting).waitFor()
    expect(await runOneSearch(here.world)).toBe(true)
    await page.getByText(words.none).waitFor()
    const reader = await openPage(here.origin, { as: 'statistician' })
    await visit(reader.page, `${words.prefix}/work/patents/near-duplicates`)
    await reader.page.getByText(words.readOnly).waitFor()
    expect(await reader.page.getByRole('button', { name: words.start }).count()).toBe(0)
  })
})

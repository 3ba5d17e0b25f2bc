import { beforeAll, describe, expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { inTransaction } from '#platform/database.ts'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { figure } from '#testing/figures.ts'
import { plantFirms } from '#testing/parties.ts'
import { site, type Site } from '#testing/site.ts'
import { putRecords } from '../src/patents/public.ts'
import { source } from '../src/patents/record.fixture.ts'
import { PatentRecord } from '../src/patents/record.rules.ts'
import { insertInventions } from '../src/patents/store.ts'

const LANGUAGES = [
  ['zh', ''],
  ['en', '/en'],
] as const
const WORDS = {
  zh: {
    query: '检索式',
    search: '检索',
    newest: '最新在前',
    total: '共 2 件',
    unreadable: '这个检索式读不懂',
    empty: '没有符合条件的专利',
    unknown: '库中没有 CN7654321',
    subclasses: 'IPC 小类',
    choose: (name: string) => `选中 ${name}`,
    split: '拆出选中的名称',
    reason: '理由',
    confirm: '确认',
    decided: (to: string) => `成为“${to}”`,
    award: '获国家科学技术奖或中国专利奖',
    matches: '对接结果',
    adopted: '采纳',
    rejected: '不采纳',
    result: '后续结果',
  },
  en: {
    query: 'Query',
    search: 'Search',
    newest: 'Newest first',
    total: '2 documents',
    unreadable: 'This query cannot be read',
    empty: 'No patent matches',
    unknown: 'There is no CN7654321 here',
    subclasses: 'IPC subclasses',
    choose: (name: string) => `Choose ${name}`,
    split: 'Part the chosen names',
    reason: 'Reason',
    confirm: 'Confirm',
    decided: (to: string) => `parted and became “${to}”`,
    award: 'National award',
    matches: 'Result',
    adopted: 'Adopted',
    rejected: 'Rejected',
    result: 'Later result',
  },
} as const

const record = (number: number, title: string, abstract: string) =>
  PatentRecord.parse({
    publicationNumber: `CN${100_000_000 + number}A`,
    office: 'CN',
    kind: 'A',
    right: 'invention',
    titles: { zh: title },
    abstracts: { zh: abstract },
    applicants: [{ name: '青梧通信股份有限公司', country: 'CN', address: '青梧路 1 号' }],
    filedOn: `202${number}-01-02`,
    legalStatus: 'pending',
    source,
  })

let here: Site

/** What a landscape, its owners and the registers need: each language splits a joined owner of its own. */
const filed = (language: string, index: number) => {
  const names = [
    `湖滨电力（${language}）有限公司`,
    `湖滨电力(${language})有限公司`,
    '双生科技有限公司',
    '湖滨登记有限公司',
  ]
  const number = (language === 'zh' ? 500 : 600) + index
  return PatentRecord.parse({
    ...record(index % 9, `第${index}种锂电池（${language}）`, '无关'),
    publicationNumber: `CN${100_000_000 + number}B`,
    applicants: [{ name: names[index % 4], country: 'CN' }],
    mainIpc: index % 3 === 0 ? 'H01M10/00' : 'G01N33/00',
    ipc: index % 2 === 0 ? ['H01M10/00', 'G01N33/00'] : ['H01M10/00'],
    legalStatus: index % 5 === 0 ? 'lapsed' : 'in-force',
  })
}

beforeAll(async () => {
  here = await site()
  const { world } = here
  world.setToday('2026-11-22')
  const officer = world.as('officer')
  await putRecords(world, [
    record(1, '5G天线装置', '本发明公开了一种基站。'),
    record(2, '通信设备', '用于５Ｇ 通信，包括天线阵列。'),
    record(3, '<img src=x onerror=alert(1)>', '与上述无关'),
    ...LANGUAGES.flatMap(([language]) => Array.from({ length: 24 }, (_, index) => filed(language, index))),
  ])
  for (const body of [
    { name: '湖滨登记有限公司', source: '登记簿' },
    { name: '双生科技有限公司', source: '登记簿一' },
    { name: '双生科技有限公司', source: '登记簿二', country: 'SG' },
  ])
    await officer.post('/api/v1/parties', body)
  expect((await officer.post('/api/v1/owners/reading')).status).toBe(200)
  const [ownerId = ''] = await plantFirms(world.db, 1)
  await inTransaction(world.db, (tx) =>
    insertInventions(
      tx,
      [1, 2, 3].map((index) => ({
        patentNumber: `ZL20161000000${index}`,
        title: `高价值发明${index}`,
        ownerId,
        filedOn: '2020-06-01',
        grantedOn: '2022-01-01',
        lapsedOn: null,
        source: 's',
        criteria:
          index === 3
            ? []
            : [
                {
                  criterion: 'awarded' as const,
                  holdsFrom: '2023-01-01',
                  holdsTo: null,
                  evidence: '证书',
                  source: 's',
                },
              ],
      })),
    ),
  )
  await world.as('statistician').post('/api/v1/high-value/populations', {
    residents: 20_000,
    countedOn: '2025-12-31',
    version: '公报甲',
    publishedOn: '2026-03-01',
    source: '统计公报',
  })
  await officer.post('/api/v1/navigation/projects', {
    code: 'DH-1',
    title: '智能电网专利导航',
    kind: 'industry',
    startedOn: '2026-01-10',
    source: '立项文件',
  })
  const report = await officer.post('/api/v1/navigation/projects/DH-1/reports', {
    title: '总报告',
    publishedOn: '2026-06-01',
    summary: '两项结论',
    source: '报告',
    recommendations: [
      { words: '引进微电网企业', addressee: '园区' },
      { words: '收购海外专利', addressee: '运营中心' },
    ],
  })
  const [first, second] = report.body.reportList[0].recommendations
  for (const [id, kind] of [
    [first.id, 'adopted'],
    [first.id, 'result'],
    [second.id, 'rejected'],
  ])
    await officer.post(`/api/v1/navigation/recommendations/${id}/outcomes`, {
      kind,
      words: '会议纪要',
      decidedBy: '园区管委会',
      happenedOn: '2026-11-20',
    })
})

/** Follows a number and expects a list of exactly as many rows under the same number. */
async function expectToOpen(page: Page, number: Locator): Promise<void> {
  const said = Number((await number.textContent())?.replaceAll(',', ''))
  expect(said).toBeGreaterThan(0)
  await number.click()
  const rows = page.locator('.register-rows > li')
  await rows.first().waitFor()
  await expect.poll(() => rows.count()).toBe(said)
  expect(Number((await page.locator('.register-status strong').textContent())?.replaceAll(/\D/g, ''))).toBe(
    said,
  )
}

const numberIn = (page: Page, list: string, line: string | RegExp) =>
  page
    .getByRole('list', { name: list, exact: true })
    .getByRole('listitem')
    .filter({ hasText: line })
    .locator('.bar-list-value')
    .getByRole('link')

describe.each(LANGUAGES)('searching patents in %s', (language, prefix) => {
  const words = WORDS[language]

  test('[F057] [F058] [S127] a visitor searches in mixed writing, sees how many and why, orders and opens', async () => {
    const { page, complaints } = await openPage(here.origin)
    await visit(page, `${prefix}/patents`)
    await page.getByRole('searchbox', { name: words.query }).fill('5G 天线')
    await page.getByRole('button', { name: words.search, exact: true }).click()
    await page.getByText(words.total).waitFor()
    const results = page.getByRole('main').getByRole('list').first().getByRole('listitem')
    expect(await results.count()).toBe(2)
    expect(await page.locator('mark').allTextContents()).toEqual(['5G天线', '５Ｇ', '天线'])
    await page.getByRole('link', { name: words.newest }).click()
    await expect.poll(() => results.first().getByRole('heading').textContent()).toContain('通信设备')
    expect(await axeFindings(page)).toEqual([])
    await results.first().getByRole('link').click()
    await page.getByRole('heading', { level: 1, name: '通信设备' }).waitFor()
    expect(await page.getByRole('main').textContent()).not.toContain('青梧路')
    expect(await axeFindings(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('[F060] [F064] [F059] every bar opens its list for a visitor; an officer parts a joined owner and every count follows', async () => {
    const { page, complaints } = await openPage(here.origin)
    page.setDefaultTimeout(20_000)
    await visit(page, `${prefix}/patents?q=${encodeURIComponent('电池')}`)
    await expect
      .poll(() => page.locator('.register-status strong, [role=status]').first().textContent())
      .toContain('48')
    await visit(
      page,
      `${prefix}/patents/landscape?q=${encodeURIComponent(language === 'zh' ? '电池 zh' : '电池 en')}`,
    )
    const landscape = page.url()
    await expectToOpen(page, numberIn(page, words.subclasses, 'G01N'))
    await page.goto(landscape.replace('?', '?subclass=H01M&'))
    await expectToOpen(page, numberIn(page, words.subclasses, 'G01N'))

    await visit(page, `${prefix}/patents/joins`)
    const joins = page.url()
    for (const match of ['matched', 'unmatched', 'ambiguous']) {
      await page.goto(joins)
      const link = page
        .getByRole('list', { name: words.matches, exact: true })
        .locator(`a[href$="match=${match}"]`)
      await expectToOpen(page, link)
    }
    expect(await axeFindings(page)).toEqual([])

    const counted = async () => (await figure(here.world, 'patent-owners', '2026-11-22')).value ?? 0
    const before = await counted()
    const [full, half] = [`湖滨电力（${language}）有限公司`, `湖滨电力(${language})有限公司`]
    const { id } = (
      await here.world.as('visitor').get(`/api/v1/owners/named?name=${encodeURIComponent(full)}`)
    ).body
    const { page: desk } = await openPage(here.origin, { as: 'officer' })
    desk.setDefaultTimeout(20_000)
    await visit(desk, `${prefix}/patents/owners/${id}`)
    await desk.getByRole('checkbox', { name: words.choose(half) }).check()
    await desk.getByRole('button', { name: words.split }).click()
    await desk.getByLabel(words.reason).fill('两家公司')
    await desk
      .getByRole('dialog')
      .or(desk.getByRole('alertdialog'))
      .getByRole('button', { name: words.confirm, exact: true })
      .click()
    await desk.getByText(words.decided(half)).waitFor()
    expect(await counted()).toBe(before + 1)
    for (const name of [full, half]) {
      const owner = (
        await here.world.as('visitor').get(`/api/v1/owners/named?name=${encodeURIComponent(name)}`)
      ).body
      await visit(page, `${prefix}/patents/owners/${owner.id}`)
      await expectToOpen(page, page.getByRole('main').locator('a[href*="landscape/documents"]').first())
    }
    expect(complaints).toEqual([])
  })

  test('[F061] [F062] the figure of high-value inventions opens by criterion with its population; recommendations show what became of them', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/patents/high-value`)
    const rows = page.locator('.register-rows > li')
    expect(await rows.count()).toBe(2)
    await page.getByText('公报甲').first().waitFor()
    await page.getByLabel(new RegExp(`^${words.award}`)).click()
    await expect.poll(() => rows.count()).toBe(2)
    await rows.first().getByRole('link').click()
    await page.getByText(words.award).first().waitFor()
    await page.getByText('证书').first().waitFor()
    await visit(page, `${prefix}/patents/navigation/DH-1`)
    const said = page.getByRole('main').getByRole('article').getByRole('listitem')
    const of = (recommendation: string) => said.filter({ hasText: recommendation }).first()
    await of('引进微电网企业').getByText(words.adopted, { exact: true }).first().waitFor()
    await of('引进微电网企业').getByText(words.result, { exact: true }).waitFor()
    await of('收购海外专利').getByText(words.rejected, { exact: true }).first().waitFor()
    expect(await axeFindings(page)).toEqual([])
  })

  test('[F057] what cannot be read, what finds nothing and what is not there say so in words', async () => {
    const { page } = await openPage(here.origin, { width: 390 })
    await visit(page, `${prefix}/patents?q=${encodeURIComponent('天线 "固态')}`)
    await page.getByRole('alert').getByText(words.unreadable).waitFor()
    expect(await page.getByRole('alert').locator('mark').textContent()).toBe('"固态')
    expect(await axeFindings(page)).toEqual([])
    await visit(page, `${prefix}/patents?q=${encodeURIComponent('火星')}`)
    await page.getByText(words.empty).waitFor()
    await visit(page, `${prefix}/patents/CN7654321`)
    await page.getByText(words.unknown).waitFor()
    await visit(page, `${prefix}/patents?q=${encodeURIComponent('天线')}`)
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'
import { putRecords } from '../src/patents/public.ts'
import { PatentRecord } from '../src/patents/record.rules.ts'

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
  },
  en: {
    query: 'Query',
    search: 'Search',
    newest: 'Newest first',
    total: '2 documents',
    unreadable: 'This query cannot be read',
    empty: 'No patent matches',
    unknown: 'There is no CN7654321 here',
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
    source: {
      run: 't',
      file: 'f',
      line: 1,
      format: 't',
      observedOn: '2026-11-22',
      seenAt: '2026-11-22T00:00:00.000Z',
    },
  })

let here: Site

beforeAll(async () => {
  here = await site()
  await putRecords(here.world, [
    record(1, '5G天线装置', '本发明公开了一种基站。'),
    record(2, '通信设备', '用于５Ｇ 通信，包括天线阵列。'),
    record(3, '<img src=x onerror=alert(1)>', '与上述无关'),
  ])
})

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

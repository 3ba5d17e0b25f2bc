import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'
import { plantAgencies, type Planted } from '../src/agencies/register.fixture.ts'

const LANGUAGES = [
  ['zh', ''],
  ['en', '/en'],
] as const
const WORDS = {
  zh: {
    search: '机构名称、拼音、代码',
    day: '查看哪一天',
    empty: '没有符合条件的机构',
    unknown: '名录里没有这家机构',
    ahead: '还没有到',
  },
  en: {
    search: 'Name, pinyin or code',
    day: 'As of',
    empty: 'No agency fits',
    unknown: 'No such agency',
    ahead: 'has not come',
  },
} as const

let here: Site
let lake: Planted

beforeAll(async () => {
  here = await site()
  const carrier = here.world.zone.carriers[0]?.id ?? ''
  const planted = await plantAgencies(
    here.world.db,
    [
      {
        name: '湖光知识产权代理有限公司',
        facts: {
          nameEn: 'Lakelight IP',
          foundedOn: '2012-05-01',
          telephone: '025-1234567',
          website: 'https://lakelight.test',
          languages: ['zh', 'en'],
          prices: [{ service: '发明专利申请', amountFen: 600_000, unit: '件', note: '含审查答复' }],
          patentLicence: { agencyCode: '32999', grantedOn: '2013-01-01' },
          trademarkRecordal: { number: null, validFrom: '2020-01-01', validTo: '2023-01-01' },
          contactName: '张晓明',
          contactPhone: '13812345678',
        },
        observedOn: '2024-01-01',
      },
      { name: '旧港咨询', movedOut: '2025-07-01' },
      { name: '<img src=x onerror=alert(1)>' },
    ],
    carrier,
  )
  if (planted[0] !== undefined) lake = planted[0]
})

describe.each(LANGUAGES)('the directory in %s', (language, prefix) => {
  const words = WORDS[language]

  test('[F008] [F009] [S203] list and agency keep their policy, stay on their origin and have no finding of axe', async () => {
    for (const path of ['/agencies', '/agencies?asOf=2025-06-30', `/agencies/${lake.code}`]) {
      const { page, complaints } = await openPage(here.origin)
      await visit(page, prefix + path)
      await page.locator('main .chart canvas, main .timeline').first().waitFor()
      expect([path, await axeFindings(page), complaints]).toEqual([path, [], []])
    }
  })

  test('[F008] on a phone nothing scrolls sideways', async () => {
    const { page } = await openPage(here.origin, { width: 360, height: 740 })
    for (const path of ['/agencies', `/agencies/${lake.code}`]) {
      await visit(page, prefix + path)
      expect([path, (await overflowOf(page)) <= 0]).toEqual([path, true])
    }
  })

  test('[F010] [S203] a search and a past day stand in the address, and the list says what it found', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/agencies`)
    const rows = page.locator('.register-rows > li')
    expect(await rows.count()).toBe(2)
    await page.getByLabel(words.day).fill('2025-06-30')
    await page.waitForURL(/asOf=2025-06-30/)
    await expect.poll(() => rows.count()).toBe(3)
    await page.getByLabel(words.search).fill('湖光')
    await page.waitForURL(/q=/)
    await expect.poll(() => rows.count()).toBe(1)
    await page.getByLabel(words.search).fill('zzzz')
    await page.getByText(words.empty).waitFor()
    await page.getByLabel(words.day).fill('2999-01-01')
    await page.getByText(words.ahead).first().waitFor()
    expect(page.url()).toContain('asOf=2025-06-30')
  })

  test('[F009] [S149] [S64] an agency shows source and day of every field, marks what is old, and hides its contact', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/agencies/${lake.code}`)
    const telephone = page.locator('.fact', { hasText: '025-1234567' })
    const shown = (await telephone.textContent()) ?? ''
    expect(shown).toContain('fixture')
    expect(shown).toContain('2024-01-01')
    expect(await telephone.locator('.badge').count()).toBe(1)
    const whole = (await page.locator('main').textContent()) ?? ''
    expect(whole).toContain('138****5678')
    expect(whole).not.toContain('13812345678')
  })

  test('[F014] [S60] the stage lists the numbers and the clause it rests on', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/agencies/${lake.code}`)
    const table = page.locator('.data-table table')
    await table.waitFor()
    expect(await table.locator('tbody tr').count()).toBe(
      here.world.zone.stageRules.at(-1)?.stages.flatMap(({ conditions }) => conditions).length,
    )
    expect(await page.getByRole('link', { name: 'S60' }).getAttribute('href')).toBe(`${prefix}/clauses/S60`)
  })

  test('an unknown agency says so', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/agencies/ZZZ999`)
    await expect.poll(() => page.locator('main').textContent()).toContain(words.unknown)
  })
})

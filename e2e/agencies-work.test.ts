import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'
import { inTransaction } from '#platform/database.ts'
import { insertReturns } from '../src/agencies/bulk.store.ts'
import { plantAgencies, type Planted } from '../src/agencies/register.fixture.ts'

const million = 100_000_000
const LANGUAGES = [
  ['zh', ''],
  ['en', '/en'],
] as const
const WORDS = {
  zh: {
    revenue: '营业收入',
    headcount: '期末从业人员',
    file: '报送',
    reason: /请说明原因：/,
    filed: '报表已报送',
    founded: '成立日期',
    staff: '入驻人数',
    ask: '查看建议',
    proposed: '建议入驻',
    reasons: ['发展阶段', '园区产业', '规模'],
  },
  en: {
    revenue: 'Revenue',
    headcount: 'People at the end of the period',
    file: 'File the return',
    reason: /Your reason/,
    filed: 'The return is filed',
    founded: 'Founded on',
    staff: 'People who will work there',
    ask: 'Show the proposal',
    proposed: 'Proposed',
    reasons: ['Stage', 'Industry of the park', 'Size'],
  },
} as const

let here: Site
let planted: Planted[]

beforeAll(async () => {
  here = await site()
  here.world.setToday('2026-02-10')
  planted = await plantAgencies(
    here.world.db,
    [
      { name: '湖光代理', movedIn: '2023-05-01' },
      { name: '小山代理', movedIn: '2023-05-01' },
    ],
    here.world.zone.carriers[0]?.id ?? '',
  )
  await inTransaction(here.world.db, (tx) =>
    insertReturns(
      tx,
      planted.map(({ id }) => ({
        agencyId: id,
        periodFrom: '2024-01-01',
        periodTo: '2025-01-01',
        revenueFen: 3 * million,
        headcount: 8,
        filedOn: '2025-03-01',
        source: 'annual return',
      })),
    ),
  )
  await here.world.as('operator').post(`/api/v1/agencies/${planted[0]?.code}/client-files`, {
    reference: 'A-1',
    title: '一种水泵 发明专利申请',
    clientName: '清源机电',
    openedOn: '2025-04-01',
  })
})

describe.each(LANGUAGES)('in %s', (language, prefix) => {
  const words = WORDS[language]

  test.each([
    ['/move-in', undefined],
    ['/work/returns', 'statistician'],
    ['/work/returns/:code', 'statistician'],
    ['/work/returns/:code/2025', 'statistician'],
    ['/work/returns/:code/2024', 'statistician'],
    ['/work/exits', 'operator'],
    ['/work/agencies/:code/clients', 'operator'],
  ] as const)('[F011] [F012] [F090] %s has no finding of axe and fits a phone', async (path, as) => {
    const { page, complaints } = await openPage(here.origin, { width: 390, height: 800, ...(as && { as }) })
    await visit(page, prefix + path.replace(':code', planted[0]?.code ?? ''))
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    expect(await axeFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
    if (process.env['SHOTS'])
      await page.screenshot({
        path: `${process.env['SHOTS']}/${language}${path.replaceAll(/[/:]/g, '_')}.png`,
        fullPage: true,
      })
  })

  test('[F090] [S198] revenue ten times last year’s: the form asks for a reason before it is filed', async () => {
    const code = planted[language === 'zh' ? 0 : 1]?.code ?? ''
    const { page } = await openPage(here.origin, { as: 'statistician' })
    await visit(page, `${prefix}/work/returns/${code}/2025`)
    await page.getByLabel(words.revenue, { exact: true }).fill('30000000')
    await page.getByLabel(words.headcount, { exact: true }).fill('9')
    for (const input of await page.locator('form input[inputmode=decimal]').all()) {
      if ((await input.inputValue()) === '') await input.fill('0')
    }
    await page.getByRole('button', { name: words.file, exact: true }).click()
    await page.getByRole('alert').waitFor()
    const reason = page.getByRole('textbox', { name: words.reason }).first()
    await reason.waitFor()
    expect(await page.getByText(words.filed).count()).toBe(0)
    await reason.fill('并入无锡分所的业务')
    await page.getByRole('button', { name: words.file, exact: true }).click()
    await page.getByText(words.filed).waitFor()
  })

  test('[F011] [S59] [S60] a start-up is told the base proposed and the three rules that led there', async () => {
    const base = here.world.zone.carriers.find(({ stage }) => stage === 'start-up')
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/move-in`)
    await page.getByLabel(words.founded).fill('2025-12-01')
    await page.getByLabel(words.staff).fill('4')
    const park = here.world.zone.placement.at(-1)?.parks.find(({ carrier }) => carrier === base?.id)
    await page.locator(`input[type=checkbox][value="${park?.industries[0]}"]`).check()
    await page.getByRole('button', { name: words.ask }).click()
    const heading = page.getByRole('heading', { name: words.proposed })
    await heading.first().waitFor()
    expect(await heading.first().textContent()).toContain(base?.shortNames[language])
    for (const rule of words.reasons)
      await page.locator('main ol strong', { hasText: rule }).first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/${language}_advice.png`, fullPage: true })
  })
})

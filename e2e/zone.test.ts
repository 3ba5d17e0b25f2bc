import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'
import { world } from '#testing/world.ts'
import { secondZone } from '#testing/zone-folder.ts'

const LANGUAGES = [
  ['zh', ''],
  ['en', '/en'],
] as const

const WORDS = {
  zh: {
    gap: '缺口',
    unknown: '没有这一条',
    save: '变更分区',
    saved: '已登记',
    required: '请填写',
    current: '孵化改作办公',
  },
  en: {
    gap: 'Gap',
    unknown: 'No such clause',
    save: 'Change the area',
    saved: 'is recorded',
    required: 'Please fill',
    current: 'Pier offices',
  },
} as const

let here: Site
beforeAll(async () => {
  here = await site(() => world({ pages: true, zoneFolder: secondZone, zoneInForce: true }))
  here.world.setToday('2026-11-22')
})

const PAGES = [
  '/plan',
  '/clauses',
  '/clauses/S7',
  '/carriers',
  '/carriers/pier',
  '/stations',
  '/stations/window',
  '/spaces',
  '/industries',
  '/about',
]

describe.each(LANGUAGES)('the pages of the zone in %s', (language, prefix) => {
  test.each(PAGES)('[F109] %s speaks of the second zone, with no finding of axe', async (path) => {
    const { page, complaints } = await openPage(here.origin)
    await visit(page, prefix + path)
    expect(await page.locator('h1').count()).toBe(1)
    expect(await page.locator('header').first().textContent()).toContain(here.world.zone.shortNames[language])
    expect(await axeFindings(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('on a phone nothing scrolls sideways', async () => {
    const { page } = await openPage(here.origin, { width: 360, height: 740 })
    for (const path of PAGES) {
      await visit(page, prefix + path)
      expect(await overflowOf(page), `${path} on a phone`).toBeLessThanOrEqual(0)
    }
  })

  test('[F092] [S1] from the plan to a clause and back to its line', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/plan`)
    await page.locator('#S7 a').click()
    await page.waitForURL(`**${prefix}/clauses/S7`)
    await page.locator('blockquote mark').first().waitFor()
    expect(await page.locator('blockquote mark').first().textContent()).toBe(
      here.world.zone.clauses[6]?.quotes[0],
    )
    await page.locator('a[href$="/plan#L9"]').click()
    await page.waitForURL(`**${prefix}/plan#L9`)
  })

  test('[F092] the gaps open, and a clause that is none says so', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/clauses?status=open`)
    const shown = await page.locator('.register-rows li').count()
    const { body } = await here.world.as('visitor').get('/api/v1/clauses?status=open')
    expect(shown).toBe(body.total)
    expect(await page.locator('.register-rows li').first().textContent()).toContain(WORDS[language].gap)
    await visit(page, `${prefix}/clauses/S999`)
    await page.getByText(WORDS[language].unknown).first().waitFor()
  })

  test('[F013] [S61] an officer changes an area with a reason, and yesterday’s map still stands', async () => {
    const area = language === 'zh' ? 'pier-area' : 'lighthouse-area'
    const { page, complaints } = await openPage(here.origin, { as: 'officer' })
    await visit(page, `${prefix}/work/zoning`)
    await page.locator('#field-area').selectOption(area)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: WORDS[language].save }).click()
    await page.getByText(WORDS[language].required).first().waitFor()
    await page.locator('#field-reason').fill(WORDS[language].current)
    await page.locator('#field-use').selectOption(language === 'zh' ? 'office' : 'harbour')
    await page.getByRole('button', { name: WORDS[language].save }).click()
    await page.getByText(WORDS[language].saved).first().waitFor()

    await visit(page, `${prefix}/spaces`)
    expect(await page.locator('main').textContent()).toContain(WORDS[language].current)
    await visit(page, `${prefix}/spaces?asOf=2026-11-21`)
    expect(await page.locator('main').textContent()).not.toContain(WORDS[language].current)
    expect(complaints).toEqual([])
  })
})

test('[F013] [S57] a unit is let at the desk, and the public sees who holds it', async () => {
  const { page } = await openPage(here.origin, { as: 'operator' })
  await visit(page, '/en/work/leases')
  const field = (name: string) => page.locator(`#field-${name}`)
  await field('unit').fill('Lighthouse house 102')
  await page.getByRole('option').first().click()
  await field('number').fill('L-2026-009')
  await field('tenantName').fill('汐语专利代理有限公司')
  await field('tenantCreditCode').fill('91320115ma1abcde0x')
  await field('monthlyRentFen').fill('6400.50')
  await field('validFrom').fill('2026-10-01')
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.getByText('Lease L-2026-009 is recorded.').waitFor()
  expect(await axeFindings(page)).toEqual([])
  const { body } = await here.world.as('operator').get('/api/v1/leases')
  expect(body.items).toMatchObject([
    { unit: 'lh-102', monthlyRentFen: 640_050, validFrom: '2026-10-01', validTo: null },
  ])

  await visit(page, '/en/spaces?asOf=2026-10-01')
  await page.locator('summary').first().click()
  await page.locator('details details summary').first().click()
  await page.getByText('汐语专利代理有限公司').waitFor()
})

test('[F109] the administrator loads the folder again and sees what runs', async () => {
  const { page } = await openPage(here.origin, { as: 'administrator' })
  await visit(page, '/en/work/zone')
  await page.getByRole('button', { name: 'Load the folder again' }).click()
  await page.getByText('nothing changed').waitFor()
  expect(await page.locator('main').textContent()).toContain(here.world.zone.version)
  expect(await axeFindings(page)).toEqual([])
})

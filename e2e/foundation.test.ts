import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'

let here: Site

beforeAll(async () => {
  here = await site()
})

const LANGUAGES = [
  ['zh', '', 'zh-CN'],
  ['en', '/en', 'en'],
] as const

describe.each(LANGUAGES)('in %s', (language, prefix, lang) => {
  test.each(['/', '/open-data', '/api', '/ui', '/ui?density=workbench'])(
    '[F008] [S79] %s keeps its policy, stays on its origin and has no finding of axe',
    async (path) => {
      const { page, complaints } = await openPage(here.origin)
      await visit(page, prefix + path)
      expect(await page.locator('html').getAttribute('lang')).toBe(lang)
      expect(await page.locator('h1').count()).toBe(1)
      expect(await axeFindings(page)).toEqual([])
      expect(complaints).toEqual([])
    },
  )

  test.each(['/', '/open-data', '/api', '/ui'])('[F008] %s needs no sideways scrolling on a phone', async (path) => {
    const { page } = await openPage(here.origin, { width: 360, height: 740 })
    await visit(page, prefix + path)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })

  test('[F008] at 200 % zoom the home page still reads in one column', async () => {
    // Zoom halves the CSS pixels of a window: 1280 wide at 200 % is 640.
    const { page } = await openPage(here.origin, { width: 640, height: 450 })
    await visit(page, `${prefix}/`)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    expect(await axeFindings(page)).toEqual([])
  })

  test('the first paint has the name of the zone before any script runs', async () => {
    const response = await fetch(`${here.origin}${prefix || '/'}`)
    const html = await response.text()
    expect(html).toContain(`<h1>${here.world.zone.names[language]}</h1>`)
    expect(html).toContain(`<html lang="${lang}">`)
    expect(html).not.toMatch(/<!--(?:boot|shell)-->/)
  })

  test('an address of no page says so and leads home', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/no-such-page`)
    expect(await page.locator('main').textContent()).toContain('404')
    await page.locator('main a').click()
    await page.waitForURL(`${here.origin}${prefix || '/'}`)
  })
})

test('[F008] the language switch leads to the same page and the same filters', async () => {
  const { page } = await openPage(here.origin)
  await visit(page, '/api?q=clauses')
  await page.getByRole('link', { name: 'English' }).click()
  await page.waitForURL(`${here.origin}/en/api?q=clauses`)
  await page.getByRole('heading', { level: 1, name: 'API reference' }).waitFor()
  expect(await page.getByRole('searchbox').inputValue()).toBe('clauses')
})

describe('by keyboard alone', () => {
  test('[F008] the first stop of a page skips to its content', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, '/en/open-data')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
  })

  test('[F008] navigation moves the focus to the heading of the new page', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, '/en')
    await page.locator('header').getByRole('link', { name: 'Open data' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Open data' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })

  test('[F008] a table has one stop; arrows move, Enter opens, Escape comes back', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, '/en/ui')
    const rows = page.locator('.row-open')
    await rows.first().focus()
    await page.keyboard.press('ArrowDown')
    const second = await rows.nth(1).textContent()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(second)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('heading', { name: second ?? '' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(second)
  })

  test('[F008] a refused form puts the focus on its summary, and a line of it on its field', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, '/en/ui')
    await page.getByRole('button', { name: 'Submit', exact: true }).last().press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('error-summary')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Enter the name of the agency' }).press('Enter')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name')
  })
})

test('a chart turns into the table it was drawn from', async () => {
  const { page, complaints } = await openPage(here.origin)
  await visit(page, '/en/ui')
  const chart = page.getByRole('figure', { name: 'Agencies against the course' })
  await chart.locator('canvas').waitFor()
  await chart.getByRole('button', { name: 'Show as table' }).press('Enter')
  expect(await chart.getByRole('row', { name: /2026/ }).textContent()).toBe('20269799')
  expect(complaints).toEqual([])
})

test('the API page lists every operation of the contract and says who may call it', async () => {
  const { page } = await openPage(here.origin)
  await visit(page, '/en/api?q=/zone/reload')
  const operation = page.getByRole('group').filter({ hasText: '/zone/reload' })
  expect(await operation.textContent()).toContain('Administrator')
  expect(await operation.textContent()).toContain('INVALID_PROFILE')
})

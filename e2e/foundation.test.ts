import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
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
  test.each(['/', '/open-data', '/api?q=agencies', '/ui', '/ui?density=workbench'])(
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

  test('[F008] on a phone and at 200 % zoom nothing scrolls sideways', async () => {
    // Zoom halves the CSS pixels of a window: 1280 wide at 200 % is 640.
    for (const width of [360, 640]) {
      const { page } = await openPage(here.origin, { width, height: 740 })
      for (const path of ['/', '/open-data', '/api', '/ui']) {
        await visit(page, prefix + path)
        const overflow = await overflowOf(page)
        expect(overflow, `${path} at ${width}`).toBeLessThanOrEqual(0)
      }
    }
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
    await page.waitForURL((url) => url.pathname === prefix || url.pathname === `${prefix}/`)
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
    expect(await page.locator(':focus').textContent()).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.locator('main :focus').count()).toBe(1)
  })

  test('[F008] navigation moves the focus to the heading of the new page', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, '/en')
    await page.locator('header').getByRole('link', { name: 'Open records' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Open data' }).waitFor()
    await page.locator('h1:focus').waitFor()
    expect(await page.locator(':focus').textContent()).toBe('Open data')
  })

  test('[F008] a table has one stop; arrows move, Enter opens, Escape comes back', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, '/en/ui')
    const rows = page.locator('.row-open')
    await rows.first().focus()
    await page.keyboard.press('ArrowDown')
    const second = await rows.nth(1).textContent()
    expect(await page.locator(':focus').textContent()).toBe(second)
    await page.keyboard.press('Enter')
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: second ?? '' })
      .waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.row-open:focus', { hasText: second ?? '' }).waitFor()
  })

  test('[F008] a refused form puts the focus on its summary, and a line of it on its field', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, '/en/ui')
    await page.getByRole('button', { name: 'Submit', exact: true }).last().press('Enter')
    await page.locator('.error-summary:focus').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Enter the name of the agency' }).press('Enter')
    expect(await page.locator(':focus').getAttribute('name')).toBe('name')
  })
})

describe('the workbench', () => {
  test.each(LANGUAGES)('[F008] in %s has no finding of axe and goes by keys', async (_, prefix) => {
    const { page, complaints } = await openPage(here.origin, { as: 'officer' })
    await visit(page, `${prefix}/work/imports`)
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await page.waitForURL(`${here.origin}${prefix}/work`)
    await page.locator('h1:focus').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })

  test('asks a visitor to sign in and remembers where to come back to', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, '/en/work/imports')
    const link = page.locator('main').getByRole('link', { name: 'Sign in' })
    expect(await link.getAttribute('href')).toBe('/en/sign-in?next=%2Fen%2Fwork%2Fimports')
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

import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach } from 'vitest'
import { launchBrowser } from './launch-browser.ts'
import { actorFor, type As } from './world.ts'

export interface OpenedPage {
  readonly page: Page
  /** What went wrong behind the page's back; empty in a passing test. */
  readonly complaints: readonly string[]
}

interface PageOptions {
  readonly width?: number
  readonly height?: number
  /** Who reads: every request of the page says so, as in `world().as(…)`. */
  readonly as?: As
}

let shared: Promise<Browser> | undefined
/**
 * Profiles are used again by the next test, emptied of all but what they have fetched and compiled: a page in a fresh one
 * spends half of its time on that. The n-th page of a test has the n-th profile, so two people of one test share nothing.
 */
let profiles: { readonly origin: string; readonly context: BrowserContext }[] = []
let used = 0

async function nextProfile(origin: string): Promise<BrowserContext> {
  const place = used++
  const known = profiles[place]
  if (known?.origin === origin) return known.context
  await known?.context.close()
  shared ??= launchBrowser()
  const browser = await shared
  const context = await browser.newContext({ baseURL: origin, reducedMotion: 'reduce' })
  profiles[place] = { origin, context }
  return context
}

/**
 * A page in a profile of its own; one browser serves all tests of a file. What the page does behind the reader's back is
 * written down: a request to another origin, a broken content security policy, an error in the console.
 */
export async function openPage(origin: string, options: PageOptions = {}): Promise<OpenedPage> {
  const context = await nextProfile(origin)
  const page = await context.newPage()
  await emptied(page, origin)
  await page.setViewportSize({ width: options.width ?? 1280, height: options.height ?? 900 })
  if (options.as !== undefined) await page.setExtraHTTPHeaders(headersOf(options.as))
  const complaints: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== origin) {
      complaints.push(`left the machine: ${request.url()}`)
    }
  })
  page.on('pageerror', (error) => complaints.push(`threw: ${error.message}`))
  page.on('console', (message) => {
    // A refused request is an answer that pages word themselves; Chromium also prints it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text())
    }
  })
  return { page, complaints }
}

/** Goes to a path and waits until its heading is there and nothing holds the place of what is still coming. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.locator('footer, .rail').first().waitFor()
  await page.locator('main h1').first().waitFor()
  // The gallery shows the placeholder itself. The policy of the page allows no evaluated text, so locators ask.
  if (new URL(page.url()).pathname.endsWith('/ui')) return
  await page.locator('main .skeleton').first().waitFor({ state: 'detached' })
}

/** By how many pixels the page is wider than the window. */
export async function overflowOf(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
}

/** The findings of axe for WCAG 2.2 A and AA, one line each: rule, place, what to do. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Our pages hold no frames, so the short way through axe finds the same; and what is well need not be listed.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary?.replaceAll(/\s+/g, ' ')}`),
  )
}

function headersOf(who: As): Record<string, string> {
  return { authorization: 'test', 'x-test-actor': encodeURIComponent(JSON.stringify(actorFor(who))) }
}

/** Cookies and whatever the last page of this profile kept for itself; not the files it fetched. */
async function emptied(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', {
    origin,
    storageTypes: 'cookies,local_storage,indexeddb,websql,service_workers',
  })
  await session.detach()
}

beforeEach(() => {
  used = 0
})

/** A page left open goes on asking and drawing beside the next test. */
afterEach(async () => {
  await Promise.all(profiles.flatMap(({ context }) => context.pages().map((page) => page.close())))
})

afterAll(async () => {
  const browser = await shared
  await browser?.close()
  shared = undefined
  profiles = []
})

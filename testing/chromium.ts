import chromium from '@sparticuz/chromium'
import { existsSync } from 'node:fs'
import { type Browser, chromium as driver, type Page } from 'playwright-core'
import { afterAll } from 'vitest'

/** Places where a system keeps its own Chromium; it starts faster than one that must be unpacked first. */
const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A browser in a container without a user's session: no sandbox to set up, no display, and no word to its makers. */
const ARGUMENTS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Starts Chromium: the system's if there is one, else the one inside the npm package. */
export async function launchBrowser(): Promise<Browser> {
  const system = process.env['CHROMIUM_PATH'] ?? SYSTEM_BROWSERS.find((path) => existsSync(path))
  return driver.launch({ executablePath: system ?? (await chromium.executablePath()), args: ARGUMENTS })
}

let shared: Promise<Browser> | undefined

/**
 * One browser for all tests of a file, and a fresh profile for each page. A page that calls anything outside its own
 * origin, or breaks the content security policy, fails the test that opened it.
 */
export async function openPage(origin: string, options: { width?: number; height?: number } = {}): Promise<OpenedPage> {
  shared ??= launchBrowser()
  const context = await (await shared).newContext({
    baseURL: origin,
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== origin) complaints.push(`left the machine: ${request.url()}`)
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

export interface OpenedPage {
  readonly page: Page
  /** What went wrong behind the page's back; empty in a passing test. */
  readonly complaints: readonly string[]
}

afterAll(async () => {
  await (await shared)?.close()
  shared = undefined
})

import type { Browser, Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { launchBrowser } from './launch-browser.ts'

let shared: Promise<Browser> | undefined

/**
 * One browser for all tests of a file, and a fresh profile for each page. A page that calls anything outside its own
 * origin, or breaks the content security policy, fails the test that opened it.
 */
export async function openPage(
  origin: string,
  options: { width?: number; height?: number } = {},
): Promise<OpenedPage> {
  shared ??= launchBrowser()
  const context = await (
    await shared
  ).newContext({
    baseURL: origin,
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== origin)
      complaints.push(`left the machine: ${request.url()}`)
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

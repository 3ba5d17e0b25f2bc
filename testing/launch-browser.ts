import chromium from '@sparticuz/chromium'
import { existsSync } from 'node:fs'
import { type Browser, chromium as driver } from 'playwright-core'

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

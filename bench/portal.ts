import { rm } from 'node:fs/promises'
import { freePort } from '#platform/processes.ts'
import { launchBrowser } from '#testing/launch-browser.ts'
import { startPlatform } from '#testing/platform-process.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { median, rounded, type Measurement } from './measure.ts'

const kilobyte = 1000

/** What a first visitor on a slow phone waits for: a new browser each time, nothing cached. */
export async function portal(): Promise<Measurement[]> {
  const dataFolder = await temporaryFolder('bench')
  const platform = await startPlatform({ dataFolder, port: await freePort() })
  try {
    const zh = await visit(`${platform.url}/`)
    const en = await visit(`${platform.url}/en/`)
    const bytes = Math.max(zh.scriptBytes, en.scriptBytes)
    const paint = Math.max(zh.largestPaint, en.largestPaint)
    return [
      {
        name: 'first-load JavaScript of the portal, compressed',
        figures: { zhKB: rounded(zh.scriptBytes / kilobyte), enKB: rounded(en.scriptBytes / kilobyte) },
        budget: '<= 200 KB',
        met: bytes <= 200 * kilobyte,
      },
      {
        name: 'largest contentful paint, 4x CPU slowdown, 1.6 Mbit/s, 150 ms round trip',
        figures: { zhMs: rounded(zh.largestPaint), enMs: rounded(en.largestPaint) },
        budget: '< 1500 ms',
        met: paint < 1500,
      },
    ]
  } finally {
    platform.supervisor.kill('SIGTERM')
    await new Promise((resolve) => platform.supervisor.once('exit', resolve))
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function visit(url: string) {
  const paints: number[] = []
  let scriptBytes = 0
  for (let round = 0; round < 5; round++) {
    const browser = await launchBrowser()
    const page = await browser.newPage()
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: (1.6 * 1e6) / 8,
      uploadThroughput: (0.75 * 1e6) / 8,
    })
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const scripts = new Map<string, number>()
    const requests = new Map<string, string>()
    session.on(
      'Network.responseReceived',
      ({ requestId, type }) => type === 'Script' && requests.set(requestId, type),
    )
    session.on(
      'Network.loadingFinished',
      ({ requestId, encodedDataLength }) =>
        requests.has(requestId) && scripts.set(requestId, encodedDataLength),
    )
    await page.goto(url, { waitUntil: 'networkidle' })
    paints.push(await page.evaluate<number>(largestPaint))
    scriptBytes = Math.max(
      scriptBytes,
      [...scripts.values()].reduce((sum, size) => sum + size, 0),
    )
    await browser.close()
  }
  return { largestPaint: median(paints), scriptBytes }
}

/** Runs in the page: the last entry that the browser reported as largest. */
const largestPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({ type: 'largest-contentful-paint', buffered: true })
})`

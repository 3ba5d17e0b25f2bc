import { rm } from 'node:fs/promises'
import { freePort } from '#platform/processes.ts'
import { startPlatform } from '#testing/platform-process.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { median, rounded, type Measurement } from './measure.ts'

/** From the command to the ready line, once on an empty folder and three times after. */
export async function start(): Promise<Measurement[]> {
  const dataFolder = await temporaryFolder('bench')
  try {
    const first = await startAndStop(dataFolder)
    const later = [
      await startAndStop(dataFolder),
      await startAndStop(dataFolder),
      await startAndStop(dataFolder),
    ]
    const second = median(later)
    return [
      {
        name: 'second start to the ready line',
        figures: { firstMs: rounded(first, 0), secondMs: rounded(second, 0) },
        budget: '< 5000 ms',
        met: second < 5000,
      },
    ]
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function startAndStop(dataFolder: string): Promise<number> {
  const platform = await startPlatform({ dataFolder, port: await freePort() })
  platform.supervisor.kill('SIGTERM')
  await new Promise((resolve) => platform.supervisor.once('exit', resolve))
  return platform.readyAfter
}

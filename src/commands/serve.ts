import { join } from 'node:path'
import { projectFolder, type Config } from '#platform/config.ts'
import { isAlive } from '#platform/processes.ts'
import type { Log } from '#platform/log.ts'
import { lockDataFolder, openStores, type OpenStores } from '#platform/stores.ts'
import { endWith, forkNode, SupervisedProcess } from '#platform/supervisor.ts'
import { prepare } from './prepare.ts'

const entry = join(projectFolder, 'src/cli.ts')

/** The whole platform from one command: the stores, then web and worker, watched until it is told to end. */
export async function serve(config: Config, log: Log, say: (line: string) => void): Promise<void> {
  const unlock = await lockDataFolder(config.dataFolder)
  say('Starting the stores…')
  let stores = await openStores(config, log, { own: true })
  const address = () => ({
    DATABASE_URL: stores.databaseUrl,
    CLICKHOUSE_URL: stores.clickhouseUrl,
    ZHIYUAN_SUPERVISED: '1',
  })
  const children = (['worker', 'web'] as const).map(
    (role) => new SupervisedProcess(role, () => forkNode(entry, ['--role', role], address()), log),
  )
  let ending = false
  const end = async () => {
    ending = true
    for (const child of children.toReversed()) await child.stop()
    await stores.stop()
    await unlock()
  }
  endWith(end)
  try {
    await prepare(config, log, stores, say)
    await Promise.all(children.map((child) => child.start()))
  } catch (error) {
    await end()
    throw error
  }
  say(`ready http://localhost:${config.port}`)

  // A store that dies takes its address with it: it is opened again, and both processes learn the new one.
  const watch = async () => {
    if (ending || stores.pids.every((pid) => isAlive(pid))) return
    log.error('a store ended unasked and is opened again')
    stores = await reopen(config, log, stores)
    // What they hold of the dead store is lost either way: nothing is worth waiting for.
    await Promise.all(children.map((child) => child.stop(500)))
    await Promise.all(children.map((child) => child.start()))
    log.info('the stores are back')
  }
  let watching = Promise.resolve()
  setInterval(() => {
    watching = watching
      .then(watch)
      .catch((error: unknown) => log.error({ err: error }, 'a store could not be opened'))
  }, 500)
}

async function reopen(config: Config, log: Log, before: OpenStores): Promise<OpenStores> {
  await before.stop().catch(() => {})
  return openStores(config, log, { own: true })
}

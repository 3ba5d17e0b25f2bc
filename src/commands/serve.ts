import { join } from 'node:path'
import { projectFolder, type Config } from '#platform/config.ts'
import type { Log } from '#platform/log.ts'
import { lockDataFolder, openStores } from '#platform/stores.ts'
import { endWith, forkNode, SupervisedProcess } from '#platform/supervisor.ts'
import { prepareOnce } from './prepared.ts'

const entry = join(projectFolder, 'src/cli.ts')

/** The whole platform from one command: the stores, then web and worker, watched until it is told to end. */
export async function serve(config: Config, log: Log, say: (line: string) => void): Promise<void> {
  const unlock = await lockDataFolder(config.dataFolder)
  say('Starting the stores…')
  const stores = await openStores(config, log, { own: true })
  const address = () => ({
    DATABASE_URL: stores.databaseUrl,
    CLICKHOUSE_URL: stores.clickhouseUrl,
    ZHIYUAN_SUPERVISED: '1',
  })
  const children = (['worker', 'web'] as const).map(
    (role) => new SupervisedProcess(role, () => forkNode(entry, ['--role', role], address()), log),
  )
  let ending = false
  let watching = Promise.resolve()
  const end = async () => {
    ending = true
    // One that is just being opened must not be left behind.
    await watching
    for (const child of children.toReversed()) await child.stop()
    await stores.stop()
    await unlock()
  }
  endWith(end)
  try {
    await prepareOnce(config, log, async () => {
      const { prepare } = await import('./prepare.ts')
      await prepare(config, log, stores, say)
    })
    await Promise.all(children.map((child) => child.start()))
  } catch (error) {
    await end()
    throw error
  }
  say(`ready http://localhost:${config.port}`)

  // A store that died comes back where it was, and what is connected to it finds it again.
  const watch = async () => {
    if (ending || stores.dead().length === 0) return
    log.error({ stores: stores.dead() }, 'a store ended unasked and is opened again')
    const moved = await stores.revive()
    if (moved) {
      log.warn('a store had to take another address')
      // What they hold of the dead store is lost either way: nothing is worth waiting for.
      await Promise.all(children.map((child) => child.stop(500)))
      await Promise.all(children.map((child) => child.start()))
    }
    log.info('the stores are back')
  }
  setInterval(() => {
    watching = watching
      .then(watch)
      .catch((error: unknown) => log.error({ err: error }, 'a store could not be opened'))
  }, 500)
}

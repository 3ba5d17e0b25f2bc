import type { CommandInput } from '../cli.ts'
import { OperatorError } from '#platform/errors.ts'
import { openStores } from '#platform/stores.ts'
import { openPlatform, type OpenPlatform } from '../open-platform.ts'
import { loadScenario } from '../scenarios/load.ts'
import { migrateStores } from './prepare.ts'

/**
 * Opens the stores for one command and closes what it opened, whatever happens in between. `migrateFirst` is for commands
 * that bring data into an installation which may never have been started.
 */
export async function withPlatform<Result>(
  { config, log, say }: CommandInput,
  work: (platform: OpenPlatform) => Promise<Result>,
  { migrateFirst = false }: { readonly migrateFirst?: boolean } = {},
): Promise<Result> {
  const stores = await openStores(config, log, { own: false })
  try {
    if (migrateFirst) await migrateStores(stores, say)
    const platform = await openPlatform({ config, log, stores, process: 'command' })
    try {
      return await work(platform)
    } finally {
      await platform.close()
    }
  } finally {
    await stores.stop()
  }
}

export async function migrateCommand({ config, log, say, print }: CommandInput): Promise<number> {
  const stores = await openStores(config, log, { own: false })
  try {
    await migrateStores(stores, say)
    print('The stores are at this version.')
    return 0
  } finally {
    await stores.stop()
  }
}

export async function seed(input: CommandInput): Promise<number> {
  const [scenario = input.config.scenario] = input.args
  return withPlatform(
    input,
    async (platform) => {
      const loaded = await loadScenario({ ...platform, config: { ...platform.config, scenario } }, input.say)
      if (!loaded)
        throw new OperatorError(
          'This installation holds data already; a scenario is loaded into an empty one only.',
        )
      return 0
    },
    { migrateFirst: true },
  )
}

import { OperatorError } from '#platform/errors.ts'
import { openDatabase } from '#platform/database.ts'
import { openStores } from '#platform/stores.ts'
import type { CommandInput } from '../cli.ts'
import { type CommandResult, diffZones, lintZone, reloadZone } from '../zone/public.ts'

/** `zone lint`, `zone diff`, `zone reload`. */
export async function zone(input: CommandInput): Promise<number> {
  const { lines, code } = await run(input)
  for (const line of lines) input.print(line)
  return code
}

async function run(input: CommandInput): Promise<CommandResult> {
  const [action, first, second] = input.args
  if (action === 'lint') return lintZone(first ?? input.config.zoneFolder)
  if (action === 'diff' && first !== undefined && second !== undefined) return diffZones(first, second)
  if (action === 'reload') return reload(input)
  throw new OperatorError('Use "zone lint [folder]", "zone diff <folder> <folder>" or "zone reload".')
}

async function reload({ config, log }: CommandInput): Promise<CommandResult> {
  const stores = await openStores(config, log, { own: false })
  const db = openDatabase(stores.databaseUrl, { maxConnections: 2, applicationName: 'zhiyuan-zone' })
  try {
    return await reloadZone(db, config.zoneFolder, new Date())
  } finally {
    await db.destroy()
    await stores.stop()
  }
}

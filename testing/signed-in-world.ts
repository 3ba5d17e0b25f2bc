import { createLog } from '#platform/log.ts'
import { createDemoAccounts, openIdentity } from '../src/identity/public.ts'
import { readIdentitySettings } from '../src/identity/settings.ts'
import { recordAudit } from '../src/ledger/public.ts'
import { watchZone } from '../src/zone/public.ts'
import { world, type World } from './world.ts'

interface Options {
  env?: Readonly<Record<string, string>>
  /** The pages of the web beside the API. */
  pages?: boolean
}

/** A world in which people really sign in, with one demo account a role and its zone in force. */
export async function signedInWorld({ env = {}, pages = false }: Options = {}): Promise<World> {
  const w = await world({
    env,
    pages,
    identity: ({ config, db }) => openIdentity({ config, db, log: createLog('silent'), env }),
  })
  const zone = await watchZone({
    db: w.db,
    folder: w.config.zoneFolder,
    log: createLog('silent'),
    watchFolder: false,
  })
  await zone.stop()
  await w.write(async (tx, context) => {
    await createDemoAccounts(tx, readIdentitySettings(w.config, env).secret, context.now)
    await recordAudit(tx, context, { action: 'scenario.loaded', subject: { kind: 'scenario', id: 'demo' } })
  })
  return w
}

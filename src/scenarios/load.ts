import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { date } from '#platform/calendar.ts'
import { inTransaction } from '#platform/database.ts'
import { OperatorError } from '#platform/errors.ts'
import { indicators } from '../indicators.ts'
import { createDemoAccounts, readIdentitySettings } from '../identity/public.ts'
import { systemContext, type OpenPlatform } from '../open-platform.ts'
import { putRecords } from '../patents/corpus.store.ts'
import { readOwners } from '../patents/public.ts'
import { takeSnapshot } from '../statistics/public.ts'
import { plantBookings } from './demo-bookings.ts'
import { plantCloud, plantListings } from './demo-market.ts'
import { plantMatters } from './demo-matters.ts'
import { plantMoveIns } from './demo-moving.ts'
import { placeDemoAccounts } from './demo-memberships.ts'
import { plantOrders } from './demo-orders.ts'
import { findScenario, recordScenario } from '#platform/installation.ts'
import { insertAnnualPlan } from './twin/annual-plan.ts'
import { plantAppraisals } from './twin/appraisal.ts'
import { generateTwin } from './twin/generate.ts'
import { TwinParameters } from './twin/parameters.ts'
import { insertTwin } from './twin/store.ts'

/**
 * Loads the scenario of the settings into an empty installation, all or nothing: a start that is killed half way begins
 * anew. Answers false when this installation has begun already.
 */
export async function loadScenario(platform: OpenPlatform, say: (line: string) => void): Promise<boolean> {
  if ((await findScenario(platform.db)) !== undefined) return false
  const { scenario } = platform.config
  if (scenario === 'none') {
    await inTransaction(platform.db, (tx) => recordScenario(tx, scenario, new Date()))
    return true
  }
  const parameters = await readParameters(platform)
  say(`Loading the synthetic scenario ${scenario}…`)
  const { rows, patents } = generateTwin(parameters, platform.zone.current())
  const context = systemContext(platform, 'scenario')
  // Their own store, and first: the same documents again change nothing when a start is killed after this.
  await putRecords(context, patents)
  say(`  patent: ${patents.length}`)
  await context.write(async (tx) => {
    await insertTwin(tx, context, rows, (table, count) => say(`  ${table}: ${count}`))
    const accounts = await createDemoAccounts(
      tx,
      readIdentitySettings(platform.config, process.env).secret,
      context.now,
    )
    await placeDemoAccounts(tx, context, accounts, rows)
    const enquiries = await plantMatters(tx, context, accounts)
    say(`  matter: ${enquiries + (await plantMoveIns(tx, context, accounts))}`)
    say(`  service order: ${await plantOrders(tx, context, accounts)}`)
    say(`  booking: ${await plantBookings(tx, context, accounts)}`)
    say(`  university patent: ${await plantCloud(tx, context, { rows, patents })}`)
    say(`  market listing: ${await plantListings(tx, context, { rows, patents })}`)
    await insertAnnualPlan(tx, context, accounts, { plan: parameters.annualPlan, seed: parameters.seed })
    await recordScenario(tx, scenario, context.now)
    say(`  appraisal_round: ${await plantAppraisals(tx, context, accounts)}`)
  })
  const { names, owners } = await readOwners(systemContext(platform, 'scenario'))
  say(`  patent_owner: ${owners} of ${names} names`)
  for (const { asOf, title } of parameters.snapshots) {
    say(`Publishing the snapshot of ${asOf}…`)
    await takeSnapshot(systemContext(platform, 'scenario'), {
      asOf: date(asOf),
      title,
      indicators: [...indicators.values()],
    })
  }
  return true
}

async function readParameters({ config, zone }: OpenPlatform): Promise<TwinParameters> {
  const file = join(config.zoneFolder, 'scenarios', `${config.scenario}.json`)
  const text = await readFile(file, 'utf8').catch(() => {
    throw new OperatorError(
      `The zone ${zone.current().id} has no scenario "${config.scenario}": there is no ${file}.`,
    )
  })
  const read = TwinParameters.safeParse(JSON.parse(text))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new OperatorError(`${file}, ${issue?.path.join('.')}: ${issue?.message}`)
}

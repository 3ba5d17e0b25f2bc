import { BrokenInvariant } from '#platform/errors.ts'
import type { Context } from '#platform/context.ts'
import { implementation } from '#platform/api.ts'
import { takeFolder } from './activation.ts'
import './context.ts'
import { profileOperations } from './profile.contract.ts'
import { versionOnDisk } from './loader.ts'
import { differences } from './difference.rules.ts'
import type { ZoneProblem, ZoneProfile } from './rules.ts'
import { findFiles, findLastRefusal, findRunning, listActivations } from './version.store.ts'

const os = implementation(profileOperations)

const ACTIVATIONS_SHOWN = 50

const summary = os.summary.handler(({ context }) => summaryOf(context.zone))

const reload = os.reload.handler(async ({ context, errors }) => {
  const { folder } = await getRunning(context)
  const { actor, requestId, now } = context
  const outcome = await takeFolder(context.db, folder, { cause: 'reload', actor, requestId, now })
  if (outcome.kind === 'refused') throw errors.INVALID_PROFILE({ data: { problems: outcome.problems } })
  const { version } = outcome.profile
  return outcome.kind === 'activated'
    ? { version, changed: true, before: outcome.before }
    : { version, changed: false, before: version }
})

const versions = os.versions.handler(async ({ context }) => {
  const [running, activations, refusal] = await Promise.all([
    getRunning(context),
    listActivations(context.db, ACTIVATIONS_SHOWN),
    findLastRefusal(context.db),
  ])
  return {
    running: running.version,
    activations: activations.map(({ id, version, cause, activatedAt }) => ({
      id,
      version,
      // The column's check allows these three alone.
      cause: cause as 'start' | 'file-change' | 'reload',
      activatedAt: activatedAt.toISOString(),
    })),
    refused: refusal
      ? {
          version: refusal.version,
          refusedAt: refusal.refusedAt.toISOString(),
          problems: refusal.problems as unknown as ZoneProblem[],
          stillSo: (await versionOnDisk(running.folder)) === refusal.version,
        }
      : null,
  }
})

const difference = os.difference.handler(async ({ input: { from, to }, context, errors }) => {
  const [before, after] = await Promise.all([findFiles(context.db, from), findFiles(context.db, to)])
  if (before === undefined) throw errors.UNKNOWN_VERSION({ data: { version: from } })
  if (after === undefined) throw errors.UNKNOWN_VERSION({ data: { version: to } })
  return { from, to, changes: differences(before, after) }
})

export const profileApi = { summary, reload, versions, difference }

async function getRunning({ db }: Pick<Context, 'db'>) {
  const running = await findRunning(db)
  if (running === undefined) throw new BrokenInvariant('a zone is served that was never taken into force')
  return running
}

function summaryOf(zone: ZoneProfile) {
  const { number, names, issuedOn, targetYear } = zone.plan
  return {
    id: zone.id,
    version: zone.version,
    names: zone.names,
    shortNames: zone.shortNames,
    summary: zone.summary,
    office: zone.office,
    region: zone.region,
    timeZone: zone.timeZone,
    currency: zone.currency,
    languages: zone.languages,
    contact: zone.contact,
    milestones: zone.milestones,
    plan: { number, names, issuedOn, targetYear },
    carrierModel: zone.carrierModel,
    carriers: zone.carriers,
    stationKinds: zone.stationKinds,
    stations: zone.stations,
    pillars: zone.pillars,
    services: zone.services,
    industries: zone.industries,
    actorClasses: zone.actors.classes.map(({ code, names }) => ({ code, names })),
    policies: zone.policies,
  }
}

import type { Actor } from '#platform/access.ts'
import type { Boot, SessionActor } from '../web/app/boot.ts'
import { findScenario } from './scenarios/installation.store.ts'
import { actorOf, moment, type Platform } from './server.ts'

/** What a page carries so that its first paint needs no request: the zone in brief, and who is asking. */
export async function bootOf(platform: Platform, request: Request): Promise<Boot> {
  const { id, names, shortNames, summary, timeZone, plan } = platform.zone()
  const [actor, scenario] = await Promise.all([actorOf(platform, request.headers), findScenario(platform.db)])
  return {
    zone: {
      id,
      names,
      shortNames,
      summary,
      timeZone,
      today: moment(platform).today,
      synthetic: scenario !== undefined && scenario !== 'none',
      plan: { number: plan.number, names: plan.names },
    },
    session: { actor: describeActor(actor) },
  }
}

function describeActor(actor: Actor): SessionActor {
  if (actor.kind !== 'account') return { kind: 'visitor' }
  const { name, roles, organisationIds, secondFactor } = actor
  return { kind: 'account', name, roles, organisationIds, secondFactor }
}

import type { Boot } from '../web/app/boot.ts'
import { describeSession } from './identity/public.ts'
import { isSynthetic } from '#platform/installation.ts'
import { actorOf, moment, type Platform } from './server.ts'

/** What a page carries so that its first paint needs no request: the zone in brief, and who is asking. */
export async function bootOf(platform: Platform, request: Request): Promise<Boot> {
  const { id, names, shortNames, summary, timeZone, plan } = platform.zone()
  const { today } = moment(platform)
  const [actor, synthetic] = await Promise.all([actorOf(platform, request.headers), isSynthetic(platform.db)])
  return {
    zone: {
      id,
      names,
      shortNames,
      summary,
      timeZone,
      today,
      synthetic,
      plan: { number: plan.number, names: plan.names },
    },
    session: await describeSession({ db: platform.db, actor, today }),
  }
}

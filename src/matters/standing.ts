import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database.ts'
import { listStationsOf } from '../identity/public.ts'
import type { Mover, Procedure, Procedures } from './define.ts'
import { listHandOvers } from './handover.store.ts'
import type { MatterRow } from './matter.store.ts'
import { moversOf } from './procedure.rules.ts'
import { refused } from './refused.ts'
import type { Horizon } from './queue.store.ts'

export const HANDLED_BY = ['officer', 'operator'] as const

/** How somebody stands to a matter. Undefined side: they may not see it, nor learn that it exists. */
export interface Standing {
  readonly side: 'applicant' | 'office' | 'reader' | 'system' | undefined
  readonly isHandler: boolean
  readonly accountId: string | null
  readonly name: string
  readonly roles: readonly string[]
  readonly stations: readonly string[]
}

type Tied = Pick<MatterRow, 'id' | 'applicantAccountId' | 'organisationId' | 'stationCode' | 'handlerId'>

/** Who filed a matter never handles it, whatever their post: they stand on the other side. */
export async function standingOf(
  db: Db,
  { actor, today }: Pick<Context, 'actor' | 'today'>,
  procedure: Procedure,
  matter: Tied,
): Promise<Standing> {
  if (actor.kind === 'system')
    return { side: 'system', isHandler: false, accountId: null, name: actor.job, roles: [], stations: [] }
  if (actor.kind === 'visitor') return nobody
  const { accountId, name, roles, organisationIds } = actor
  const known = { accountId, name, roles, isHandler: false }
  if (
    matter.applicantAccountId === accountId ||
    (matter.organisationId !== null && organisationIds.includes(matter.organisationId))
  )
    return { ...known, side: 'applicant', stations: [] }
  const handles = roles.some((role) => handlingRolesOf(procedure).includes(role))
  const stations = handles ? await listStationsOf(db, accountId, today) : []
  if (handles && stations.includes(matter.stationCode))
    return { ...known, side: 'office', isHandler: matter.handlerId === accountId, stations }
  if (roles.some((role) => readersOf(procedure).has(role))) return { ...known, side: 'reader', stations }
  const passed = stations.length > 0 && (await passedThrough(db, matter.id, stations))
  return { ...known, side: passed ? 'reader' : undefined, stations }
}

const nobody: Standing = {
  side: undefined,
  isHandler: false,
  accountId: null,
  name: '',
  roles: [],
  stations: [],
}

/** A station that gave a matter away, or is offered one, sees who has it. */
async function passedThrough(db: Db, matterId: string, stations: readonly string[]): Promise<boolean> {
  const handOvers = await listHandOvers(db, matterId)
  return handOvers.some(
    ({ fromStation, toStation }) =>
      stations.includes(fromStation) || (toStation !== null && stations.includes(toStation)),
  )
}

export function handlingRolesOf({ handledBy }: Procedure): readonly string[] {
  return handledBy ?? HANDLED_BY
}

/** Roles that the procedure names anywhere: as readers, as movers of a step, as those to whom a late clock goes. */
function readersOf({ readBy = [], transitions, clocks }: Procedure): ReadonlySet<string> {
  return new Set<string>([
    ...readBy,
    ...Object.values(transitions).flatMap((step) =>
      moversOf(step).flatMap((mover) => (mover.kind === 'roles' ? mover.roles : [])),
    ),
    ...Object.values(clocks).flatMap(({ escalateTo }) => (escalateTo === undefined ? [] : [escalateTo])),
  ])
}

export function isMoverOf(mover: Mover, standing: Standing, handlerId: string | null): boolean {
  const { side, roles, isHandler } = standing
  if (mover.kind === 'applicant') return side === 'applicant'
  if (mover.kind === 'system') return side === 'system'
  if (mover.kind === 'station') return side === 'office'
  if (mover.kind === 'handler') return side === 'office' && (isHandler || handlerId === null)
  return side !== 'applicant' && mover.roles.some((role) => roles.includes(role))
}

/** What of all matters a reader's lists may hold. */
export async function horizonOf(context: Context, procedures: Procedures): Promise<Horizon> {
  const { actor, db, today } = context
  if (actor.kind !== 'account') throw refused('UNAUTHENTICATED', 401)
  const { accountId, organisationIds, roles } = actor
  const all = [...procedures.values()]
  const handling = [...new Set(all.flatMap((one) => [...handlingRolesOf(one)]))]
  const works = roles.some((role) => handling.includes(role))
  return {
    accountId,
    organisationIds,
    stations: works ? await listStationsOf(db, accountId, today) : [],
    procedures: all.filter((one) => roles.some((role) => readersOf(one).has(role))).map(({ code }) => code),
    handling,
  }
}

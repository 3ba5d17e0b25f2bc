/** Which station handles a matter, and why. Pure: stored with its inputs, it can be decided again by anybody. */
import type { Station } from '../zone/place.rules.ts'
import type { Words } from './form.rules.ts'

export interface RoutingInput {
  readonly kinds: readonly string[]
  readonly stations: readonly Pick<Station, 'id' | 'kind' | 'names' | 'carrier' | 'position'>[]
  /** Stations at which somebody works today. */
  readonly staffed: ReadonlySet<string>
  /** Where the person is: a station or a carrier; neither is the centre. */
  readonly from?: { readonly station?: string | undefined; readonly carrier?: string | undefined }
  /** The carrier that is the centre of the zone. */
  readonly centre: string | undefined
}

type ReasonCode = 'chosen' | 'same-carrier' | 'nearest' | 'centre' | 'only' | 'first'

export interface RouteFound {
  readonly station: string
  readonly names: Words
  readonly reason: { readonly code: ReasonCode; readonly words: Words }
  readonly considered: readonly {
    readonly station: string
    readonly names: Words
    readonly able: boolean
    readonly staffed: boolean
    readonly distance: number | null
  }[]
}

/**
 * Able is a station of a kind that the procedure names; where any of those is staffed, the unstaffed are left out. Of
 * the able: the one the person chose or came to, then one of the same carrier, then the nearest on the zone's map, then
 * the centre's. Undefined when the zone has no station of those kinds.
 */
export function routeTo({
  kinds,
  stations,
  staffed,
  from = {},
  centre,
}: RoutingInput): RouteFound | undefined {
  const ofKind = stations.filter(({ kind }) => kinds.includes(kind))
  const manned = ofKind.filter(({ id }) => staffed.has(id))
  const able = manned.length > 0 ? manned : ofKind
  const start = stations.find(({ id }) => id === from.station)
  const carrier = from.carrier ?? start?.carrier ?? undefined
  const origin =
    start?.position ?? stations.find((one) => one.carrier === (carrier ?? centre))?.position ?? null
  // Kinds are named in the order in which the procedure prefers them.
  const preferred = able.toSorted((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind))
  const considered = ofKind.map((one) => ({
    station: one.id,
    names: one.names,
    able: able.includes(one),
    staffed: staffed.has(one.id),
    distance: distanceBetween(origin, one.position),
  }))
  const found = choose(preferred, { start, carrier, centre, origin })
  return found && { station: found.station.id, names: found.station.names, reason: found.reason, considered }
}

type Place = RoutingInput['stations'][number]
type Position = Place['position']

interface Chosen {
  readonly station: Place
  readonly reason: RouteFound['reason']
}

function choose(
  able: readonly Place[],
  {
    start,
    carrier,
    centre,
    origin,
  }: { start: Place | undefined; carrier: string | undefined; centre: string | undefined; origin: Position },
): Chosen | undefined {
  const [first] = able
  if (first === undefined) return undefined
  const chosen = able.find(({ id }) => id === start?.id)
  if (chosen) return because(chosen, 'chosen')
  if (able.length === 1) return because(first, 'only')
  const same = carrier === undefined ? undefined : able.find((one) => one.carrier === carrier)
  if (same) return because(same, 'same-carrier')
  const known = start !== undefined || carrier !== undefined
  const nearest = known ? nearestTo(origin, able) : undefined
  if (nearest) return because(nearest, 'nearest')
  const central = able.find((one) => one.carrier !== null && one.carrier === centre)
  return central ? because(central, 'centre') : because(first, 'first')
}

function nearestTo(origin: Position, able: readonly Place[]): Place | undefined {
  const ranked = able
    .map((station) => ({ station, distance: distanceBetween(origin, station.position) }))
    .filter((one): one is { station: Place; distance: number } => one.distance !== null)
    .toSorted((one, other) => one.distance - other.distance)
  return ranked[0]?.station
}

/** In the coordinates of the zone's own map; null where either place is not on it. */
function distanceBetween(one: Position, other: Position): number | null {
  return one === null || other === null ? null : Math.round(Math.hypot(one.x - other.x, one.y - other.y))
}

const REASONS: Readonly<Record<ReasonCode, Words>> = {
  chosen: {
    zh: '该站点能办理本事项，由所选或到访的站点办理',
    en: 'The station you chose or came to is able to handle it',
  },
  'same-carrier': { zh: '与您所在的载体相同', en: 'It stands at the same carrier as you' },
  nearest: { zh: '能办理本事项的站点中最近', en: 'The nearest of the stations able to handle it' },
  centre: {
    zh: '未说明所在位置，由中心的站点办理',
    en: 'You did not say where you are: a station of the centre takes it',
  },
  only: { zh: '唯一能办理本事项的站点', en: 'The only station able to handle it' },
  first: { zh: '按目录顺序的第一个站点', en: 'The first station of the catalogue' },
}

function because(station: Place, code: ReasonCode): Chosen {
  return { station, reason: { code, words: REASONS[code] } }
}

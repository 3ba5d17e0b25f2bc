import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Polygon, ZoningArea } from './place.rules.ts'

const columns = [
  'id',
  'area',
  'nameZh',
  'nameEn',
  'carrier',
  'use',
  'polygon',
  'sample',
  'reason',
  'validFrom',
  'validTo',
] as const

/** The map as it was in force on a day. */
export async function listAreas(db: Db, zone: string, asOf: CalendarDate) {
  const rows = await db
    .selectFrom('zoningArea')
    .select(columns)
    .where('zone', '=', zone)
    .where('validFrom', '<=', asOf)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', asOf)]))
    .orderBy('area')
    .execute()
  return rows.map(withPolygon)
}

/** Every state of every area, or of one, the latest first. */
export async function listAreaChanges(db: Db, zone: string, area?: string) {
  const rows = await db
    .selectFrom('zoningArea')
    .select([...columns, 'recordedAt'])
    .where('zone', '=', zone)
    .$if(area !== undefined, (query) => query.where('area', '=', area ?? ''))
    .orderBy('validFrom', 'desc')
    .orderBy('area')
    .execute()
  return rows.map(withPolygon)
}

/** The latest state of an area, which may begin on a day to come, held until the transaction ends. */
export async function lockLatestArea(tx: Tx, zone: string, area: string) {
  const row = await tx
    .selectFrom('zoningArea')
    .select(columns)
    .where('zone', '=', zone)
    .where('area', '=', area)
    .where('validTo', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && withPolygon(row)
}

export type AreaState = NonNullable<Awaited<ReturnType<typeof lockLatestArea>>>

/** Closes the state in force and opens the next on the same day. Answers the new row's id. */
export async function replaceArea(
  tx: Tx,
  zone: string,
  before: AreaState,
  next: Pick<
    AreaState,
    'nameZh' | 'nameEn' | 'carrier' | 'use' | 'polygon' | 'sample' | 'reason' | 'validFrom'
  >,
): Promise<string> {
  await tx.updateTable('zoningArea').set({ validTo: next.validFrom }).where('id', '=', before.id).execute()
  const { id } = await tx
    .insertInto('zoningArea')
    .values({ ...next, polygon: JSON.stringify(next.polygon), zone, area: before.area })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * Puts areas that the profile brings onto the map. An area that stands there already keeps its history: the profile
 * opens the map, officers change it. Answers the ids of the new rows.
 */
export async function openAreas(tx: Tx, zone: string, areas: readonly ZoningArea[]): Promise<string[]> {
  if (areas.length === 0) return []
  const known = await tx.selectFrom('zoningArea').select('area').distinct().where('zone', '=', zone).execute()
  const fresh = areas.filter(({ id }) => !known.some(({ area }) => area === id))
  if (fresh.length === 0) return []
  const rows = await tx
    .insertInto('zoningArea')
    .values(
      fresh.map(({ id, names, carrier, use, polygon, sample, since, reason }) => ({
        zone,
        area: id,
        nameZh: names.zh,
        nameEn: names.en,
        carrier,
        use,
        polygon: JSON.stringify(polygon),
        sample,
        reason: reason.zh,
        validFrom: since,
      })),
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

function withPolygon<Row extends { polygon: unknown }>(row: Row) {
  // Written only after `Polygon` has been checked.
  return { ...row, polygon: row.polygon as Polygon }
}

import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import type { Span } from './declare.ts'
import { rowsOf, type CountedPart } from './part.store.ts'

type Change = 'added' | 'removed' | 'changed'

export interface Changes {
  readonly added: number
  readonly removed: number
  readonly changed: number
  /** The first of them, for a person to look at. */
  readonly records: readonly { readonly change: Change; readonly id: string; readonly label: string }[]
}

const MOST_NAMED = 100

/** Another name alone changes no figure; another day, party or amount does. */
const differs = sql`(l.occurred_on, l.party_id, l.amount) is distinct from (f.occurred_on, f.party_id, f.amount)`

async function changesBetween(
  db: Db,
  frozen: RawBuilder<unknown>,
  live: RawBuilder<unknown>,
): Promise<Changes> {
  const { rows } = await sql<{ change: Change; n: number; named: { id: string; label: string }[] }>`
    with frozen as materialized (${frozen}), live as materialized (${live}),
    difference as (
      select case when f.record_id is null then 'added' when l.record_id is null then 'removed' else 'changed' end as change,
        coalesce(l.record_id, f.record_id) as id, coalesce(l.label, f.label) as label
      from frozen f full join live l on l.record_id = f.record_id
      where f.record_id is null or l.record_id is null or ${differs}
    )
    select change, count(*) as n,
      (select jsonb_agg(jsonb_build_object('id', id, 'label', label) order by id)
        from (select id, label from difference d where d.change = difference.change order by id limit ${sql.lit(MOST_NAMED)}) first)
        as named
    from difference group by change`.execute(db)
  const of = (change: Change) => rows.find((row) => row.change === change)
  const records = rows.flatMap(({ change, named }) => named.map((record) => ({ ...record, change })))
  return {
    added: of('added')?.n ?? 0,
    removed: of('removed')?.n ?? 0,
    changed: of('changed')?.n ?? 0,
    records,
  }
}

const frozenRows = (figureId: string, part: string) => sql`
  select record_id, label, occurred_on, party_id, amount from snapshot_record where figure_id = ${figureId} and part = ${part}`

/** What the part counts now against what was frozen. */
export function changesSince(
  db: Db,
  figureId: string,
  name: string,
  part: CountedPart,
  span: Span,
): Promise<Changes> {
  const party = part.kind === 'count' ? sql`null::text` : sql`r.party_id::text`
  const amount = part.kind === 'sum' ? sql`r.amount::bigint` : sql`null::bigint`
  const counted = part.kind === 'countDistinct' ? sql`r.party_id is not null` : sql`true`
  const live = sql`
    select r.record_id::text collate "C" as record_id, coalesce(r.label, '') as label, r.occurred_on::date as occurred_on,
      ${party} as party_id, ${amount} as amount
    from ${rowsOf(db, part, span)} where ${counted}`
  return changesBetween(db, frozenRows(figureId, name), live)
}

export function changesBetweenFigures(
  db: Db,
  oldFigureId: string,
  newFigureId: string,
  part: string,
): Promise<Changes> {
  return changesBetween(db, frozenRows(oldFigureId, part), frozenRows(newFigureId, part))
}

export interface NewRestatement {
  readonly id: string
  readonly snapshotId: string
  readonly code: string
  readonly oldFigureId: string
  readonly newFigureId: string
  readonly oldValue: number | null
  readonly newValue: number | null
  readonly cause: string
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly entryId: string
  readonly madeBy: string
  readonly madeAt: Date
}

export async function insertRestatement(tx: Tx, restatement: NewRestatement): Promise<void> {
  await tx.insertInto('restatement').values(restatement).execute()
}

/** Restatements with both figures, latest first; of one snapshot where it is given. */
export async function restatementRows(db: Db, snapshotId?: string) {
  return db
    .selectFrom('restatement as r')
    .innerJoin('snapshot as s', 's.id', 'r.snapshotId')
    .innerJoin('snapshotFigure as o', 'o.id', 'r.oldFigureId')
    .innerJoin('snapshotFigure as n', 'n.id', 'r.newFigureId')
    .selectAll('r')
    .select([
      's.asOf',
      'o.digest as oldDigest',
      'n.digest as newDigest',
      'o.described as oldDescribed',
      'n.described as newDescribed',
    ])
    .$if(snapshotId !== undefined, (query) => query.where('r.snapshotId', '=', snapshotId ?? ''))
    .orderBy('r.madeAt', 'desc')
    .orderBy('r.id', 'desc')
    .limit(1000)
    .execute()
}

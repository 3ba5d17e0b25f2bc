import { sql, type Selectable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'
import type { MatterRow } from './matter.store.ts'

export type ObjectionRow = Selectable<Database['matterObjection']>

export function insertObjection(
  tx: Tx,
  objection: { matterId: string; accountId: string; name: string; body: string; filedAt: Date },
) {
  return tx
    .insertInto('matterObjection')
    .values(objection)
    .returning(['id', 'filedAt'])
    .executeTakeFirstOrThrow()
}

export function listObjections(db: Db, matterId: string): Promise<ObjectionRow[]> {
  return db.selectFrom('matterObjection').selectAll().where('matterId', '=', matterId).orderBy('id').execute()
}

export async function decideObjection(
  tx: Tx,
  id: string,
  decision: {
    decidedBy: string | null
    decidedName: string
    decidedAt: Date
    upheld: boolean
    decision: string
  },
): Promise<void> {
  await tx.updateTable('matterObjection').set(decision).where('id', '=', id).execute()
}

interface Shown {
  readonly since: string
  readonly until: string | null
}

/** Matters that stand in the public state of their procedure, the newest first. */
export async function listPublic(
  db: Db,
  states: readonly { readonly procedure: string; readonly state: string; readonly clock: string }[],
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ total: number; items: (MatterRow & Shown)[] }> {
  if (states.length === 0) return { total: 0, items: [] }
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(states)}::jsonb) as w (procedure text, state text, clock text)`
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from matter m join ${wanted} on w.procedure = m.procedure_code and w.state = m.state`.execute(
    db,
  )
  const { rows } = await sql<MatterRow & Shown>`
    select m.*, coalesce(c.started_on, m.submitted_on) as since, c.due_on as until
    from matter m join ${wanted} on w.procedure = m.procedure_code and w.state = m.state
      left join lateral (select started_on, due_on from matter_clock k
        where k.matter_id = m.id and k.code = w.clock order by k.id desc limit 1) c on true
    where ${after === undefined ? sql`true` : sql`m.id < ${after}::uuid`}
    order by m.id desc limit ${limit}`.execute(db)
  return { total: counted[0]?.total ?? 0, items: rows }
}

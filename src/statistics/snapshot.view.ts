import type { z } from 'zod'
import type { Actor } from '#platform/access.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { seesRecords } from './access.rules.ts'
import type { statistics } from './contract.ts'
import { Described } from './described.rules.ts'
import { suppressionOf, termsOf, type Suppressed } from './figure.ts'
import { restatementRows } from './restatement.store.ts'
import {
  figuresOf,
  findSnapshot,
  partsOfFigures,
  type FigureRow,
  type SnapshotRow,
} from './snapshot.store.ts'

type Snapshot = z.infer<NonNullable<(typeof statistics.snapshot)['~orpc']['outputSchema']>>
type FrozenItem = Snapshot['items'][number]
type RestatementView = Snapshot['restated'][number]

/** Whether this reader may see the records of a frozen figure, and if not whether its number must be hidden as well. */
export function sightOf({ described }: Pick<FigureRow, 'described'>, actor: Actor, zone: Context['zone']) {
  const description = Described.parse(described)
  const sees = seesRecords(actor, description.confidentiality)
  const why = (part: Described['parts'][number]) =>
    sees ? undefined : suppressionOf(part.kind, part.count, termsOf(zone))
  const suppressed: Suppressed | undefined = description.parts.map(why).find((found) => found !== undefined)
  return { description, sees, suppressed, whyPart: why }
}

export function summaryView({ takenAt, ...row }: SnapshotRow) {
  return { ...row, takenAt: takenAt.toISOString() }
}

/** A snapshot as this reader may see it; undefined when there is none of this id. */
export async function snapshotView(db: Db, context: Reader, id: string): Promise<Snapshot | undefined> {
  const row = await findSnapshot(db, id)
  if (row === undefined) return undefined
  const figures = await figuresOf(db, id)
  const parts = await partsOfFigures(
    db,
    figures.map((figure) => figure.id),
  )
  const digests = new Map(parts.map(({ figureId, part, digest }) => [`${figureId}/${part}`, digest]))
  const items = figures.map((figure) => frozenItem(figure, context, digests))
  return { ...summaryView(row), items, restated: await restatementViews(db, context, id) }
}

type Reader = Pick<Context, 'actor' | 'zone'>

function frozenItem(
  figure: FigureRow,
  { actor, zone }: Reader,
  digests: ReadonlyMap<string, string>,
): FrozenItem {
  const { description, sees, suppressed, whyPart } = sightOf(figure, actor, zone)
  const { names, unit, operator, target, verdict, confidentiality } = description
  const { code, revision, definitionVersion, digest, snapshotId } = figure
  return {
    code,
    names,
    revision,
    definitionVersion,
    value: suppressed === undefined ? figure.value : null,
    suppressed: suppressed ?? null,
    unit,
    operator,
    target,
    verdict: suppressed === undefined ? verdict : 'unknown',
    confidentiality,
    digest,
    salt: sees ? figure.salt : null,
    parts: description.parts.map((part) => {
      const partDigest = digests.get(`${figure.id}/${part.name}`)
      if (partDigest === undefined)
        throw new BrokenInvariant(`figure ${figure.id} lacks its part ${part.name}`)
      const hidden = whyPart(part)
      const { value, items } = part.count
      const shown = { value: hidden === undefined ? value : null, total: hidden === 'small' ? null : items }
      return { part: part.name, kind: part.kind, ...shown, digest: partDigest }
    }),
    recordsUrl: `/api/v1/snapshots/${snapshotId}/figures/${code}/records?revision=${revision}`,
  }
}

/** The public log of restatements; what a reader may not see of a figure is not seen here either. */
export async function restatementViews(
  db: Db,
  { actor, zone }: Reader,
  snapshotId?: string,
): Promise<RestatementView[]> {
  const rows = await restatementRows(db, snapshotId)
  return rows.map((row) => {
    const old = sightOf({ described: row.oldDescribed }, actor, zone)
    const now = sightOf({ described: row.newDescribed }, actor, zone)
    const { added, removed, changed, id, asOf, code, cause, entryId, oldDigest, newDigest } = row
    // How many records came or went tells a small number as surely as the number itself.
    const changes = now.sees ? { added, removed, changed } : { added: null, removed: null, changed: null }
    return {
      id,
      snapshotId: row.snapshotId,
      asOf,
      code,
      names: now.description.names,
      unit: now.description.unit,
      oldValue: old.suppressed === undefined ? row.oldValue : null,
      newValue: now.suppressed === undefined ? row.newValue : null,
      suppressed: old.suppressed !== undefined || now.suppressed !== undefined,
      cause,
      ...changes,
      oldDigest,
      newDigest,
      entryId,
      madeAt: row.madeAt.toISOString(),
    }
  })
}

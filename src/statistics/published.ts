import { visitor } from '#platform/access.ts'
import { date } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database.ts'
import { figuresOf, findSnapshot } from './snapshot.store.ts'
import { restatementViews, sightOf } from './snapshot.view.ts'

/**
 * A snapshot as anybody may see it, each figure once in its newest revision: what other rooms print and hand out.
 * Undefined when there is none of this id.
 */
export async function publishedSnapshot(db: Db, zone: Context['zone'], id: string) {
  const row = await findSnapshot(db, id)
  if (row === undefined) return undefined
  const newest = new Map((await figuresOf(db, id)).map((figure) => [figure.code, figure]))
  const figures = [...newest.values()].map((figure) => {
    const { description, suppressed } = sightOf(figure, visitor, zone)
    const { names, definition, unit, operator, target, targetYear, verdict } = description
    return {
      code: figure.code,
      names,
      definition,
      unit,
      operator,
      target,
      targetYear,
      revision: figure.revision,
      digest: figure.digest,
      value: suppressed === undefined ? figure.value : null,
      suppressed: suppressed ?? null,
      verdict: suppressed === undefined ? verdict : ('unknown' as const),
    }
  })
  return { id, asOf: date(row.asOf), digest: row.digest, title: row.title, figures }
}

/** What was restated of a snapshot since it was taken, as anybody may see it. */
export function publishedRestatements(db: Db, zone: Context['zone'], snapshotId: string) {
  return restatementViews(db, { actor: visitor, zone }, snapshotId)
}

import type { z } from 'zod'
import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import { recordAudit } from '../ledger/public.ts'
import { type Merge, parties } from './contract.ts'
import {
  closeMerge,
  findCandidates,
  findMerge,
  insertDistinct,
  insertMerge,
  listMerges,
  mergeSide,
} from './merge.store.ts'
import { showSides } from './presentation.ts'
import { mergeObstacle } from './rules.ts'
import { lockParties } from './store.ts'

const os = implementation(parties)

const candidates = os.candidates.handler(async ({ input: { limit }, context: { db } }) => {
  const { total, pairs } = await findCandidates(db, limit)
  const sides = await showSides(
    db,
    pairs.flatMap(({ firstId, secondId }) => [firstId, secondId]),
  )
  const items = pairs.flatMap(({ firstId, secondId, sharedName }) => {
    const [first, second] = [sides.get(firstId), sides.get(secondId)]
    if (first === undefined || second === undefined) return []
    const [one, other] = [mergeSide(first.row), mergeSide(second.row)]
    return [
      {
        id: `${firstId}.${secondId}`,
        sharedName,
        first: first.side,
        second: second.side,
        obstacle: mergeObstacle(one, other) ?? null,
        obstacleReversed: mergeObstacle(other, one) ?? null,
      },
    ]
  })
  return { total, items }
})

const merges = os.merges.handler(async ({ input: { limit }, context: { db } }) => {
  const { total, rows } = await listMerges(db, limit)
  return { total, items: rows.map(showMerge) }
})

const keepApart = os.keepApart.handler(({ input: { firstId, secondId, reason }, context, errors }) =>
  context.write(async (tx) => {
    const sides = await showSides(tx, [firstId, secondId])
    for (const id of [firstId, secondId]) if (!sides.has(id)) throw errors.UNKNOWN_PARTY({ data: { id } })
    const [first = firstId, second = secondId] = [firstId, secondId].toSorted()
    await insertDistinct(tx, { firstId: first, secondId: second, reason, decidedBy: accountOf(context) })
    await recordAudit(tx, context, {
      action: 'party.kept-apart',
      subject: { kind: 'party', id: first },
      detail: { other: second },
      seals: [{ table: 'party_distinct', id: [first, second] }],
    })
    return { firstId, secondId }
  }),
)

const merge = os.merge.handler(({ input: { survivorId, absorbedId, reason }, context, errors }) =>
  context.write(async (tx) => {
    // Two officers merging the same records the other way round must not both succeed.
    await lockParties(tx, [survivorId, absorbedId])
    const sides = await showSides(tx, [survivorId, absorbedId])
    const [survivor, absorbed] = [sides.get(survivorId), sides.get(absorbedId)]
    if (survivor === undefined) throw errors.UNKNOWN_PARTY({ data: { id: survivorId } })
    if (absorbed === undefined) throw errors.UNKNOWN_PARTY({ data: { id: absorbedId } })
    const obstacle = mergeObstacle(mergeSide(survivor.row), mergeSide(absorbed.row))
    if (obstacle !== undefined) throw errors.CANNOT_MERGE({ data: { obstacle } })
    const evidence = { survivor: survivor.side, absorbed: absorbed.side }
    const id = await insertMerge(tx, {
      survivorId,
      absorbedId,
      reason,
      evidence,
      mergedBy: accountOf(context),
    })
    await recordAudit(tx, context, {
      action: 'party.merged',
      subject: { kind: 'party', id: survivorId },
      detail: { merge: id, absorbed: absorbedId },
      seals: [{ table: 'party_merge', id }],
    })
    return showMerge((await findMerge(tx, id))!)
  }),
)

const undoMerge = os.undoMerge.handler(({ input: { id, reason }, context, errors }) =>
  context.write(async (tx) => {
    const known = await findMerge(tx, id)
    if (known === undefined) throw errors.UNKNOWN_MERGE()
    if (!(await closeMerge(tx, id, { by: accountOf(context), reason, at: context.now })))
      throw errors.ALREADY_UNDONE()
    await recordAudit(tx, context, {
      action: 'party.merge-undone',
      subject: { kind: 'party', id: known.survivorId },
      detail: { merge: id, absorbed: known.absorbedId },
      seals: [{ table: 'party_merge', id }],
    })
    return showMerge((await findMerge(tx, id))!)
  }),
)

type MergeRow = NonNullable<Awaited<ReturnType<typeof findMerge>>>

function showMerge(row: MergeRow): z.infer<typeof Merge> {
  const evidence = row.evidence as unknown as z.infer<typeof Merge>['evidence']
  return {
    ...row,
    evidence,
    mergedAt: row.mergedAt.toISOString(),
    undoneAt: row.undoneAt?.toISOString() ?? null,
  }
}

function accountOf({ actor }: Context): string {
  return actor.kind === 'account' ? actor.accountId : actor.kind
}

export const mergeApi = { candidates, merges, keepApart, merge, undoMerge }

import { hasRole } from '#platform/access.ts'
import { type Context, implementation } from '#platform/api.ts'
import { UnreadableFile } from '#platform/tabular/finding.ts'
import { sourceFromBytes } from '#platform/tabular/source.ts'
import { isStaff } from '../identity/roles.ts'
import { reasonWords, runImporter } from '../intake/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { findParty, resolveParty } from '../parties/public.ts'
import { inForceOn } from '../zone/patent.rules.ts'
import { cloud } from './cloud.contract.ts'
import { type Importing, inventoryImporter } from './cloud.imports.ts'
import {
  type CloudStage,
  gradeOf,
  hasEnded,
  moveObstacle,
  movesFrom,
  PUBLIC_STAGES,
  STAGE_NAMES,
} from './cloud.rules.ts'
import {
  type CloudRow,
  countByUniversity,
  findCloudPatents,
  findMoves,
  insertMoves,
  lockCloudPatents,
  searchCloud,
  setStage,
  setTeam,
  type StageCounts,
} from './cloud.store.ts'

const os = implementation(cloud)
const REFUSALS_SHOWN = 200

const universities = os.universities.handler(async ({ context }) => {
  const counted = await countByUniversity(context.db)
  const items = counted
    .map(({ stages, ...university }) => {
      const shown = shownStages(stages, sees(context, university.id))
      return {
        ...university,
        stages: shown,
        total: totalOf(shown),
        mayKeep: mayKeep(context, university.id),
      }
    })
    .filter(({ total }) => total > 0)
  const stages = Object.fromEntries(
    STAGE_NAMES.map((stage) => {
      const known = items.flatMap((one) => one.stages[stage] ?? [])
      return [stage, known.length === 0 && !PUBLIC_STAGES.includes(stage) ? null : sum(known)]
    }),
  ) as Record<CloudStage, number | null>
  const kept = items.flatMap(({ id, name, mayKeep: keeps }) => (keeps ? [{ id, name }] : []))
  const own = await ownUniversities(context)
  const keeps = [...new Map([...own, ...kept].map((one) => [one.id, one])).values()]
  return { asOf: context.today, stages, total: sum(items.map(({ total }) => total)), items, keeps }
})

const list = os.list.handler(async ({ input, context, errors }) => {
  const { cursor, limit, ...search } = input
  if (cursor !== undefined && !UUID.test(cursor)) throw errors.INVALID_CURSOR()
  const own = ownOf(context)
  const inner = search.stage !== undefined && !PUBLIC_STAGES.includes(search.stage)
  if (inner && own?.length === 0) throw errors.STAGE_NOT_PUBLIC()
  const found = await searchCloud(context.db, {
    ...search,
    open: PUBLIC_STAGES,
    own,
    after: cursor,
    limit: limit + 1,
  })
  const items = found.rows.slice(0, limit)
  const last = items.at(-1)
  return {
    asOf: context.today,
    total: found.total,
    stages: shownStages(found.stages, own === undefined || own.length > 0),
    grades: found.grades,
    items: items.map(show),
    next: found.rows.length > limit && last ? last.id : null,
  }
})

const get = os.get.handler(async ({ input: { id }, context, errors }) => {
  const [row] = await findCloudPatents(context.db, [id])
  if (row === undefined || !maySee(context, row)) throw errors.UNKNOWN_PATENT()
  const { zone } = context
  const insider = sees(context, row.universityId)
  const rules = inForceOn(zone.grading, row.rulesFrom)
  const industries = inForceOn(zone.industryPatents, row.gradedOn)?.industries ?? []
  const graded = rules === undefined ? undefined : gradeOf(row.facts, rules, { on: row.gradedOn, industries })
  const moves = await findMoves(context.db, id)
  return {
    ...show(row),
    gradedOn: row.gradedOn,
    rules:
      rules === undefined
        ? null
        : {
            from: rules.from,
            sample: rules.sample,
            source: { zh: rules.source.zh, en: rules.source.en },
            gradeNames: rules.grades.find(({ grade }) => grade === row.grade)?.names ?? { zh: '', en: '' },
          },
    lines: [...(graded?.lines ?? [])],
    moves: moves.map(({ fromStage, toStage, movedByName, movedFor, movedAt, ...move }) => ({
      ...move,
      from: fromStage as CloudStage | null,
      to: toStage as CloudStage,
      by: insider ? movedByName : null,
      for: movedFor as 'university',
      movedAt: movedAt.toISOString(),
    })),
    next: [...movesFrom(row.stage)],
    mayMove: mayKeep(context, row.universityId),
  }
})

const inventory = os.inventory.handler(async ({ input: { universityId, file }, context, errors }) => {
  const id = await resolveParty(context.db, universityId)
  if (id === undefined) throw errors.UNKNOWN_UNIVERSITY()
  if (!mayKeep(context, id)) throw errors.NOT_YOUR_ORGANISATION()
  const importer = inventoryImporter({ universityId: id, by: moverOf(context) })
  try {
    const source = sourceFromBytes(file.name, new Uint8Array(await file.arrayBuffer()))
    const { report } = await runImporter(importer, source, context)
    const { rows, accepted, updated, unchanged, refused, refusals } = report
    return {
      rows,
      accepted,
      updated,
      unchanged,
      refused,
      refusals: refusals.slice(0, REFUSALS_SHOWN).map(({ line, field, value, reason, detail }) => ({
        line,
        field: field ?? null,
        value: value ?? null,
        words: reasonWords(reason, detail, importer.reasons),
      })),
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    const words = reasonWords(error.reason, error.detail, importer.reasons)
    throw errors.UNREADABLE_FILE({ data: { reason: error.reason, words } })
  }
})

const move = os.move.handler(({ input: { ids, to, reason }, context, errors }) =>
  context.write(async (tx) => {
    const wanted = [...new Set(ids)]
    const rows = await lockCloudPatents(tx, wanted)
    if (rows.length < wanted.length) throw errors.UNKNOWN_PATENT()
    for (const row of rows) {
      if (!mayKeep(context, row.universityId)) throw errors.NOT_YOUR_ORGANISATION()
      const ended = hasEnded(row.facts.legalStatus)
      const obstacle = moveObstacle(row.stage, to, ended ? false : null)
      if (obstacle === 'NOT_NEXT') throw errors.NOT_NEXT({ data: { title: row.title, from: row.stage } })
      if (obstacle === 'RIGHT_ENDED') throw errors.RIGHT_ENDED({ data: { title: row.title } })
    }
    const by = moverOf(context)
    await setStage(tx, wanted, to)
    await insertMoves(
      tx,
      rows.map(({ id, stage }) => ({
        patentId: id,
        fromStage: stage,
        toStage: to,
        reason,
        movedBy: by.id,
        movedByName: by.name,
        movedFor: by.for,
        movedOn: context.today,
        movedAt: context.now.toISOString(),
      })),
    )
    await recordAudit(tx, context, {
      action: 'university-cloud.moved',
      subject: { kind: 'universityPatents', id: wanted[0] ?? '' },
      detail: { to, reason, patents: wanted.length },
    })
    return { moved: rows.length }
  }),
)

const team = os.setTeam.handler(({ input: { id, version, team: named }, context, errors }) =>
  context.write(async (tx) => {
    const [row] = await lockCloudPatents(tx, [id])
    if (row === undefined) throw errors.UNKNOWN_PATENT()
    if (!mayKeep(context, row.universityId)) throw errors.NOT_YOUR_ORGANISATION()
    if (row.version !== version) throw errors.CHANGED({ data: { version: row.version } })
    await setTeam(tx, id, named)
    await recordAudit(tx, context, {
      action: 'university-cloud.team-set',
      subject: { kind: 'universityPatent', id },
      detail: { before: row.team, team: named },
    })
    const [after] = await findCloudPatents(tx, [id])
    return show(after!)
  }),
)

export const cloudApi = { universities, list, get, inventory, move, setTeam: team }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

function shownStages(stages: StageCounts, inner: boolean): Record<CloudStage, number | null> {
  return Object.fromEntries(
    STAGE_NAMES.map((stage) => [stage, inner || PUBLIC_STAGES.includes(stage) ? stages[stage] : null]),
  ) as Record<CloudStage, number | null>
}

const totalOf = (stages: Readonly<Record<CloudStage, number | null>>) =>
  sum(Object.values(stages).flatMap((count) => count ?? []))

function show({ facts: _facts, gradedOn: _gradedOn, rulesFrom: _rulesFrom, ...row }: CloudRow) {
  return row
}

/** The universities of which the reader sees everything: undefined for staff, who see all. */
function ownOf({ actor }: Context): readonly string[] | undefined {
  if (actor.kind !== 'account') return actor.kind === 'system' ? undefined : []
  return isStaff(actor.roles) ? undefined : actor.organisationIds
}

function sees(context: Context, universityId: string): boolean {
  const own = ownOf(context)
  return own === undefined || own.includes(universityId)
}

function maySee(context: Context, { stage, universityId }: CloudRow): boolean {
  return PUBLIC_STAGES.includes(stage) || sees(context, universityId)
}

async function ownUniversities({ db, actor }: Context) {
  if (!hasRole(actor, 'university') || actor.kind !== 'account') return []
  const parties = await Promise.all(actor.organisationIds.map((id) => findParty(db, id)))
  return parties.flatMap((party) => (party === undefined ? [] : [{ id: party.id, name: party.name }]))
}

/** A university keeps its own inventory; officers and the operations centre keep anybody's. */
function mayKeep({ actor }: Context, universityId: string): boolean {
  if (hasRole(actor, 'officer', 'operator')) return true
  return (
    hasRole(actor, 'university') && actor.kind === 'account' && actor.organisationIds.includes(universityId)
  )
}

function moverOf({ actor }: Context): Importing['by'] {
  if (actor.kind !== 'account') return { id: actor.kind, name: actor.kind, for: 'system' }
  const office = hasRole(actor, 'officer', 'operator')
  return { id: actor.accountId, name: actor.name, for: office ? 'office' : 'university' }
}

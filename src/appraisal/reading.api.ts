import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import { readCursor, writeCursor } from '../statistics/cursor.rules.ts'
import { digestOf, inputsOf } from './computing.ts'
import { appraisal } from './contract.ts'
import { findFates, type Fate } from './fate.store.ts'
import {
  findResult,
  findRound,
  type FullResult,
  listEditions,
  listFiles,
  listResults,
  listResultsOf,
  listRounds,
  type RoundRow,
} from './round.store.ts'
import { editionView, isParty, recordView, resultView, roundView, showsResults } from './round.view.ts'
import {
  type Change,
  classNamed,
  differencesOf,
  type ItemDifference,
  type Score,
  scoreOf,
  vetoesOf,
} from './rules.ts'

const os = implementation(appraisal)

const criteria = os.criteria.handler(({ context: { zone } }) => {
  const { note, schemes } = zone.appraisal
  return { note, schemes: schemes.toSorted((one, other) => (one.from < other.from ? 1 : -1)) }
})

const rounds = os.rounds.handler(async ({ context }) => {
  const rows = await listRounds(context.db)
  const items = await Promise.all(
    rows.map(async (row) => {
      const results =
        showsResults(context, row) && row.edition > 0
          ? await listResults(context.db, row.id, row.edition)
          : []
      const { code, version, names, sample } = row.scheme
      return {
        year: row.year,
        state: row.state,
        scheme: { code, version, names, sample },
        cutoffOn: row.cutoffOn,
        agencies: results.length,
        excellent: results.filter(({ verdict }) => verdict === 'excellent').length,
        closedAt: row.closedAt?.toISOString() ?? null,
      }
    }),
  )
  return { total: items.length, items }
})

const round = os.round.handler(async ({ input: { year }, context, errors }) => {
  const view = await roundView(context, year)
  if (view === undefined) throw errors.UNKNOWN_ROUND()
  return view
})

interface Unknown {
  UNKNOWN_ROUND(): Error
  NOT_APPRAISED(): Error
}

async function openResult(
  context: Context,
  { year, code }: { year: number; code: string },
  errors: Unknown,
): Promise<{ row: RoundRow; result: FullResult }> {
  const row = await findRound(context.db, year)
  if (row === undefined || !showsResults(context, row)) throw errors.UNKNOWN_ROUND()
  const result = await findResult(context.db, row, code)
  if (result === undefined) throw errors.NOT_APPRAISED()
  return { row, result }
}

const agency = os.agency.handler(async ({ input, context, errors }) => {
  const { row, result } = await openResult(context, input, errors)
  const [all, editions] = await Promise.all([
    listResults(context.db, row.id, row.edition),
    listEditions(context.db, row.id),
  ])
  const edition = editions.find((one) => one.edition === row.edition)
  if (edition === undefined) throw errors.NOT_APPRAISED()
  return {
    year: row.year,
    state: row.state,
    scheme: row.scheme,
    result: resultView(result),
    of: all.filter(({ classCode }) => classCode === result.classCode).length,
    edition: editionView(edition),
    cutoffOn: row.cutoffOn,
    mine: isParty(context, result),
  }
})

const records = os.records.handler(async ({ input, context, errors }) => {
  const { measure, cursor, limit } = input
  const { result } = await openResult(context, input, errors)
  const read = cursor === undefined ? undefined : readCursor(cursor)
  if (cursor !== undefined && (read === undefined || !('skip' in read))) throw errors.INVALID_CURSOR()
  const skip = read !== undefined && 'skip' in read ? read.skip : 0
  const all = result.inputs[measure] ?? []
  const party = isParty(context, result)
  return {
    total: all.length,
    items: all.slice(skip, skip + limit).map((record) => recordView(record, measure, party)),
    next: skip + limit < all.length ? writeCursor({ skip: skip + limit }) : null,
  }
})

const recompute = os.recompute.handler(async ({ input, context, errors }) => {
  const { row, result } = await openResult(context, input, errors)
  const { scheme, year } = row
  const standard = classNamed(scheme, result.classCode)
  const replayed = scoreOf(standard, result.inputs)
  const digest = digestOf(scheme, result)
  const { returnForms } = context.zone
  const now = await inputsOf(context.db, result.agencyId, { year, scheme, on: context.today, returnForms })
  const party = isParty(context, result)
  return {
    replayed: {
      total: replayed.total,
      digest,
      same: replayed.total === result.total && digest === result.digest,
    },
    on: context.today,
    today: now === undefined ? null : todayView(scoreOf(standard, now), vetoesOf(scheme, now, year)),
    differences: await explained(context, result, differencesOf(standard, result.inputs, now ?? {}), party),
  }
})

const todayView = ({ items, total }: Score, vetoes: string[]) => ({ items: [...items], total, vetoes })

function explained(
  { db }: Context,
  { agencyId }: FullResult,
  differences: readonly ItemDifference[],
  party: boolean,
) {
  return Promise.all(
    differences.map(async ({ code, measure, before, after, changes }) => {
      const fates = await findFates(
        db,
        agencyId,
        measure,
        changes.map(({ record }) => record.id),
      )
      return {
        code,
        measure,
        before,
        after,
        changes: changes.map((change) => ({
          record: recordView(change.record, measure, party),
          kind: change.kind,
          cause: causeOf(change, fates.get(change.record.id), party || measure !== 'clients'),
        })),
      }
    }),
  )
}

/** Why a record counts now and did not, or the other way round, as far as the tables say. */
function causeOf({ kind, record }: Change, fate: Fate | undefined, shown: boolean) {
  if (kind === 'counted' || kind === 'uncounted')
    return { kind: 'state-changed' as const, on: record.on, words: null }
  if (kind === 'added') {
    const on = fate?.recordedAt?.toISOString().slice(0, 10) ?? null
    return { kind: 'recorded-later' as const, on, words: null }
  }
  if (fate === undefined || fate.goneOn === null) return { kind: 'not-there' as const, on: null, words: null }
  return { kind: 'ended' as const, on: fate.goneOn, words: shown ? fate.words : null }
}

const ofAgency = os.ofAgency.handler(async ({ input: { code }, context }) => ({
  items: await listResultsOf(context.db, code),
}))

const file = os.file.handler(async ({ input: { year, language }, context, errors }) => {
  const row = await findRound(context.db, year)
  const found = row && (await listFiles(context.db, row.id)).find((one) => one.language === language)
  if (found === undefined) throw errors.UNKNOWN_ROUND()
  const content = await context.files.read(found.fileHash)
  return new File([new Uint8Array(content)], `appraisal-${year}-${language}.pdf`, { type: 'application/pdf' })
})

export const readingHandlers = { criteria, rounds, round, agency, records, recompute, ofAgency, file }

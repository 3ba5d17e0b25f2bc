/** What the person sees of a draft, and of the receipt that stands in its place once it is filed. */
import type { Context } from '#platform/api.ts'
import { type ClockRow, listClocks } from './clock.store.ts'
import type { Procedures } from './define.ts'
import type { DraftRow } from './draft.store.ts'
import { listMaterials, type MaterialRow } from './material.store.ts'
import { materialView } from './materials.ts'
import { findMatterOf, listReceipts, type MatterRow } from './matter.store.ts'
import { named } from './procedure-view.ts'
import { nameOf } from './telling.ts'

export function draftHead(procedures: Procedures, row: DraftRow, submittedAs: string | null) {
  return {
    id: row.id,
    procedure: named(procedures, row.procedureCode),
    organisation:
      row.organisationId === null ? null : { id: row.organisationId, name: row.organisationName ?? '' },
    station: row.stationCode,
    counter: row.counterName === null ? null : { name: row.counterName },
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    savedAt: row.savedAt.toISOString(),
    submittedAs,
  }
}

export async function draftView({ db }: Context, procedures: Procedures, row: DraftRow) {
  const matter = row.submittedAt === null ? undefined : await findMatterOf(db, { draftId: row.id })
  return viewOf(procedures, row, matter?.number ?? null, await listMaterials(db, { draftId: row.id }))
}

/** A draft that was just begun has no files yet. */
export const newDraftView = (procedures: Procedures, row: DraftRow) => viewOf(procedures, row, null, [])

function viewOf(
  procedures: Procedures,
  row: DraftRow,
  submittedAs: string | null,
  materials: readonly MaterialRow[],
) {
  return {
    ...draftHead(procedures, row, submittedAs),
    answers: row.answers as Record<string, unknown>,
    materials: materials.map(materialView),
  }
}

/** What a receipt says beside the matter itself. */
export interface Received {
  readonly matter: MatterRow
  readonly entryId: string
  readonly issuedAt: Date
  readonly materials: readonly Pick<MaterialRow, 'code' | 'fileName' | 'fileHash'>[]
  readonly clocks: readonly Pick<ClockRow, 'code' | 'dueOn' | 'sample'>[]
}

/** The receipt of what was filed before, read again. */
export async function receiptOf(context: Context, procedures: Procedures, matter: MatterRow) {
  const { db } = context
  const [receipts, materials, clocks] = await Promise.all([
    listReceipts(db, matter.id),
    listMaterials(db, { matterId: matter.id }),
    listClocks(db, matter.id),
  ])
  const { entryId, issuedAt } = receipts.find(({ kind }) => kind === 'submission')!
  return receiptView(context, procedures, { matter, entryId, issuedAt, materials, clocks })
}

export function receiptView(
  context: Context,
  procedures: Procedures,
  { matter, entryId, issuedAt, materials, clocks }: Received,
) {
  const procedure = procedures.get(matter.procedureCode)
  return {
    number: matter.number,
    procedure: named(procedures, matter.procedureCode),
    submittedAt: matter.submittedAt.toISOString(),
    station: { code: matter.stationCode, names: nameOf(context, matter.stationCode, null) },
    routing: matter.routing as never,
    materials: materials.map(({ code, fileName, fileHash }) => ({
      code,
      names: procedure?.materials?.find((one) => one.code === code)?.names ?? { zh: code, en: code },
      fileName,
      sha256: fileHash,
    })),
    clocks: clocks.map(({ code, dueOn, sample }) => ({
      code,
      names: procedure?.clocks[code]?.names ?? { zh: code, en: code },
      due: dueOn,
      sample,
    })),
    entryId,
    issuedAt: issuedAt.toISOString(),
  }
}

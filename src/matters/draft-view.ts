/** What the person sees of a draft, and of the receipt that stands in its place once it is filed. */
import type { Context } from '#platform/api.ts'
import { listClocks } from './clock.store.ts'
import type { Procedures } from './define.ts'
import type { DraftRow } from './draft.store.ts'
import { listMaterials } from './material.store.ts'
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
  const materials = await listMaterials(db, { draftId: row.id })
  return {
    ...draftHead(procedures, row, matter?.number ?? null),
    answers: row.answers as Record<string, unknown>,
    materials: materials.map(materialView),
  }
}

export async function receiptOf(context: Context, procedures: Procedures, matter: MatterRow) {
  const { db } = context
  const procedure = procedures.get(matter.procedureCode)
  const [receipts, materials, clocks] = await Promise.all([
    listReceipts(db, matter.id),
    listMaterials(db, { matterId: matter.id }),
    listClocks(db, matter.id),
  ])
  const receipt = receipts.find(({ kind }) => kind === 'submission')!
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
    entryId: receipt.entryId,
    issuedAt: receipt.issuedAt.toISOString(),
  }
}

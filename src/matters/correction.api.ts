import { implementation, type Context } from '#platform/api.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { findFaults, maskAnswers } from './answers.rules.ts'
import { matters } from './contract.ts'
import { answerItem, findOpenCorrection, type OpenCorrection } from './correction.store.ts'
import type { Procedure, Procedures } from './define.ts'
import type { Answers } from './form.rules.ts'
import { formIn } from './listed.rules.ts'
import { findMaterial, insertMaterial, listMaterials, type MaterialRow } from './material.store.ts'
import { materialView, takeFile } from './materials.ts'
import { findMatterById } from './matter.store.ts'
import { lockOpened, needOpen, openMatter, personOf } from './opening.ts'
import { refused } from './refused.ts'

const os = implementation(matters)

export const correctionApi = (procedures: Procedures) => ({
  answerItem: os.answerItem.handler(({ input: { number, itemId, answer, materialId }, context, errors }) =>
    context.write(async (tx) => {
      const { matter, procedure, standing } = await lockOpened(tx, context, procedures, number)
      if (standing.side !== 'applicant')
        throw errors.NOT_YOURS_TO_DO({ data: { step: 'answerItem', handler: null } })
      const open = await findOpenCorrection(tx, matter.id)
      if (open === undefined) throw errors.NOTHING_ASKED()
      const item = open.items.find(({ id }) => id === itemId)
      if (item === undefined) throw errors.UNKNOWN_ITEM({ data: { id: itemId } })
      if (materialId !== undefined) {
        const file = await findMaterial(tx, materialId)
        if (file?.matterId !== matter.id || file.withdrawnAt !== null)
          throw errors.UNKNOWN_FILE({ data: { id: materialId } })
      }
      const given = answer !== undefined && answer !== null && answer !== ''
      if (item.kind === 'material' ? materialId === undefined : !given && materialId === undefined)
        throw errors.ANSWER_NEEDED()
      if (item.kind === 'field' && !given) throw errors.ANSWER_NEEDED()
      if (given) checkAnswer(context, procedure, matter.answers as Answers, item, answer)
      await answerItem(tx, itemId, { answer, materialId: materialId ?? null, answeredAt: context.now })
      await recordAudit(tx, context, {
        action: 'matter.correction-answered',
        subject: { kind: 'matter', id: matter.id },
        detail: { number, item: itemId },
      })
      return (await correctionOf(tx, procedure, matter.id, 'applicant'))!
    }),
  ),

  attach: os.attach.handler(async ({ input: { number, code, file }, context, errors }) => {
    const { matter, procedure, standing } = await openMatter(context, procedures, number)
    if (standing.side !== 'applicant' && standing.side !== 'office') throw errors.NOT_A_PARTY()
    needOpen(matter)
    const present = await listMaterials(context.db, { matterId: matter.id })
    const taken = await takeFile(context, procedure, { code, file, present })
    return context.write(async (tx) => {
      needOpen((await lockOpened(tx, context, procedures, number)).matter)
      const row = await insertMaterial(tx, { ...taken, draftId: null, matterId: matter.id })
      await recordAudit(tx, context, {
        action: 'matter.material-added',
        subject: { kind: 'matter', id: matter.id },
        detail: { number, code, sha256: row.fileHash },
      })
      return materialView(row)
    })
  }),

  material: os.material.handler(async ({ input: { id }, context, errors }) => {
    const file = await findMaterial(context.db, id)
    if (file === undefined || !(await mayRead(context, procedures, file)))
      throw errors.UNKNOWN_FILE({ data: { id } })
    const content = await context.files.read(file.fileHash)
    return new File([new Uint8Array(content)], file.fileName, { type: file.mediaType })
  }),
})

/** The person who put it into a draft; once submitted, applicant and office. Readers see that it exists, not its content. */
async function mayRead(
  context: Context,
  procedures: Procedures,
  { matterId, uploadedBy }: MaterialRow,
): Promise<boolean> {
  if (matterId === null) return uploadedBy === personOf(context).accountId
  const matter = await findMatterById(context.db, matterId)
  if (matter === undefined) return false
  const { standing } = await openMatter(context, procedures, matter.number).catch(() => ({
    standing: undefined,
  }))
  return standing?.side === 'applicant' || standing?.side === 'office'
}

function checkAnswer(
  { today, zone }: Context,
  procedure: Procedure,
  answers: Answers,
  { kind, code }: { kind: string; code: string | null },
  answer: unknown,
) {
  if (JSON.stringify(answer).length > 20_000 || JSON.stringify(answer).includes('\\u0000'))
    throw refused('ANSWER_UNFIT', 422, { faults: [{ field: code ?? '', code: 'tooLong', limit: 20_000 }] })
  if (kind !== 'field' || code === null) return
  const faults = findFaults(formIn(zone, procedure.form), { ...answers, [code]: answer }, today).filter(
    ({ field }) => field === code || field.startsWith(`${code}.`),
  )
  if (faults.length > 0) throw refused('ANSWER_UNFIT', 422, { faults })
}

export async function correctionOf(
  db: Tx | Context['db'],
  procedure: Procedure,
  matterId: string,
  side: 'applicant' | 'office',
) {
  const open = await findOpenCorrection(db, matterId)
  if (open === undefined) return null
  const materials = await listMaterials(db, { matterId })
  return view(open, procedure, materials, side)
}

function view(
  { correction, items }: OpenCorrection,
  procedure: Procedure,
  materials: MaterialRow[],
  side: 'applicant' | 'office',
) {
  const fields = procedure.form.sections.flatMap((one) => one.fields)
  return {
    id: correction.id,
    reason: correction.reason,
    askedBy: correction.askedName,
    askedAt: correction.askedAt.toISOString(),
    items: items.map(({ id, kind, code, wanted, answer, materialId, answeredAt }) => {
      const file = materials.find((one) => one.id === materialId)
      return {
        id,
        code,
        wanted,
        // A corrected answer is masked like the one it replaces; stating a purpose opens it once it is taken in.
        answer:
          side === 'applicant' || kind !== 'field' || code === null
            ? answer
            : maskAnswers(procedure.form, { [code]: answer }).answers[code],
        kind: kind as 'material' | 'field' | 'other',
        names:
          (kind === 'field'
            ? fields.find(({ name }) => name === code)?.label
            : procedure.materials?.find((one) => one.code === code)?.names) ?? null,
        material: file === undefined ? null : materialView(file),
        answered: answeredAt !== null,
      }
    }),
    open: items.filter(({ answeredAt }) => answeredAt === null).length,
  }
}

import { implementation } from '#platform/api.ts'
import { recordAudit } from '../ledger/public.ts'
import { holdClock, OBJECTION } from './clocks.ts'
import { matters } from './contract.ts'
import type { Procedures } from './define.ts'
import { findDocumentByNumber, listDocuments } from './document.store.ts'
import { asMatter, kindOf } from './filing.ts'
import { findMatter, insertEvent, lockMatter } from './matter.store.ts'
import { fileObjection } from './objecting.ts'
import { idCursor, lockOpened, needOffice, openMatter, personOf } from './opening.ts'
import { named } from './procedure-view.ts'
import { decideObjection, listObjections, listPublic } from './publicity.store.ts'
import { syncQueue } from './queue.store.ts'
import { standingOf } from './standing.ts'
import { nameOf } from './telling.ts'

const os = implementation(matters)

export const publicityApi = (procedures: Procedures) => ({
  publicity: os.publicity.handler(async ({ input: { cursor, limit }, context }) => {
    const states = [...procedures.values()].flatMap(({ code, publicity }) =>
      publicity === undefined ? [] : [{ procedure: code, state: publicity.state, clock: publicity.clock }],
    )
    const { total, items } = await listPublic(context.db, states, { after: idCursor(cursor), limit })
    return {
      total,
      items: items.map((row) => ({
        number: row.number,
        procedure: named(procedures, row.procedureCode),
        facts: (procedures.get(row.procedureCode)?.publicity?.shows(asMatter(row) as never) ?? []).map(
          ([label, value]) => ({ label, value }),
        ),
        since: row.since,
        until: row.until,
        station: { code: row.stationCode, names: nameOf(context, row.stationCode, null) },
      })),
      next: items.length < limit ? null : (items.at(-1)?.id ?? null),
    }
  }),

  object: os.object.handler(({ input: { number, body }, context, errors }) =>
    context.write(async (tx) => {
      const found = await findMatter(tx, number)
      const matter = found && (await lockMatter(tx, found.id))
      const procedure = matter && procedures.get(matter.procedureCode)
      const publicity = procedure?.publicity
      if (matter === undefined || procedure === undefined || publicity === undefined)
        throw errors.UNKNOWN_MATTER({ data: { number } })
      const { side } = await standingOf(tx, context, procedure, matter)
      if (matter.state !== publicity.state) {
        if (side === undefined) throw errors.UNKNOWN_MATTER({ data: { number } })
        throw errors.NOT_PUBLIC_NOW()
      }
      if (side === 'applicant' || context.authorise(publicity.objectionBy) !== undefined)
        throw errors.MAY_NOT_OBJECT()
      const by = personOf(context)
      if ((await listObjections(tx, matter.id)).some((one) => one.accountId === by.accountId))
        throw errors.OBJECTED_ALREADY()
      const { id, filedAt, entryId } = await fileObjection(tx, context, procedure, matter, { by, body })
      return { id, filedAt: filedAt.toISOString(), entryId }
    }),
  ),

  decideObjection: os.decideObjection.handler(
    ({ input: { number, id, upheld, decision }, context, errors }) =>
      context.write(async (tx) => {
        const { matter, procedure, standing } = await lockOpened(tx, context, procedures, number)
        needOffice(standing)
        const objections = await listObjections(tx, matter.id)
        const objection = objections.find((one) => one.id === id)
        if (objection === undefined) throw errors.UNKNOWN_OBJECTION({ data: { id } })
        if (objection.decidedAt !== null) throw errors.ALREADY_DECIDED()
        const { accountId, name } = personOf(context)
        await decideObjection(tx, id, {
          decidedBy: accountId,
          decidedName: name,
          decidedAt: context.now,
          upheld,
          decision,
        })
        const event = {
          matterId: matter.id,
          actorId: accountId,
          actorName: name,
          at: context.now,
          day: context.today,
        }
        await insertEvent(tx, { ...event, kind: 'objection-decided', side: 'office', detail: { upheld } })
        const rest = objections.some((one) => one.id !== id && one.decidedAt === null)
        if (!rest && procedure.publicity !== undefined)
          await holdClock(tx, context, {
            matterId: matter.id,
            code: procedure.publicity.pauses,
            because: OBJECTION,
            hold: false,
          })
        await syncQueue(tx, matter, kindOf(procedure, matter.state), context.now)
        await recordAudit(tx, context, {
          action: 'matter.objection-decided',
          subject: { kind: 'matter', id: matter.id },
          detail: { number, objection: id, upheld },
        })
        return { decidedAt: context.now.toISOString() }
      }),
  ),

  document: os.document.handler(async ({ input: { number, id, language }, context, errors }) => {
    const { matter, standing } = await openMatter(context, procedures, number)
    const document = (await listDocuments(context.db, matter.id)).find((one) => one.id === id)
    // Its words may name people: whoever only reads the matter learns that it was issued, and may verify it.
    if (document === undefined || standing.side === 'reader') throw errors.UNKNOWN_DOCUMENT({ data: { id } })
    const content = await context.files.read(language === 'en' ? document.sha256En : document.sha256Zh)
    return new File([new Uint8Array(content)], `${document.number}.${language}.pdf`, {
      type: 'application/pdf',
    })
  }),

  verifyDocument: os.verifyDocument.handler(async ({ input: { documentNumber }, context, errors }) => {
    const found = await findDocumentByNumber(context.db, documentNumber)
    if (found === undefined) throw errors.UNKNOWN_DOCUMENT({ data: { id: documentNumber } })
    const { code, procedureCode, stationCode, issuedAt, sha256Zh, sha256En, entryId } = found
    return {
      documentNumber: found.number,
      names: procedures.get(procedureCode)?.documents?.[code]?.names ?? { zh: code, en: code },
      procedure: named(procedures, procedureCode),
      station: { code: stationCode, names: nameOf(context, stationCode, null) },
      issuedAt: issuedAt.toISOString(),
      sha256: { zh: sha256Zh, en: sha256En },
      entryId,
    }
  }),
})

import { hasRole } from '#platform/access.ts'
import { type Context, implementation } from '#platform/api.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { recordAudit } from '../ledger/public.ts'
import {
  answerHandover,
  type ClientFile,
  findClientFiles,
  findFilesOffered,
  finishClientFile,
  insertClientFile,
  lockClientFile,
  offerClientFile,
} from './client-file.store.ts'
import { notify } from '../notices/public.ts'
import { agencies } from './contract.ts'
import { clientFileNotice } from './notices.ts'
import { findStays } from './membership.store.ts'
import { findAgency } from './register.store.ts'
import { isOwn } from './reporting.ts'
import { findReporter } from './returns.store.ts'
import { pastDay } from './vantage.ts'

const os = implementation(agencies)

const list = os.clientFiles.handler(async ({ input: { code }, context, errors }) => {
  const agency = await findAgency(context.db, code)
  if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
  if (!mayKeep(agency.partyId, context)) throw errors.FORBIDDEN()
  const [items, offered, { name }] = await Promise.all([
    findClientFiles(context.db, agency.id),
    findFilesOffered(context.db, agency.id),
    findReporter(context.db, agency.id, context.today),
  ])
  return {
    name,
    total: items.length,
    open: items.filter(isOpen).length,
    items: items.map(shown),
    offered: offered.map(shown),
  }
})

const add = os.addClientFile.handler(({ input: { code, ...input }, context, errors }) => {
  const openedOn = pastDay('openedOn', input.openedOn, context.today, errors)
  return context.write(async (tx) => {
    const agency = await findAgency(tx, code)
    if (agency === undefined) throw errors.UNKNOWN_AGENCY({ data: { code } })
    if (!mayKeep(agency.partyId, context)) throw errors.FORBIDDEN()
    const { reference, title, clientName } = input
    const id = await insertClientFile(tx, {
      agencyId: agency.id,
      reference,
      title,
      clientName,
      openedOn,
      recordedAt: context.now,
    })
    if (id === undefined) throw errors.REFERENCE_TAKEN({ data: { reference } })
    await recordAudit(tx, context, {
      action: 'client-file.entered',
      subject: { kind: 'client-file', id },
      detail: { agency: code, openedOn },
    })
    return { id }
  })
})

const finish = os.finishClientFile.handler(({ input: { id, note }, context, errors }) =>
  context.write(async (tx) => {
    const file = await ownFile(tx, id, context, errors)
    refuseUnlessOpen(file, errors)
    await finishClientFile(tx, id, { on: context.today, note })
    await recordAudit(tx, context, {
      action: 'client-file.finished',
      subject: { kind: 'client-file', id },
      detail: { agency: file.agencyCode },
    })
    return again(tx, id)
  }),
)

const offer = os.offerClientFile.handler(({ input: { id, to, note }, context, errors }) =>
  context.write(async (tx) => {
    const file = await ownFile(tx, id, context, errors)
    refuseUnlessOpen(file, errors)
    const receiver = to.kind === 'agency' ? await findAgency(tx, to.code) : undefined
    if (to.kind === 'agency') {
      if (receiver === undefined || receiver.id === file.agencyId)
        throw errors.UNKNOWN_RECEIVER({ data: { code: to.code } })
      const stays = await findStays(tx, receiver.id)
      const there = stays.some(({ movedIn, movedOut }) => movedIn <= context.today && movedOut === null)
      if (!there) throw errors.RECEIVER_NOT_IN_ZONE({ data: { code: to.code } })
    }
    const receiverName =
      receiver === undefined ? file.clientName : (await findReporter(tx, receiver.id, context.today)).name
    await offerClientFile(tx, {
      fileId: id,
      toKind: to.kind,
      toAgencyId: receiver?.id ?? null,
      receiverName,
      offeredAt: context.now,
      offeredBy: nameOf(context),
      note,
    })
    await recordAudit(tx, context, {
      action: 'client-file.offered',
      subject: { kind: 'client-file', id },
      detail: { agency: file.agencyCode, to: receiver?.code ?? 'client' },
    })
    if (receiver !== undefined) {
      await notify(tx, context, {
        to: { organisation: receiver.partyId },
        kind: clientFileNotice,
        subject: { kind: 'client-file', id },
        words: {
          zh: `有客户案卷待接收：${file.reference}`,
          en: `A client’s file is offered to you: ${file.reference}`,
        },
        href: `/work/agencies/${receiver.code}/clients`,
      })
    }
    return again(tx, id)
  }),
)

const answer = os.answerClientFile.handler(({ input: { id, answer: given, note }, context, errors }) =>
  context.write(async (tx) => {
    const file = await lockClientFile(tx, id)
    if (file === undefined) throw errors.UNKNOWN_FILE()
    const { handover } = file
    const receiver =
      handover?.toCode === null || handover === null ? undefined : await findAgency(tx, handover.toCode)
    if (!mayAnswer(receiver?.partyId, context)) {
      // Who neither keeps the file nor is offered it learns nothing of it.
      if (await keepsFile(tx, file, context)) throw errors.FORBIDDEN()
      throw errors.UNKNOWN_FILE()
    }
    if (file.state !== 'offered' || handover === null) throw errors.NOT_OFFERED()
    const receipt = await answerHandover(tx, handover.id, {
      answer: given,
      answeredAt: context.now,
      answeredBy: nameOf(context),
      answerNote: note,
    })
    await recordAudit(tx, context, {
      action: given === 'received' ? 'client-file.received' : 'client-file.refused',
      subject: { kind: 'client-file', id },
      detail: { agency: file.agencyCode, to: handover.toCode ?? 'client', receipt: receipt ?? undefined },
    })
    await tellGiver(tx, context, { file, receipt })
    return again(tx, id)
  }),
)

/** The agency that gave the file away learns what became of it. */
async function tellGiver(
  tx: Tx,
  context: Context,
  { file, receipt }: { file: ClientFile; receipt: string | null },
): Promise<void> {
  const giver = await findAgency(tx, file.agencyCode)
  if (giver === undefined) return
  const { reference } = file
  await notify(tx, context, {
    to: { organisation: giver.partyId },
    kind: clientFileNotice,
    subject: { kind: 'client-file', id: file.id },
    words:
      receipt === null
        ? { zh: `客户案卷未被接收：${reference}`, en: `A client’s file was not taken: ${reference}` }
        : {
            zh: `客户案卷已接收：${reference}，回执 ${receipt}`,
            en: `A client’s file was taken over: ${reference}, receipt ${receipt}`,
          },
    href: `/work/agencies/${file.agencyCode}/clients`,
  })
}

export const clientFilesApi = {
  clientFiles: list,
  addClientFile: add,
  finishClientFile: finish,
  offerClientFile: offer,
  answerClientFile: answer,
}

/** The agency itself, and the office that sees to it that no client is left behind. */
export function mayKeep(partyId: string, context: Context): boolean {
  return hasRole(context.actor, 'officer', 'operator') || isOwn(partyId, context)
}

/** The agency that takes the file; for a client, the office that has seen the signature. */
function mayAnswer(receiverPartyId: string | undefined, context: Context): boolean {
  if (hasRole(context.actor, 'officer', 'operator')) return true
  return receiverPartyId !== undefined && isOwn(receiverPartyId, context)
}

interface FileErrors {
  UNKNOWN_FILE(): Error
}

async function keepsFile(tx: Tx, file: ClientFile, context: Context): Promise<boolean> {
  const agency = await findAgency(tx, file.agencyCode)
  return agency !== undefined && mayKeep(agency.partyId, context)
}

async function ownFile(tx: Tx, id: string, context: Context, errors: FileErrors): Promise<ClientFile> {
  const file = await lockClientFile(tx, id)
  if (file === undefined || !(await keepsFile(tx, file, context))) throw errors.UNKNOWN_FILE()
  return file
}

function refuseUnlessOpen(
  { state, handover }: ClientFile,
  errors: {
    FILE_CLOSED(refusal: { data: { state: 'handed-over' | 'finished' } }): Error
    FILE_OFFERED(refusal: { data: { receiver: string } }): Error
  },
): void {
  if (state === 'offered') throw errors.FILE_OFFERED({ data: { receiver: handover?.receiverName ?? '' } })
  if (state !== 'open') throw errors.FILE_CLOSED({ data: { state } })
}

async function again(tx: Tx, id: string) {
  const file = await lockClientFile(tx, id)
  if (file === undefined) throw new BrokenInvariant(`the client file ${id} is gone`)
  return shown(file)
}

function isOpen({ state }: ClientFile): boolean {
  return state === 'open' || state === 'offered'
}

function nameOf({ actor }: Context): string {
  return actor.kind === 'account' ? actor.name : ''
}

function shown({ agencyCode, agencyId: _id, handover, ...file }: ClientFile) {
  return {
    ...file,
    agency: agencyCode,
    handover:
      handover === null
        ? null
        : {
            toKind: handover.toKind,
            toCode: handover.toCode,
            receiverName: handover.receiverName,
            offeredAt: new Date(handover.offeredAt).toISOString(),
            note: handover.note,
            answer: handover.answer,
            answeredAt: handover.answeredAt === null ? null : new Date(handover.answeredAt).toISOString(),
            answerNote: handover.answerNote,
            receipt: handover.receipt,
          },
  }
}

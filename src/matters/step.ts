import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { findFaults, settledAnswers } from './answers.rules.ts'
import { moveClocks } from './clocks.ts'
import { closeCorrection, findOpenCorrection, insertCorrection, type Wanted } from './correction.store.ts'
import type { Outcome, Procedure, Step } from './define.ts'
import { issueDocument, prepareDocument, type PreparedDocument } from './documents.ts'
import { asMatter, kindOf } from './filing.ts'
import type { Answers } from './form.rules.ts'
import { beginAssignment, endAssignment } from './handover.store.ts'
import { offerHandOver, type Receiver } from './handing-over.ts'
import { formIn } from './listed.rules.ts'
import { insertEvent, listEventsSince, lockMatter, updateMatter, type MatterRow } from './matter.store.ts'
import { moversOf, stateOf, stepOf } from './procedure.rules.ts'
import { listObjections } from './publicity.store.ts'
import { syncQueue } from './queue.store.ts'
import { refused } from './refused.ts'
import { searchableTexts, termsOf } from './search.rules.ts'
import { isMoverOf, type Standing } from './standing.ts'
import { tellOfStep } from './telling.ts'

export interface StepInput {
  readonly step: string
  /** The version that was looked at; the system acts on whatever stands. */
  readonly version?: number
  readonly answers?: Answers | undefined
  readonly note?: string | undefined
  readonly items?: readonly Wanted[] | undefined
  readonly to?: Receiver | undefined
  /** The clock that ran out, where that is why the system acts. */
  readonly expired?: string
}

type AnyStep = Step<string, never, never>

/** One step of one person: judged, its document set, then taken in one transaction. */
export async function takeStep(
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  standing: Standing,
  input: StepInput,
): Promise<MatterRow> {
  const { step, answers } = await judgeStep(context, procedure, matter, standing, input)
  if (input.version !== matter.version)
    throw await changedMeanwhile(context, procedure, matter, input.version)
  const document =
    step.document === undefined
      ? undefined
      : await prepareDocument(context, procedure, matter, step.document, answers)
  return context.write((tx) => applyStep(tx, context, procedure, matter.id, standing, input, document))
}

/** What can be said before anything is written; all of it is asked again under the lock. */
async function judgeStep(
  context: Pick<Context, 'db' | 'today' | 'zone'>,
  procedure: Procedure,
  matter: MatterRow,
  standing: Standing,
  input: StepInput,
): Promise<{ step: AnyStep; answers: Answers }> {
  const step = stepOf(procedure, input.step)
  if (step === undefined) throw refused('UNKNOWN_STEP', 404, { step: input.step })
  const movers = moversOf(step)
  if (!movers.some((mover) => isMoverOf(mover, standing, matter.handlerId)))
    throw refused('NOT_YOURS_TO_DO', 403, {
      step: input.step,
      handler: standing.side === 'office' ? matter.handlerName : null,
    })
  if (input.version !== undefined && input.version !== matter.version)
    throw await changedMeanwhile(context, procedure, matter, input.version)
  if (!step.from.includes(matter.state))
    throw refused('NOT_NOW', 409, { step: input.step, state: matter.state })
  const answers = input.answers ?? {}
  if (step.form === undefined) return { step, answers: {} }
  const faults = findFaults(formIn(context.zone, step.form), answers, context.today)
  if (faults.length > 0) throw refused('INCOMPLETE', 422, { faults })
  return { step, answers: settledAnswers(step.form, answers) }
}

export async function changedMeanwhile(
  { db }: Pick<Context, 'db'>,
  procedure: Procedure,
  matter: MatterRow,
  seen: number | undefined,
) {
  const events = await listEventsSince(db, matter.id, matter.version - (seen ?? matter.version))
  return refused('CHANGED_MEANWHILE', 409, {
    version: matter.version,
    since: events
      .filter(({ audience }) => audience === 'all')
      .map(({ kind, step, actorName, at }) => ({
        what: step ?? kind,
        names: (step === null ? undefined : stepOf(procedure, step)?.names) ?? null,
        by: actorName,
        at: at.toISOString(),
      })),
  })
}

export async function applyStep(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matterId: string,
  standing: Standing,
  input: StepInput,
  document?: PreparedDocument,
): Promise<MatterRow> {
  const locked = await lockMatter(tx, matterId)
  if (locked === undefined) throw refused('UNKNOWN_MATTER', 404, { number: '' })
  const { step, answers } = await judgeStep({ ...context, db: tx }, procedure, locked, standing, input)
  await guardStep(tx, context, procedure, locked, step)
  const corrected = await correct(tx, context, procedure, locked, step, standing, input)
  const matter = await move(tx, context, procedure, locked, step, standing, corrected)
  await insertEvent(tx, {
    matterId,
    kind: input.expired === undefined ? 'step' : 'expired',
    step: input.step,
    fromState: locked.state,
    toState: step.to,
    side: sideOf(standing),
    actorId: standing.accountId,
    actorName: standing.name,
    answers: step.form === undefined ? null : answers,
    note: input.note ?? null,
    detail: input.expired === undefined ? null : { clock: input.expired },
    at: context.now,
    day: context.today,
  })
  await moveClocks(tx, context, { matterId, procedure, step: input.step, from: locked.state, to: step.to })
  await step.effect?.(tx, context, asMatter(matter) as never, answers as never)
  if (document !== undefined) await issueDocument(tx, context, matter, document, standing)
  if (step.handsOver === true) await handOn(tx, context, procedure, matter, standing, input)
  const terms = corrected === undefined ? undefined : termsAfter(procedure, matter)
  await syncQueue(tx, matter, kindOf(procedure, matter.state), context.now, terms)
  await recordAudit(tx, context, {
    action: 'matter.moved',
    subject: { kind: 'matter', id: matterId },
    detail: {
      number: matter.number,
      step: input.step,
      from: locked.state,
      to: step.to,
      version: matter.version,
    },
  })
  await tellOfStep(tx, context, procedure, matter, step, standing)
  return matter
}

function sideOf({ side }: Standing): 'applicant' | 'office' | 'system' {
  return side === 'applicant' || side === 'system' ? side : 'office'
}

async function guardStep(tx: Tx, context: Context, procedure: Procedure, matter: MatterRow, step: AnyStep) {
  const obstacle = await step.guard?.(tx, context, asMatter(matter) as never)
  if (obstacle !== undefined) throw refused('BLOCKED', 409, obstacle)
  if (procedure.publicity === undefined || procedure.publicity.state !== matter.state) return
  // What has been objected to is decided first; withdrawal by the applicant needs no decision.
  const open = (await listObjections(tx, matter.id)).filter(({ decidedAt }) => decidedAt === null)
  if (open.length > 0 && step.decides === true) throw refused('OBJECTIONS_OPEN', 409, { open: open.length })
}

/** Asks for correction, or takes in what was answered; the answers as corrected come back when they changed. */
async function correct(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  step: AnyStep,
  standing: Standing,
  { items, note }: StepInput,
): Promise<Answers | undefined> {
  if (step.asksCorrection === true) {
    if (items === undefined || items.length === 0) throw refused('ITEMS_NEEDED', 422)
    checkItems(procedure, items)
    const asked = { matterId: matter.id, askedBy: standing.accountId, askedName: standing.name }
    await insertCorrection(tx, { ...asked, reason: note ?? '', askedAt: context.now }, items)
    return undefined
  }
  const open = await findOpenCorrection(tx, matter.id)
  if (open === undefined) return undefined
  const unanswered = open.items.filter(({ answeredAt }) => answeredAt === null)
  if (step.answersCorrection === true && unanswered.length > 0)
    throw refused('CORRECTION_INCOMPLETE', 422, {
      open: unanswered.map(({ id, wanted }) => ({ id, wanted })),
    })
  await closeCorrection(tx, open.correction.id, context.now)
  if (step.answersCorrection !== true) return undefined
  const changed = open.items.filter(
    ({ kind, code, answer }) => kind === 'field' && code !== null && answer !== null,
  )
  if (changed.length === 0) return undefined
  return {
    ...(matter.answers as Answers),
    ...Object.fromEntries(changed.map(({ code, answer }) => [code, answer])),
  }
}

function checkItems({ form, materials = [] }: Procedure, items: readonly Wanted[]) {
  const fields = new Set(form.sections.flatMap((one) => one.fields.map(({ name }) => name)))
  const codes = new Set(materials.map(({ code }) => code))
  for (const { kind, code } of items) {
    const known = kind === 'other' || (code !== null && (kind === 'field' ? fields : codes).has(code))
    if (!known) throw refused('UNKNOWN_ITEM', 422, { code: code ?? '' })
  }
}

async function move(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  locked: MatterRow,
  step: AnyStep,
  standing: Standing,
  corrected: Answers | undefined,
): Promise<MatterRow> {
  const to = stateOf(procedure, step.to)
  const claims = standing.side === 'office' && locked.handlerId === null && to?.kind !== 'closed'
  if (claims) await claimByActing(tx, context, locked, standing)
  if (to?.kind === 'closed') await endAssignment(tx, locked.id, context.now, 'closed')
  const outcome: Outcome | undefined = to?.kind === 'closed' ? to.outcome : undefined
  return updateMatter(tx, locked, {
    state: step.to,
    ...(corrected === undefined ? {} : { answers: JSON.stringify(corrected) }),
    ...(claims ? { handlerId: standing.accountId, handlerName: standing.name } : {}),
    ...(outcome === undefined ? {} : { outcome, closedAt: context.now, closedOn: context.today }),
  })
}

async function claimByActing(tx: Tx, { now }: Context, { id }: MatterRow, { accountId, name }: Standing) {
  if (accountId === null) return
  await beginAssignment(tx, {
    matterId: id,
    accountId,
    accountName: name,
    assignedBy: accountId,
    assignedByName: name,
    assignedAt: now,
  })
}

async function handOn(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  standing: Standing,
  { to, note }: StepInput,
) {
  if (to === undefined) throw refused('RECEIVER_NEEDED', 422)
  const reason = note ?? stepOf(procedure, 'handOver')?.names.zh ?? procedure.names.zh
  await offerHandOver(tx, context, procedure, matter, standing, { to, reason })
}

function termsAfter(procedure: Procedure, matter: MatterRow): string[] {
  const named = matter.applicantKind === 'person' ? [] : [matter.applicantName]
  const texts = searchableTexts(procedure.form, matter.answers as Answers)
  return termsOf(matter.number, matter.title, ...named, procedure.names.zh, procedure.names.en, ...texts)
}

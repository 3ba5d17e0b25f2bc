/** A matter as its reader may see it: whoever is not of its parties sees people masked. */
import { date, daysBetween } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import { maskName } from '../identity/mask.rules.ts'
import { logReading } from '../identity/public.ts'
import { maskAnswers } from './answers.rules.ts'
import { listClocks } from './clock.store.ts'
import { correctionOf } from './correction.api.ts'
import type { Procedures } from './define.ts'
import { listDocuments } from './document.store.ts'
import type { Answers } from './form.rules.ts'
import { listHandOvers, type NumberedHandOver } from './handover.store.ts'
import { formIn } from './listed.rules.ts'
import { listMaterials } from './material.store.ts'
import { materialView } from './materials.ts'
import { listEvents, listReceipts, type EventRow } from './matter.store.ts'
import type { Opened } from './opening.ts'
import { named, stateView, stepView } from './procedure-view.ts'
import { moversOf, stepOf } from './procedure.rules.ts'
import { listObjections } from './publicity.store.ts'
import { findListed, type Horizon, type ListedMatter } from './queue.store.ts'
import { findRating } from './rating.store.ts'
import { horizonOf, isMoverOf } from './standing.ts'
import { nameOf } from './telling.ts'

export function itemView(context: Context, procedures: Procedures, row: ListedMatter, horizon: Horizon) {
  const procedure = procedures.get(row.procedureCode)
  const party =
    row.applicantAccountId === horizon.accountId ||
    (row.organisationId !== null && horizon.organisationIds.includes(row.organisationId)) ||
    horizon.stations.includes(row.stationCode)
  const { number, title, orphaned, closedOn, version } = row
  const clock = row.dueClock ?? ''
  return {
    number,
    title,
    orphaned,
    closedOn,
    version,
    procedure: named(procedures, row.procedureCode),
    applicant: row.applicantKind !== 'person' || party ? row.applicantName : maskName(row.applicantName),
    station: {
      code: row.stationCode,
      names: nameOf(context, row.stationCode, null),
    },
    state:
      procedure === undefined
        ? {
            code: row.state,
            names: {
              zh: row.state,
              en: row.state,
            },
            kind: 'open' as const,
            outcome: null,
          }
        : stateView(procedure, row.state),
    handler: row.handlerName,
    due:
      row.dueOn === null
        ? null
        : {
            on: row.dueOn,
            clock: {
              code: clock,
              names: procedure?.clocks[clock]?.names ?? {
                zh: clock,
                en: clock,
              },
            },
            late: row.dueOn < context.today,
            daysLeft: daysBetween(context.today, date(row.dueOn)),
          },
    submittedAt: row.submittedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  }
}

export async function matterView(context: Context, procedures: Procedures, opened: Opened, purpose?: string) {
  const { matter, procedure, standing } = opened
  const { db } = context
  const horizon = await horizonOf(context, procedures)
  const row = (await findListed(db, matter.id, { horizon, today: context.today }))!
  const side: 'applicant' | 'office' | 'reader' =
    standing.side === 'applicant' || standing.side === 'office' ? standing.side : 'reader'
  const closed = matter.closedAt !== null
  const [materials, events, correction, handOvers, documents, objections, rating, receipts] =
    await Promise.all([
      listMaterials(db, { matterId: matter.id }),
      listEvents(db, matter.id, side === 'office' ? 'office' : 'all'),
      side === 'reader' ? null : correctionOf(db, procedure, matter.id, side),
      handOversOf(context, procedures, opened),
      listDocuments(db, matter.id),
      listObjections(db, matter.id),
      findRating(db, matter.id),
      listReceipts(db, matter.id),
    ])
  const receipt = receipts.find(({ kind }) => kind === 'submission')
  const offered = handOvers.some(({ status }) => status === 'offered')
  return {
    ...itemView(context, procedures, row, horizon),
    id: matter.id,
    procedureVersion: matter.procedureVersion,
    applicantKind: matter.applicantKind as 'person' | 'organisation' | 'system',
    organisationId: matter.organisationId,
    form: formIn(context.zone, procedure.form),
    ...(await answersFor(context, opened, side, purpose)),
    explanations: matter.explanations as Record<string, string>,
    routing: matter.routing as never,
    side,
    isHandler: standing.isHandler,
    steps: Object.entries(procedure.transitions)
      .filter(
        ([, step]) =>
          step.from.includes(matter.state) &&
          moversOf(step).some((one) => isMoverOf(one, standing, matter.handlerId)),
      )
      .map(([code]) => stepView(procedure, code, context.zone)),
    mayHandOver: side === 'office' && !closed && !offered,
    mayClaim: side === 'office' && !closed && (matter.handlerId === null || row.orphaned),
    mayAssign: side === 'office' && !closed,
    mayRate: side === 'applicant' && closed && procedure.rating === true && rating === undefined,
    materials: materials
      .map(materialView)
      .map((one) => (side === 'reader' ? { ...one, uploadedBy: maskName(one.uploadedBy) } : one)),
    materialKinds: (procedure.materials ?? []).map(({ code, names }) => ({ code, names })),
    events: events.map((event) => eventView(context, opened, event, side)),
    correction,
    handOvers,
    documents: documents.map(({ id, code, number, issuedAt }) => ({
      id,
      code,
      number,
      names: procedure.documents?.[code]?.names ?? {
        zh: code,
        en: code,
      },
      issuedAt: issuedAt.toISOString(),
    })),
    objections: objections.map(({ id, name, body, filedAt, upheld, decision, decidedAt }) => ({
      id,
      body,
      upheld,
      decision,
      by: side === 'office' ? name : maskName(name),
      filedAt: filedAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
    })),
    rating:
      rating === undefined
        ? null
        : {
            grade: rating.grade,
            words: rating.words,
            ratedAt: rating.ratedAt.toISOString(),
            entryId: receipts.find(({ kind }) => kind === 'rating')?.entryId ?? null,
          },
    receipt:
      receipt === undefined ? null : { entryId: receipt.entryId, issuedAt: receipt.issuedAt.toISOString() },
    panels: [...(procedure.panels ?? [])],
  }
}

async function answersFor(
  context: Context,
  { matter, procedure }: Opened,
  side: 'applicant' | 'office' | 'reader',
  purpose: string | undefined,
) {
  const answers = matter.answers as Record<string, unknown>
  if (side === 'applicant') return { answers, masked: [] }
  const shown = maskAnswers(procedure.form, answers)
  if (side !== 'office' || purpose === undefined || shown.masked.length === 0) return shown
  const subject =
    matter.organisationId !== null
      ? { kind: 'organisation' as const, id: matter.organisationId }
      : matter.applicantAccountId !== null
        ? { kind: 'account' as const, id: matter.applicantAccountId }
        : { kind: 'person' as const, id: matter.id }
  await context.write((tx) =>
    logReading(tx, context, { kind: 'matter', recordId: matter.number, subject, purpose }, shown.masked),
  )
  return { answers, masked: [] }
}

function eventView(
  { zone }: Context,
  { procedure, matter }: Opened,
  event: EventRow,
  side: 'applicant' | 'office' | 'reader',
) {
  const { id, kind, step, fromState, toState, actorName, note, detail, at } = event
  const form = step === null ? undefined : stepOf(procedure, step)?.form
  const answers = event.answers as Answers | null
  const bySomebody =
    event.side === 'public' || (event.side === 'applicant' && matter.applicantKind !== 'system')
  return {
    id,
    kind,
    step,
    names: (step === null ? undefined : stepOf(procedure, step)?.names) ?? null,
    from: fromState,
    to: toState,
    side: event.side as 'applicant' | 'office' | 'system' | 'public',
    by: bySomebody && (side === 'reader' || event.side === 'public') ? maskName(actorName) : actorName,
    form: form === undefined ? null : (formIn(zone, form) as Opened['procedure']['form']),
    answers:
      answers === null || form === undefined || side === 'applicant'
        ? answers
        : maskAnswers(form, answers).answers,
    note: side === 'reader' ? null : note,
    detail: detail as Record<string, unknown> | null,
    at: at.toISOString(),
  }
}

async function handOversOf(context: Context, procedures: Procedures, { matter }: Opened) {
  const { number, procedureCode } = matter
  const rows = await listHandOvers(context.db, matter.id)
  return Promise.all(rows.map((row) => handOverView(context, procedures, { ...row, number, procedureCode })))
}

export async function handOverView(context: Context, procedures: Procedures, row: NumberedHandOver) {
  const [clocks, receipts] = await Promise.all([
    listClocks(context.db, row.matterId),
    listReceipts(context.db, row.matterId),
  ])
  const receipt = receipts.find(({ kind, subjectId }) => kind === 'handover' && subjectId === row.id)
  const { id, number, reason, refusal, outsideNumber, outsideOn, toStation, toBody } = row
  return {
    id,
    number,
    reason,
    refusal,
    outsideNumber,
    outsideOn,
    from: {
      code: row.fromStation,
      names: nameOf(context, row.fromStation, null),
    },
    to: {
      kind: toStation === null ? ('body' as const) : ('station' as const),
      code: toStation ?? toBody ?? '',
      names: nameOf(context, toStation, toBody),
    },
    offeredBy: row.offeredName,
    offeredAt: row.offeredAt.toISOString(),
    status: row.status as 'offered' | 'accepted' | 'refused' | 'withdrawn',
    decidedBy: row.decidedName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    receipt:
      receipt === undefined
        ? null
        : {
            entryId: receipt.entryId,
            issuedAt: receipt.issuedAt.toISOString(),
          },
    due: clocks
      .filter(({ status }) => status !== 'stopped')
      .map(({ code, dueOn }) => ({
        code,
        names: procedures.get(row.procedureCode)?.clocks[code]?.names ?? {
          zh: code,
          en: code,
        },
        due: dueOn,
      })),
  }
}

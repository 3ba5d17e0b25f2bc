import { type Context, implementation } from '#platform/api.ts'
import { date } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { FileTooLarge, UnknownFile } from '#platform/files.ts'
import { recordAudit } from '../ledger/public.ts'
import { resolveParty } from '../parties/public.ts'
import { navigation } from './navigation.contract.ts'
import { adoptionOf, centreObstacle, outcomeObstacle } from './navigation.rules.ts'
import {
  baseExists,
  type CentreRow,
  findCentre,
  findCentreEvents,
  findProject,
  findReports,
  insertBase,
  insertCentre,
  insertCentreEvent,
  insertOutcome,
  insertProject,
  insertReport,
  isNavigationDocument,
  listBases,
  lockCentre,
  lockRecommendation,
  outcomesOf,
  type Place,
  type ProjectRow,
  searchCentres,
  searchProjects,
  setCentreTerm,
} from './navigation.store.ts'

const os = implementation(navigation)
const EVIDENCE_BYTES = 20 * 1024 * 1024

const bases = os.bases.handler(async ({ context: { db, today } }) => {
  const items = (await listBases(db, today)).map((base) => ({
    ...base,
    counted: base.level === 'national' && base.inForce && base.evidenceHash !== null,
  }))
  return { asOf: today, total: items.length, counted: items.filter(({ counted }) => counted).length, items }
})

const registerBase = os.registerBase.handler(async ({ input, context, errors }) => {
  const { evidence, ...base } = input
  refuseAhead('recognisedOn', base.recognisedOn, context, errors)
  const evidenceHash = await keep(evidence, context, errors)
  return context.write(async (tx) => {
    if (!(await insertBase(tx, { ...base, evidenceHash })))
      throw errors.CODE_TAKEN({ data: { code: base.code } })
    await recordAudit(tx, context, {
      action: 'navigation.base-registered',
      subject: { kind: 'navigationBase', id: base.code },
      detail: { evidence: evidenceHash },
    })
    return { code: base.code }
  })
})

const centres = os.centres.handler(async ({ input, context: { db, today }, errors }) => {
  const { cursor, limit, q, state } = input
  const after = cursor === undefined ? undefined : placeOf(cursor)
  if (cursor !== undefined && after === undefined) throw errors.INVALID_CURSOR()
  const found = await searchCentres(db, { on: today, q, state, after, limit: limit + 1 })
  const items = found.rows.slice(0, limit)
  const last = items.at(-1)
  return {
    asOf: today,
    total: found.total,
    inForce: found.inForce,
    ended: found.ended,
    items,
    next: found.rows.length > limit && last ? `${last.approvedOn}_${last.code}` : null,
  }
})

const centre = os.centre.handler(async ({ input: { code }, context: { db, today }, errors }) => {
  const found = await findCentre(db, code, today)
  if (found === undefined) throw errors.UNKNOWN_CENTRE({ data: { code } })
  const events = await findCentreEvents(db, code)
  return {
    ...found,
    events: events.map((event) => ({
      ...event,
      kind: event.kind as 'registered' | 'renewed' | 'ended',
      recordedAt: event.recordedAt.toISOString(),
    })),
  }
})

const registerCentre = os.registerCentre.handler(async ({ input, context, errors }) => {
  const { evidence, reason, ...given } = input
  refuseAhead('approvedOn', given.approvedOn, context, errors)
  if (given.endsOn !== undefined && given.endsOn <= given.approvedOn)
    throw errors.ENDS_BEFORE_IT_BEGINS({ data: { field: 'endsOn' } })
  const evidenceHash = await keep(evidence, context, errors)
  return context.write(async (tx) => {
    const leadId = given.leadId === undefined ? null : await resolveParty(tx, given.leadId)
    if (leadId === undefined) throw errors.UNKNOWN_PARTY({ data: { partyId: given.leadId ?? '' } })
    const endsOn = given.endsOn ?? null
    const { code } = given
    if (!(await insertCentre(tx, { ...given, leadId, endsOn, evidenceHash })))
      throw errors.CODE_TAKEN({ data: { code } })
    await insertCentreEvent(tx, {
      centreCode: code,
      kind: 'registered',
      endsOn,
      reason,
      evidenceHash,
      happenedOn: given.approvedOn,
      recordedBy: accountOf(context),
    })
    await recordAudit(tx, context, {
      action: 'navigation.centre-registered',
      subject: { kind: 'cultivationCentre', id: code },
      detail: { endsOn, evidence: evidenceHash },
    })
    return { code }
  })
})

const changeCentre = os.changeCentre.handler(async ({ input, context, errors }) => {
  const { code, kind, reason, evidence } = input
  const evidenceHash = await keep(evidence, context, errors)
  return context.write(async (tx) => {
    const known = await lockCentre(tx, code)
    if (known === undefined) throw errors.UNKNOWN_CENTRE({ data: { code } })
    const endsOn = input.endsOn ?? (kind === 'ended' ? context.today : null)
    const obstacle = centreObstacle(known, { kind, endsOn, today: context.today })
    if (obstacle === 'ALREADY_ENDED') throw errors.ALREADY_ENDED()
    if (obstacle !== undefined) throw errors[obstacle]({ data: { field: 'endsOn' } })
    await setCentreTerm(tx, code, { endsOn, exitReason: kind === 'ended' ? reason : null })
    await insertCentreEvent(tx, {
      centreCode: code,
      kind,
      endsOn,
      reason,
      evidenceHash,
      happenedOn: context.today,
      recordedBy: accountOf(context),
    })
    await recordAudit(tx, context, {
      action: kind === 'ended' ? 'navigation.centre-ended' : 'navigation.centre-renewed',
      subject: { kind: 'cultivationCentre', id: code },
      detail: { endsOn, evidence: evidenceHash },
    })
    return (await findCentre(tx, code, context.today)) as CentreRow
  })
})

const projects = os.projects.handler(async ({ input, context: { db, today }, errors }) => {
  const { cursor, limit, ...search } = input
  const after = cursor === undefined ? undefined : placeOf(cursor)
  if (cursor !== undefined && after === undefined) throw errors.INVALID_CURSOR()
  const { rows, total, ...sums } = await searchProjects(db, { ...search, after, limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    asOf: today,
    total,
    recommendations: adoptions(sums),
    items: items.map(showProject),
    next: rows.length > limit && last ? `${last.startedOn}_${last.code}` : null,
  }
})

const project = os.project.handler(async ({ input: { code }, context: { db }, errors }) => {
  const found = await readProject(db, code)
  if (found === undefined) throw errors.UNKNOWN_PROJECT({ data: { code } })
  return found
})

const openProject = os.openProject.handler(({ input, context, errors }) => {
  const { code, baseCode, industry, startedOn, finishedOn } = input
  refuseAhead('startedOn', startedOn, context, errors)
  if (finishedOn !== undefined && finishedOn < startedOn)
    throw errors.ENDS_BEFORE_IT_BEGINS({ data: { field: 'finishedOn' } })
  if (industry !== undefined && !industriesOf(context).has(industry))
    throw errors.UNKNOWN_INDUSTRY({ data: { industry } })
  return context.write(async (tx) => {
    if (baseCode !== undefined && (await baseExists(tx, baseCode)) === undefined)
      throw errors.UNKNOWN_BASE({ data: { code: baseCode } })
    const clientId = input.clientId === undefined ? null : await resolveParty(tx, input.clientId)
    if (clientId === undefined) throw errors.UNKNOWN_PARTY({ data: { partyId: input.clientId ?? '' } })
    if (!(await insertProject(tx, { ...input, clientId }))) throw errors.CODE_TAKEN({ data: { code } })
    await recordAudit(tx, context, {
      action: 'navigation.project-opened',
      subject: { kind: 'navigationProject', id: code },
      detail: { kind: input.kind, startedOn },
    })
    return { code }
  })
})

const addReport = os.addReport.handler(async ({ input, context, errors }) => {
  const { code, evidence, ...report } = input
  refuseAhead('publishedOn', report.publishedOn, context, errors)
  const documentHash = await keep(evidence, context, errors)
  return context.write(async (tx) => {
    const known = await findProject(tx, code)
    if (known === undefined) throw errors.UNKNOWN_PROJECT({ data: { code } })
    const id = await insertReport(tx, { ...report, projectId: known.id, documentHash })
    await recordAudit(tx, context, {
      action: 'navigation.report-added',
      subject: { kind: 'navigationProject', id: code },
      detail: { report: id, recommendations: report.recommendations.length, document: documentHash },
    })
    return (await readProject(tx, code))!
  })
})

const recordOutcome = os.recordOutcome.handler(async ({ input, context, errors }) => {
  const { id, kind, words, decidedBy, happenedOn, evidence } = input
  refuseAhead('happenedOn', happenedOn, context, errors)
  const evidenceHash = await keep(evidence, context, errors)
  return context.write(async (tx) => {
    const recommendation = await lockRecommendation(tx, id)
    if (recommendation === undefined) throw errors.UNKNOWN_RECOMMENDATION()
    const { publishedOn, code } = recommendation
    const obstacle = outcomeObstacle(await outcomesOf(tx, [id]), { kind, happenedOn }, publishedOn)
    if (obstacle === 'BEFORE_REPORT')
      throw errors.BEFORE_REPORT({ data: { field: 'happenedOn', publishedOn } })
    if (obstacle !== undefined) throw errors[obstacle]()
    await insertOutcome(tx, {
      recommendationId: id,
      kind,
      words,
      decidedBy,
      happenedOn,
      evidenceHash,
      recordedBy: accountOf(context),
      recordedAt: context.now,
    })
    await recordAudit(tx, context, {
      action: 'navigation.outcome-recorded',
      subject: { kind: 'navigationProject', id: code },
      detail: { recommendation: id, outcome: kind, evidence: evidenceHash },
    })
    return (await readProject(tx, code))!
  })
})

const document = os.document.handler(async ({ input: { hash }, context: { db, files }, errors }) => {
  if (!(await isNavigationDocument(db, hash))) throw errors.UNKNOWN_DOCUMENT()
  const content = await files.read(hash).catch((error: unknown) => {
    if (error instanceof UnknownFile) throw errors.UNKNOWN_DOCUMENT()
    throw error
  })
  return new File([new Uint8Array(content)], hash, { type: 'application/octet-stream' })
})

export const navigationApi = {
  bases,
  registerBase,
  centres,
  centre,
  registerCentre,
  changeCentre,
  projects,
  project,
  openProject,
  addReport,
  recordOutcome,
  document,
}

async function readProject(db: Db, code: string) {
  const { rows } = await searchProjects(db, { code, limit: 1 })
  const [row] = rows
  if (row === undefined) return undefined
  const reports = await findReports(db, code)
  return {
    ...showProject(row),
    reportList: reports.map((report) => ({
      ...report,
      recommendations: report.recommendations.map((recommendation) => ({
        ...recommendation,
        adoption: adoptionOf(recommendation.outcomes),
        outcomes: recommendation.outcomes.map((outcome) => ({
          ...outcome,
          recordedAt: outcome.recordedAt.toISOString(),
        })),
      })),
    })),
  }
}

type Sums = Pick<ProjectRow, 'open' | 'adopted' | 'partlyAdopted' | 'rejected'>

const adoptions = ({ open, adopted, partlyAdopted, rejected }: Sums) => ({
  open,
  adopted,
  'partly-adopted': partlyAdopted,
  rejected,
})

function showProject({ open, adopted, partlyAdopted, rejected, ...project }: ProjectRow) {
  return { ...project, recommendations: adoptions({ open, adopted, partlyAdopted, rejected }) }
}

function placeOf(cursor: string): Place | undefined {
  const [, day, code] = /^(\d{4}-\d{2}-\d{2})_([A-Z0-9-]{1,60})$/.exec(cursor) ?? []
  return day === undefined || code === undefined || !isDay(day) ? undefined : { day, code }
}

function isDay(text: string): boolean {
  const read = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text)
}

function industriesOf({ zone }: Context): ReadonlySet<string> {
  return new Set(
    zone.industries.flatMap(({ groups }) => groups.flatMap(({ members }) => members.map(({ code }) => code))),
  )
}

interface AheadRefusal {
  DAY_AHEAD(refusal: { data: { field: string; today: string } }): Error
}

function refuseAhead(field: string, day: string, { today }: Context, errors: AheadRefusal): void {
  if (date(day) > today) throw errors.DAY_AHEAD({ data: { field, today } })
}

/** Keeps the document that proves something and answers its hash; null where none was given. */
async function keep(
  file: File | undefined,
  { files }: Context,
  errors: { FILE_TOO_LARGE(refusal: { data: { maxBytes: number } }): Error },
): Promise<string | null> {
  if (file === undefined) return null
  try {
    const content = new Uint8Array(await file.arrayBuffer())
    return (await files.put(content, { maxBytes: EVIDENCE_BYTES })).hash
  } catch (error) {
    if (error instanceof FileTooLarge) throw errors.FILE_TOO_LARGE({ data: { maxBytes: EVIDENCE_BYTES } })
    throw error
  }
}

function accountOf({ actor }: Context): string {
  return actor.kind === 'account' ? actor.accountId : actor.kind
}

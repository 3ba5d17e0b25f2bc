import { yearOf } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { settledAnswers } from './answers.rules.ts'
import type { NewClock } from './clock.store.ts'
import { moveClocks } from './clocks.ts'
import type { Matter, Procedure } from './define.ts'
import type { Answers } from './form.rules.ts'
import { adoptMaterials } from './material.store.ts'
import { insertEvent, insertMatter, insertReceipt, nextSerial, type MatterRow } from './matter.store.ts'
import { matterNumber } from './number.rules.ts'
import { stateOf } from './procedure.rules.ts'
import { syncQueue } from './queue.store.ts'
import { routeTo, type RouteFound } from './routing.rules.ts'
import { searchableTexts, termsOf } from './search.rules.ts'
import { refused } from './refused.ts'
import { listStaffed } from './staff.store.ts'

export interface Filing {
  readonly procedure: Procedure
  readonly answers: Answers
  readonly applicant: Matter['applicant']
  readonly route: RouteFound
  readonly draftId: string | null
  /** For what other rooms start: the same cause is filed once. */
  readonly cause: string | null
  readonly explanations: Readonly<Record<string, string>>
  readonly hasMaterials: boolean
}

/** Which station handles it; refused where the zone has none that is able. */
export async function findRoute(
  context: Pick<Context, 'db' | 'zone' | 'today'>,
  procedure: Procedure,
  from: { station?: string | undefined; carrier?: string | undefined },
): Promise<RouteFound> {
  const { db, zone, today } = context
  const route = routeTo({
    kinds: procedure.stations,
    stations: zone.stations,
    staffed: await listStaffed(db, today),
    from,
    centre: zone.carriers.find(({ kind }) => kind === 'centre')?.id,
  })
  if (route === undefined) throw refused('NO_STATION', 409, { code: procedure.code })
  return route
}

export interface Filed {
  readonly matter: MatterRow
  /** The entry in the ledger, and the clocks that run from now on. */
  readonly entryId: string
  readonly clocks: readonly NewClock[]
}

/**
 * Makes a matter of complete answers: number, clocks, queue, ledger entry and receipt in one transaction. Whoever files a draft
 * holds its lock and has seen that it was not filed before; so has whoever starts one for a cause.
 */
export async function fileMatter(tx: Tx, context: Context, filing: Filing): Promise<Filed> {
  const { procedure, applicant, draftId } = filing
  const matter = await insertFiled(tx, context, filing)
  if (draftId !== null && filing.hasMaterials) await adoptMaterials(tx, draftId, matter.id)
  await insertEvent(tx, {
    matterId: matter.id,
    kind: 'submitted',
    toState: matter.state,
    side: applicant.kind === 'system' ? 'system' : 'applicant',
    actorId: applicant.accountId,
    actorName: applicant.name,
    detail: { station: matter.stationCode },
    at: context.now,
    day: context.today,
  })
  const clocks = await moveClocks(tx, context, {
    matterId: matter.id,
    procedure,
    step: 'submit',
    from: null,
    to: matter.state,
  })
  await procedure.onSubmit?.(tx, context, asMatter(matter) as never, matter.answers as never)
  const texts = searchableTexts(procedure.form, matter.answers as Answers)
  const named = applicant.kind === 'person' ? [] : [applicant.name]
  const terms = termsOf(
    matter.number,
    matter.title,
    ...named,
    procedure.names.zh,
    procedure.names.en,
    ...texts,
  )
  await syncQueue(tx, matter, kindOf(procedure, matter.state), context.now, terms)
  const entryId = await recordAudit(tx, context, {
    action: 'matter.submitted',
    subject: { kind: 'matter', id: matter.id },
    detail: {
      number: matter.number,
      procedure: procedure.code,
      version: procedure.version,
      station: matter.stationCode,
    },
  })
  await insertReceipt(tx, {
    kind: 'submission',
    matterId: matter.id,
    subjectId: matter.id,
    entryId,
    issuedAt: context.now,
  })
  return { matter, entryId, clocks }
}

async function insertFiled(tx: Tx, context: Context, filing: Filing): Promise<MatterRow> {
  const { procedure, applicant, draftId, cause, route, explanations } = filing
  const answers = settledAnswers(procedure.form, filing.answers)
  const title = procedure.title?.(answers as never).trim() ?? ''
  const matter = await insertMatter(tx, {
    number: matterNumber(yearOf(context.today), await nextSerial(tx)),
    procedureCode: procedure.code,
    procedureVersion: procedure.version,
    draftId,
    cause,
    applicantKind: applicant.kind,
    applicantAccountId: applicant.accountId,
    organisationId: applicant.organisationId,
    applicantName: applicant.name,
    stationCode: route.station,
    state: procedure.initial,
    title: title === '' ? procedure.names.zh : title.slice(0, 200),
    answers,
    explanations,
    routing: route,
    submittedAt: context.now,
    submittedOn: context.today,
  })
  // Two at once with one cause: the second waits for the first and then has nothing to insert.
  if (matter === undefined) throw refused('CHANGED_MEANWHILE', 409)
  return matter
}

export function kindOf(procedure: Procedure, state: string): 'open' | 'waiting' | 'closed' {
  return stateOf(procedure, state)?.kind ?? 'open'
}

/** A matter as guards, effects and other rooms see it. */
export function asMatter(row: MatterRow): Matter {
  return {
    id: row.id,
    number: row.number,
    procedure: row.procedureCode,
    state: row.state,
    version: row.version,
    answers: row.answers as Answers,
    applicant: {
      // The table's own check allows these three only.
      kind: row.applicantKind as Matter['applicant']['kind'],
      accountId: row.applicantAccountId,
      organisationId: row.organisationId,
      name: row.applicantName,
    },
    station: row.stationCode,
    handlerId: row.handlerId,
    submittedOn: row.submittedOn,
  }
}

import { type Insertable, sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Database, Db, Tx } from '#platform/database.ts'
import type { Adoption, NavigationKind, OutcomeKind } from './navigation.rules.ts'

export interface Place {
  readonly day: string
  readonly code: string
}

export async function listBases(db: Db, on: CalendarDate) {
  const { rows } = await sql<{
    code: string
    name: string
    nameEn: string | null
    level: 'national' | 'provincial'
    recognisedOn: string
    endedOn: string | null
    evidenceHash: string | null
    inForce: boolean
    projects: number
    source: string
  }>`
    select base.code, base.name, base.name_en, base.level, base.recognised_on, base.ended_on, base.evidence_hash,
      base.recognised_on <= ${on} and (base.ended_on is null or base.ended_on > ${on}) as in_force,
      (select count(*) from navigation_project project where project.base_code = base.code) as projects, base.source
    from navigation_base base
    order by base.recognised_on, base.code`.execute(db)
  return rows
}

export async function insertBase(tx: Tx, base: Insertable<Database['navigationBase']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('navigationBase')
    .values(base)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export interface CentreRow {
  readonly code: string
  readonly name: string
  readonly leadId: string | null
  readonly leadName: string | null
  readonly agencyName: string | null
  readonly approvedOn: string
  readonly endsOn: string | null
  readonly exitReason: string | null
  readonly evidenceHash: string | null
  readonly inForce: boolean
  readonly source: string
}

const centreColumns = (on: CalendarDate) => sql`
  centre.code, centre.name, survivor.survivor_id as lead_id, lead.name as lead_name, firm.name as agency_name,
  centre.approved_on, centre.ends_on, centre.exit_reason, centre.evidence_hash, centre.source,
  centre.approved_on <= ${on} and (centre.ends_on is null or centre.ends_on > ${on}) as in_force`

const centreTables = sql`
  cultivation_centre centre
  left join party_survivor survivor on survivor.party_id = centre.lead_id
  left join party lead on lead.id = survivor.survivor_id
  left join agency on agency.id = centre.agency_id
  left join party firm on firm.id = agency.party_id`

interface CentreSearch {
  readonly on: CalendarDate
  readonly q?: string | undefined
  readonly state?: 'in-force' | 'ended' | undefined
  readonly after?: Place | undefined
  readonly limit: number
}

export async function searchCentres(db: Db, { on, q, state, after, limit }: CentreSearch) {
  const asked = sql`(${q ?? null}::text is null or centre.name ilike ${`%${likeText(q ?? '')}%`}
    or centre.code ilike ${`%${likeText(q ?? '')}%`})`
  const alive = sql<boolean>`(centre.approved_on <= ${on} and (centre.ends_on is null or centre.ends_on > ${on}))`
  const wanted = state === undefined ? sql`true` : state === 'in-force' ? alive : sql`not ${alive}`
  const [{ rows: counts }, { rows }] = await Promise.all([
    sql<{ total: number; inForce: number; ended: number }>`
      select count(*) filter (where ${asked} and ${wanted}) as total, count(*) filter (where ${alive}) as in_force,
        count(*) filter (where not ${alive}) as ended
      from cultivation_centre centre`.execute(db),
    sql<CentreRow>`
      select ${centreColumns(on)} from ${centreTables}
      where ${asked} and ${wanted} and ${
        after === undefined
          ? sql`true`
          : sql`(centre.approved_on, centre.code) < (${after.day}::date, ${after.code})`
      }
      order by centre.approved_on desc, centre.code desc limit ${limit}`.execute(db),
  ])
  return { ...counts[0]!, rows }
}

export async function findCentre(db: Db, code: string, on: CalendarDate): Promise<CentreRow | undefined> {
  const { rows } = await sql<CentreRow>`
    select ${centreColumns(on)} from ${centreTables} where centre.code = ${code}`.execute(db)
  return rows[0]
}

export function findCentreEvents(db: Db, code: string) {
  return db
    .selectFrom('cultivationEvent')
    .select(['id', 'kind', 'endsOn', 'reason', 'evidenceHash', 'happenedOn', 'recordedAt'])
    .where('centreCode', '=', code)
    .orderBy('recordedAt', 'desc')
    .execute()
}

export function lockCentre(tx: Tx, code: string) {
  return tx
    .selectFrom('cultivationCentre')
    .select(['code', 'approvedOn', 'endsOn'])
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst()
}

export async function insertCentre(
  tx: Tx,
  centre: Insertable<Database['cultivationCentre']>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('cultivationCentre')
    .values(centre)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export async function setCentreTerm(
  tx: Tx,
  code: string,
  { endsOn, exitReason }: { readonly endsOn: string | null; readonly exitReason: string | null },
): Promise<void> {
  await tx.updateTable('cultivationCentre').set({ endsOn, exitReason }).where('code', '=', code).execute()
}

export async function insertCentreEvent(
  tx: Tx,
  event: Insertable<Database['cultivationEvent']>,
): Promise<void> {
  await tx.insertInto('cultivationEvent').values(event).execute()
}

export interface ProjectRow {
  readonly code: string
  readonly title: string
  readonly titleEn: string | null
  readonly kind: NavigationKind
  readonly baseCode: string | null
  readonly baseName: string | null
  readonly clientId: string | null
  readonly clientName: string | null
  readonly industry: string | null
  readonly startedOn: string
  readonly finishedOn: string | null
  readonly reports: number
  readonly open: number
  readonly adopted: number
  readonly partlyAdopted: number
  readonly rejected: number
  readonly source: string
}

/** Each recommendation with its newest decision: the same order as `adoptionOf` takes. */
const standing = sql`
  select report.project_id, recommendation.id, coalesce((
    select outcome.kind from navigation_outcome outcome
    where outcome.recommendation_id = recommendation.id and outcome.kind <> 'result'
    order by outcome.recorded_at desc, outcome.id desc limit 1), 'open') as adoption
  from navigation_recommendation recommendation
  join navigation_report report on report.id = recommendation.report_id`

const counted = sql`
  count(*) filter (where standing.adoption = 'open') as open,
  count(*) filter (where standing.adoption = 'adopted') as adopted,
  count(*) filter (where standing.adoption = 'partly-adopted') as partly_adopted,
  count(*) filter (where standing.adoption = 'rejected') as rejected`

interface ProjectSearch {
  readonly q?: string | undefined
  readonly kind?: NavigationKind | undefined
  readonly adoption?: Adoption | undefined
  readonly code?: string | undefined
  readonly after?: Place | undefined
  readonly limit: number
}

export async function searchProjects(db: Db, { q, kind, adoption, code, after, limit }: ProjectSearch) {
  const filters = [
    q === undefined
      ? sql`true`
      : sql`(project.title ilike ${`%${likeText(q)}%`} or project.title_en ilike ${`%${likeText(q)}%`}
          or project.code ilike ${`%${likeText(q)}%`})`,
    kind === undefined ? sql`true` : sql`project.kind = ${kind}`,
    code === undefined ? sql`true` : sql`project.code = ${code}`,
    adoption === undefined
      ? sql`true`
      : sql`exists (select from standing where standing.project_id = project.id and standing.adoption = ${adoption})`,
  ]
  const wanted = sql.join(filters, sql` and `)
  const [{ rows: totals }, { rows }] = await Promise.all([
    sql<{ total: number; open: number; adopted: number; partlyAdopted: number; rejected: number }>`
      with standing as (${standing}), wanted as (select project.id from navigation_project project where ${wanted})
      select (select count(*) from wanted) as total, ${counted}
      from standing join wanted on wanted.id = standing.project_id`.execute(db),
    sql<ProjectRow>`
      with standing as (${standing})
      select project.code, project.title, project.title_en, project.kind, project.base_code, base.name as base_name,
        survivor.survivor_id as client_id, client.name as client_name, project.industry, project.started_on,
        project.finished_on, project.source, sums.open, sums.adopted, sums.partly_adopted, sums.rejected,
        (select count(*) from navigation_report report where report.project_id = project.id) as reports
      from navigation_project project
      left join navigation_base base on base.code = project.base_code
      left join party_survivor survivor on survivor.party_id = project.client_id
      left join party client on client.id = survivor.survivor_id
      cross join lateral (select ${counted} from standing where standing.project_id = project.id) sums
      where ${wanted} and ${
        after === undefined
          ? sql`true`
          : sql`(project.started_on, project.code) < (${after.day}::date, ${after.code})`
      }
      order by project.started_on desc, project.code desc limit ${limit}`.execute(db),
  ])
  return { ...totals[0]!, rows }
}

export async function insertProject(
  tx: Tx,
  project: Insertable<Database['navigationProject']>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('navigationProject')
    .values(project)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export function findProject(db: Db, code: string) {
  return db.selectFrom('navigationProject').select(['id', 'code']).where('code', '=', code).executeTakeFirst()
}

export function baseExists(db: Db, code: string) {
  return db.selectFrom('navigationBase').select('code').where('code', '=', code).executeTakeFirst()
}

export interface NewReport extends Insertable<Database['navigationReport']> {
  readonly recommendations: readonly { readonly words: string; readonly addressee: string }[]
}

export async function insertReport(tx: Tx, { recommendations, ...report }: NewReport): Promise<string> {
  const { id } = await tx
    .insertInto('navigationReport')
    .values(report)
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('navigationRecommendation')
    .values(recommendations.map((one, index) => ({ ...one, reportId: id, number: index + 1 })))
    .execute()
  return id
}

/** The reports of a project, newest first, each with its recommendations and everything that became of them. */
export async function findReports(db: Db, projectCode: string) {
  const reports = await db
    .selectFrom('navigationReport as report')
    .innerJoin('navigationProject as project', 'project.id', 'report.projectId')
    .select(['report.id', 'report.title', 'publishedOn', 'summary', 'documentHash', 'report.source'])
    .where('project.code', '=', projectCode)
    .orderBy('publishedOn', 'desc')
    .orderBy('report.id')
    .execute()
  if (reports.length === 0) return []
  const recommendations = await db
    .selectFrom('navigationRecommendation')
    .select(['id', 'reportId', 'number', 'words', 'addressee'])
    .where(
      'reportId',
      'in',
      reports.map(({ id }) => id),
    )
    .orderBy('number')
    .execute()
  const outcomes =
    recommendations.length === 0
      ? []
      : await outcomesOf(
          db,
          recommendations.map(({ id }) => id),
        )
  const byRecommendation = Map.groupBy(outcomes, ({ recommendationId }) => recommendationId)
  const byReport = Map.groupBy(recommendations, ({ reportId }) => reportId)
  return reports.map((report) => ({
    ...report,
    recommendations: (byReport.get(report.id) ?? []).map((one) => ({
      ...one,
      outcomes: byRecommendation.get(one.id) ?? [],
    })),
  }))
}

/** In the order in which they were recorded. */
export async function outcomesOf(db: Db, recommendationIds: readonly string[]) {
  const rows = await db
    .selectFrom('navigationOutcome')
    .select([
      'id',
      'recommendationId',
      'kind',
      'words',
      'happenedOn',
      'evidenceHash',
      'decidedBy',
      'recordedAt',
    ])
    .where('recommendationId', 'in', recommendationIds)
    .orderBy('recordedAt')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as OutcomeKind }))
}

export function lockRecommendation(tx: Tx, id: string) {
  return tx
    .selectFrom('navigationRecommendation as recommendation')
    .innerJoin('navigationReport as report', 'report.id', 'recommendation.reportId')
    .innerJoin('navigationProject as project', 'project.id', 'report.projectId')
    .select(['recommendation.id', 'report.publishedOn', 'project.code'])
    .where('recommendation.id', '=', id)
    .forUpdate('recommendation')
    .executeTakeFirst()
}

export async function insertOutcome(
  tx: Tx,
  outcome: Insertable<Database['navigationOutcome']>,
): Promise<string> {
  const { id } = await tx
    .insertInto('navigationOutcome')
    .values(outcome)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whether a stored file is a document of these registers, and may therefore be read by anybody. */
export async function isNavigationDocument(db: Db, hash: string): Promise<boolean> {
  const { rows } = await sql`
    select from navigation_report where document_hash = ${hash}
    union all select from navigation_outcome where evidence_hash = ${hash}
    union all select from navigation_base where evidence_hash = ${hash}
    union all select from cultivation_event where evidence_hash = ${hash}
    union all select from cultivation_centre where evidence_hash = ${hash}
    limit 1`.execute(db)
  return rows.length > 0
}

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`)
}

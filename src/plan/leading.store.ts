import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'

const meetings = (db: Db) =>
  db
    .selectFrom('leadingMeeting as meeting')
    .selectAll('meeting')
    .select((make) =>
      make
        .selectFrom('leadingDecision as decision')
        .select((count) => count.fn.countAll<number>().as('decisions'))
        .whereRef('decision.meetingId', '=', 'meeting.id')
        .as('decisions'),
    )

export function findMeetings(db: Db) {
  return meetings(db).orderBy('heldOn', 'desc').orderBy('meeting.id', 'desc').execute()
}

export type MeetingRecord = Awaited<ReturnType<typeof findMeetings>>[number]

export function findMeeting(db: Db, id: string): Promise<MeetingRecord | undefined> {
  return meetings(db).where('meeting.id', '=', id).executeTakeFirst()
}

export async function lockMeeting(tx: Tx, id: string): Promise<MeetingRecord | undefined> {
  await tx.selectFrom('leadingMeeting').select('id').where('id', '=', id).forUpdate().execute()
  return findMeeting(tx, id)
}

export async function insertMeeting(
  tx: Tx,
  meeting: { body: string; title: string; heldOn: string; place: string; chair: string },
) {
  // Two meetings called at once take two numbers: whoever is second waits here.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`leading-meeting/${meeting.body}`}, 0))`.execute(
    tx,
  )
  return tx
    .insertInto('leadingMeeting')
    .values({
      ...meeting,
      state: 'called',
      number: sql<number>`(select coalesce(max(number), 0) + 1 from leading_meeting where body = ${meeting.body})`,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow()
}

export function findAgenda(db: Db, meetingId: string) {
  return db
    .selectFrom('leadingAgendaItem as item')
    .leftJoin('coordinationIssue as issue', 'issue.id', 'item.issueId')
    .leftJoin('cityGuidance as guidance', 'guidance.id', 'item.guidanceId')
    .select(['item.id', 'item.position', 'item.title', 'item.detail', 'item.unit'])
    .select(['issue.number as issue', 'guidance.number as guidance'])
    .where('item.meetingId', '=', meetingId)
    .orderBy('item.position')
    .execute()
}

/** The caller holds the meeting's row, so positions do not collide. */
export function insertAgendaItem(
  tx: Tx,
  item: {
    meetingId: string
    title: string
    detail: string
    unit: string
    issueId: string | null
    guidanceId: string | null
  },
) {
  return tx
    .insertInto('leadingAgendaItem')
    .values({
      ...item,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from leading_agenda_item where meeting_id = ${item.meetingId})`,
    })
    .returning(['id', 'position'])
    .executeTakeFirstOrThrow()
}

export async function recordMinutes(
  tx: Tx,
  { id, version }: Pick<MeetingRecord, 'id' | 'version'>,
  { attendees, minutes }: { attendees: string[]; minutes: string },
): Promise<void> {
  await tx
    .updateTable('leadingMeeting')
    .set({ state: 'held', attendees, minutes, version: version + 1 })
    .where('id', '=', id)
    .execute()
}

const decisions = (db: Db) =>
  db
    .selectFrom('leadingDecision as decision')
    .innerJoin('leadingMeeting as meeting', 'meeting.id', 'decision.meetingId')
    .innerJoin('leadingAgendaItem as item', 'item.id', 'decision.agendaItemId')
    .leftJoin('coordinationIssue as issue', 'issue.id', 'item.issueId')
    .leftJoin('cityGuidance as guidance', 'guidance.id', 'item.guidanceId')
    .selectAll('decision')
    .select(['meeting.body', 'meeting.number as meetingNumber', 'meeting.title as meetingTitle'])
    .select(['item.title as itemTitle', 'issue.number as issue', 'guidance.number as guidance'])

export function findDecisions(db: Db, where: { meetingId?: string; publicOnly?: boolean } = {}) {
  return decisions(db)
    .$if(where.meetingId !== undefined, (query) =>
      query.where('decision.meetingId', '=', where.meetingId ?? ''),
    )
    .$if(where.publicOnly === true, (query) => query.where('decision.public', '=', true))
    .orderBy('decision.number')
    .execute()
}

export type DecisionRecord = Awaited<ReturnType<typeof findDecisions>>[number]

export function findDecision(db: Db, number: number): Promise<DecisionRecord | undefined> {
  return decisions(db).where('decision.number', '=', number).executeTakeFirst()
}

export function insertDecision(
  tx: Tx,
  decision: {
    meetingId: string
    agendaItemId: string
    words: string
    decidedOn: string
    dueOn: string | null
    public: boolean
    recordedBy: string
  },
) {
  return tx
    .insertInto('leadingDecision')
    .values(decision)
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow()
}

/** Decisions that came of an issue, through the agenda. */
export async function decisionsOfIssues(db: Db): Promise<Map<string, number[]>> {
  const rows = await db
    .selectFrom('leadingDecision as decision')
    .innerJoin('leadingAgendaItem as item', 'item.id', 'decision.agendaItemId')
    .select(['item.issueId', 'decision.number'])
    .where('item.issueId', 'is not', null)
    .orderBy('decision.number')
    .execute()
  const byIssue = new Map<string, number[]>()
  for (const { issueId, number } of rows)
    if (issueId !== null) byIssue.set(issueId, [...(byIssue.get(issueId) ?? []), number])
  return byIssue
}

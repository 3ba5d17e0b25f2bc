import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'

export type ClientFileState = 'open' | 'offered' | 'handed-over' | 'finished'

/** A file that an agency works on for a client, with the latest hand-over of it. */
export interface ClientFile {
  readonly id: string
  readonly agencyId: string
  readonly agencyCode: string
  readonly reference: string
  readonly title: string
  readonly clientName: string
  readonly openedOn: CalendarDate
  readonly state: ClientFileState
  readonly finishedOn: CalendarDate | null
  readonly finishNote: string | null
  readonly handover: Handover | null
}

export interface Handover {
  readonly id: string
  readonly toKind: 'agency' | 'client'
  readonly toAgencyId: string | null
  readonly toCode: string | null
  readonly receiverName: string
  readonly offeredAt: string
  readonly note: string
  readonly answer: 'received' | 'refused' | null
  readonly answeredAt: string | null
  readonly answerNote: string | null
  readonly receipt: string | null
}

const file = sql`
  select file.id, file.agency_id, agency.code as agency_code, file.reference, file.title, file.client_name, file.opened_on,
    file.finished_on, file.finish_note,
    case when file.finished_on is not null then 'finished'
      when handover.answer = 'received' then 'handed-over'
      when handover.id is not null and handover.answer is null then 'offered'
      else 'open' end as state,
    case when handover.id is null then null else jsonb_build_object('id', handover.id, 'toKind', handover.to_kind,
      'toAgencyId', handover.to_agency_id, 'toCode', receiver.code, 'receiverName', handover.receiver_name,
      'offeredAt', handover.offered_at, 'note', handover.note, 'answer', handover.answer,
      'answeredAt', handover.answered_at, 'answerNote', handover.answer_note, 'receipt', handover.receipt) end as handover
  from client_file file
  join agency on agency.id = file.agency_id
  left join lateral (select * from client_file_handover one where one.file_id = file.id order by one.id desc limit 1)
    handover on true
  left join agency receiver on receiver.id = handover.to_agency_id`

/** The files of an agency, those still open first. */
export async function findClientFiles(db: Db, agencyId: string): Promise<ClientFile[]> {
  const { rows } = await sql<ClientFile>`
    select one.* from (${file}) one where one.agency_id = ${agencyId}
    order by (one.state in ('open', 'offered')) desc, one.opened_on, one.reference`.execute(db)
  return rows
}

/** Files that others offer to an agency, or have handed to it. */
export async function findFilesOffered(db: Db, agencyId: string): Promise<ClientFile[]> {
  const { rows } = await sql<ClientFile>`
    select one.* from (${file}) one where one.handover ->> 'toAgencyId' = ${agencyId}
      and one.state in ('offered', 'handed-over')
    order by one.state desc, one.opened_on, one.reference`.execute(db)
  return rows
}

/** One file, held until the transaction ends. */
export async function lockClientFile(tx: Tx, id: string): Promise<ClientFile | undefined> {
  const locked = await tx
    .selectFrom('clientFile')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (locked === undefined) return undefined
  const { rows } = await sql<ClientFile>`select one.* from (${file}) one where one.id = ${id}`.execute(tx)
  return rows[0]
}

interface NewClientFile {
  readonly agencyId: string
  readonly reference: string
  readonly title: string
  readonly clientName: string
  readonly openedOn: CalendarDate
  readonly recordedAt: Date
}

/** Undefined where the agency has a file of that number. */
export async function insertClientFile(tx: Tx, given: NewClientFile): Promise<string | undefined> {
  const row = await tx
    .insertInto('clientFile')
    .values(given)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function finishClientFile(
  tx: Tx,
  id: string,
  { on, note }: { on: CalendarDate; note: string },
): Promise<void> {
  await tx.updateTable('clientFile').set({ finishedOn: on, finishNote: note }).where('id', '=', id).execute()
}

interface NewHandover {
  readonly fileId: string
  readonly toKind: 'agency' | 'client'
  readonly toAgencyId: string | null
  readonly receiverName: string
  readonly offeredAt: Date
  readonly offeredBy: string
  readonly note: string
}

export async function offerClientFile(tx: Tx, given: NewHandover): Promise<string> {
  const { id } = await tx
    .insertInto('clientFileHandover')
    .values(given)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

interface HandoverAnswer {
  readonly answer: 'received' | 'refused'
  readonly answeredAt: Date
  readonly answeredBy: string
  readonly answerNote: string
}

/** The number of the receipt; null for a refusal. */
export async function answerHandover(tx: Tx, id: string, given: HandoverAnswer): Promise<string | null> {
  const { rows } = await sql<{ receipt: string | null }>`
    update client_file_handover set answer = ${given.answer}, answered_at = ${given.answeredAt},
      answered_by = ${given.answeredBy}, answer_note = ${given.answerNote},
      receipt = case when ${given.answer} = 'received'
        then 'R' || to_char(${given.answeredAt}::timestamptz, 'YYYY') || '-' || lpad(nextval('client_file_receipt_serial')::text, 6, '0') end
    where id = ${id} returning receipt`.execute(tx)
  return rows[0]?.receipt ?? null
}

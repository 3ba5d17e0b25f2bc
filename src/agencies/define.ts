/** What other rooms declare to this one. */
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'

/** The agency that is asked about. */
export interface AgencyAsked {
  readonly id: string
  readonly code: string
  readonly partyId: string
}

/** Something that an agency still owes a client, so that it may not leave. */
export interface OpenClientMatter {
  readonly id: string
  /** One line that names it, for the agency and the office. */
  readonly label: string
  readonly since: CalendarDate
  /** Where one acts on it, without the language. */
  readonly page: `/${string}` | null
}

/**
 * A kind of work for clients that a room keeps (service orders, mandates): no agency moves out while one of them is open
 * (S202). Declared by the room, collected in `src/client-matters.ts`.
 */
export interface ClientMatterSource {
  /** kebab-case, stable. */
  readonly code: string
  readonly names: { readonly zh: string; readonly en: string }
  readonly open: (db: Db, agency: AgencyAsked) => Promise<readonly OpenClientMatter[]>
}

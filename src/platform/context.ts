import type { AccessRefusal, Actor, Audience } from './access.ts'
import type { Analytics } from './analytics.ts'
import type { CalendarDate } from './calendar.ts'
import type { Db, Tx } from './database.ts'
import type { FileStore } from './files.ts'

/**
 * What every handler is given. Lower rooms add what they bring by augmenting this interface beside their own types
 * (`declare module '#platform/context.ts'`), so that platform knows none of them.
 */
export interface Context {
  readonly db: Db
  /** What is searched and counted in bulk. Away more often than the database: its absence is a 503 of its own. */
  readonly analytics: Analytics
  readonly actor: Actor
  readonly now: Date
  /** Today in the zone's time zone. */
  readonly today: CalendarDate
  readonly requestId: string
  /** Where the site is reached: what documents print and letters lead to. */
  readonly publicUrl: string
  readonly files: FileStore
  /** The headers of the request, for the few operations that need one (cookies, a stated purpose). */
  readonly headers: Headers
  /** Undefined when the actor may; otherwise why not. */
  readonly authorise: (audience: Audience) => AccessRefusal | undefined
  /** One transaction. What commits without an audit entry is a bug and is rolled back. */
  readonly write: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>
}

import type { Insertable } from 'kysely'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'

export type NewPost = Insertable<Database['practitionerPost']>
export type NewLicence = Insertable<Database['attorneyLicence']>

/** Posts that the register has already (same person, agency and first day) are left as they are. */
export const insertPosts = (tx: Tx, posts: readonly NewPost[]) =>
  insertAll(tx, 'practitionerPost', posts, { onConflict: 'ignore' })

/** Licences that the register has already (same number, agency and first day) are left as they are. */
export const insertLicences = (tx: Tx, licences: readonly NewLicence[]) =>
  insertAll(tx, 'attorneyLicence', licences, { onConflict: 'ignore' })

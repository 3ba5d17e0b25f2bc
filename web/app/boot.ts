import type { Bilingual } from '../ui/language.ts'

/** Who is asking, as the server says it in every page and at `GET /api/v1/session`. */
export type SessionActor =
  | { readonly kind: 'visitor' }
  | {
      readonly kind: 'account'
      readonly name: string
      readonly roles: readonly string[]
      readonly organisationIds: readonly string[]
      readonly secondFactor: 'verified' | 'missing' | 'notRequired'
    }

export interface ZoneSummary {
  readonly id: string
  readonly names: Bilingual
  readonly shortNames: Bilingual
  readonly summary: Bilingual
  readonly timeZone: string
  /** The day in the zone's time zone. */
  readonly today: string
  /** True when the data comes from a scenario: every page then says so. */
  readonly synthetic: boolean
  readonly plan: { readonly number: string; readonly names: Bilingual } | null
}

/** What a page needs before its first request, so that the first paint needs none. */
export interface Boot {
  readonly zone: ZoneSummary
  readonly session: { readonly actor: SessionActor }
}

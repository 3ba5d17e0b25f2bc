import type { z } from 'zod'
import type { Session } from '../../src/identity/contract.ts'
import type { Bilingual } from '../ui/language.ts'

/** Who is asking, as `GET /api/v1/session` says it. */
export type SessionActor = z.output<typeof Session>

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
  readonly session: SessionActor
}

import type { client } from '../app/api.ts'
import type { Tone } from '../ui/Badge.tsx'

export type Round = Awaited<ReturnType<typeof client.appraisal.round>>
export type Scheme = Round['scheme']
export type Result = Round['results'][number]
export type AgencyScore = Awaited<ReturnType<typeof client.appraisal.agency>>
export type Recomputation = Awaited<ReturnType<typeof client.appraisal.recompute>>

export const STATE_TONES: Readonly<Record<Round['state'], Tone>> = {
  open: 'neutral',
  computed: 'info',
  publicity: 'risk',
  closed: 'met',
}
export const VERDICT_TONES: Readonly<Record<Result['verdict'], Tone>> = {
  excellent: 'met',
  excluded: 'late',
  below: 'neutral',
  beyond: 'neutral',
  tied: 'risk',
}

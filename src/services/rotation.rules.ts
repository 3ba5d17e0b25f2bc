/**
 * Whose turn it is (S27, S79). Pure: the inputs are stored with every booking, so that anybody computes the same person
 * from them again.
 */

/** Raised when the same inputs could give another person. */
export const ROTATION_VERSION = 1

export interface Need {
  readonly kind: 'person' | 'room'
  readonly skill: string | null
  readonly language: string
  /** Rooms: for how many people. */
  readonly seats: number | null
}

export interface Candidate {
  readonly id: string
  readonly name: string
  readonly skills: readonly string[]
  readonly languages: readonly string[]
  readonly seats: number | null
  /** Whether the slot lies within the hours of duty of that day; for a room, within those in which it may be used. */
  readonly onDuty: boolean
  readonly absent: boolean
  /** Whether something is booked that overlaps the slot. */
  readonly busy: boolean
  /** Bookings assigned within the rolling window and not cancelled. */
  readonly count: number
  /** When the last of them was assigned, ISO 8601; null for nobody yet. */
  readonly lastAt: string | null
}

export interface RotationInputs {
  readonly need: Need
  readonly slot: { readonly day: string; readonly from: number; readonly to: number }
  readonly rollingDays: number
  readonly countedSince: string
  readonly candidates: readonly Candidate[]
}

export type Exclusion = 'not-able' | 'language' | 'too-small' | 'off-duty' | 'absent' | 'busy'
/** What decided between the first and the second of those who could take it. */
export type Because = 'only-one' | 'fewest' | 'longest-ago' | 'order'

export interface Choice {
  readonly chosen: string | null
  readonly because: Because | null
  /** Those who could take it, in the order of their turn. */
  readonly ranked: readonly string[]
  readonly excluded: readonly { readonly id: string; readonly because: Exclusion }[]
}

/** Fewest in the window first, then who waited longest since the last one, then by id: never by chance, never by name. */
export function choose({ need, candidates }: RotationInputs): Choice {
  const judged = candidates.map((candidate) => ({ candidate, because: exclusionOf(candidate, need) }))
  const able = judged
    .filter(({ because }) => because === null)
    .map(({ candidate }) => candidate)
    .toSorted(byTurn)
  const [first, second] = able
  return {
    chosen: first?.id ?? null,
    because: first === undefined ? null : decisive(first, second),
    ranked: able.map(({ id }) => id),
    excluded: judged.flatMap(({ candidate: { id }, because }) => (because === null ? [] : [{ id, because }])),
  }
}

export function exclusionOf(candidate: Candidate, need: Need): Exclusion | null {
  const { skills, languages, seats, onDuty, absent, busy } = candidate
  if (need.kind === 'person' && need.skill !== null && !skills.includes(need.skill)) return 'not-able'
  if (need.kind === 'person' && !languages.includes(need.language)) return 'language'
  if (need.kind === 'room' && (seats ?? 0) < (need.seats ?? 1)) return 'too-small'
  if (!onDuty) return 'off-duty'
  if (absent) return 'absent'
  return busy ? 'busy' : null
}

function byTurn(one: Candidate, other: Candidate): number {
  if (one.count !== other.count) return one.count - other.count
  const [last, otherLast] = [one.lastAt ?? '', other.lastAt ?? '']
  if (last !== otherLast) return last < otherLast ? -1 : 1
  return one.id < other.id ? -1 : 1
}

function decisive(first: Candidate, second: Candidate | undefined): Because {
  if (second === undefined) return 'only-one'
  if (first.count !== second.count) return 'fewest'
  return first.lastAt === second.lastAt ? 'order' : 'longest-ago'
}

import type { AccessRefusal, Actor, Audience } from '#platform/access.ts'

/**
 * Why an actor may not call an operation; undefined when they may.
 *
 * A member of staff whose second factor is missing gets no further than a visitor does. The answer tells them
 * what is missing even where their role would not have been enough: they know their own role, and the way on is
 * the same. Jobs of the system act with no audience above them: what they do was authorised when it was ordered.
 */
export function authorise(audience: Audience, actor: Actor): AccessRefusal | undefined {
  if (audience.kind === 'anyone' || actor.kind === 'system') return undefined
  if (actor.kind === 'visitor') return 'UNAUTHENTICATED'
  if (actor.secondFactor === 'missing') return 'SECOND_FACTOR_REQUIRED'
  if (audience.kind === 'signedIn') return undefined
  return actor.roles.some((role) => audience.roles.includes(role)) ? undefined : 'FORBIDDEN'
}

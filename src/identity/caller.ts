import type { Context } from '#platform/context.ts'
import { BrokenInvariant } from '#platform/errors.ts'

/** The account that is asking, in an operation whose audience lets nobody else in. */
export function callerOf({ actor }: Context) {
  if (actor.kind !== 'account') throw new BrokenInvariant('an operation for accounts was called without one')
  return actor
}

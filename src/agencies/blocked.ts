import { ORPCError } from '@orpc/server'
import type { Obstacle } from '../matters/define.ts'

/** Undoes a step from within its effect, in the words in which a guard would have refused it. */
export function blocked(
  code: string,
  words: Obstacle['words'],
  records: Obstacle['records'] = [],
): ORPCError<'BLOCKED', Obstacle> {
  return new ORPCError('BLOCKED', { defined: true, status: 409, data: { code, words, records } })
}

import { ORPCError } from '@orpc/server'

/**
 * A typed refusal from below a handler: code, status and data as the contract declares them. Thrown within a
 * transaction it undoes what was written.
 */
export function refused(code: string, status: number, data?: unknown): ORPCError<string, unknown> {
  return new ORPCError(code, { defined: true, status, data, message: code })
}

import { ORPCError, ValidationError } from '@orpc/server'
import type { ZodError } from 'zod'
import { StoreUnavailable } from './errors.ts'

/** The body of every refusal, from the contract's operations and from anything mounted beside them. */
export function refuse(
  code: string,
  status: number,
  data?: unknown,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ defined: true, code, status, message: code, data }, { status, headers })
}

/** What the caller is told of an error: places and codes for bad input, a retry time for an outage, a reference for a bug. */
export function asRefusal(error: unknown, requestId: string): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    return error.cause instanceof ValidationError && error.status === 400 ? invalidInput(error.cause) : error
  }
  if (error instanceof RangeError && error.message === 'body too large') return refused('BODY_TOO_LARGE', 413)
  if (error instanceof StoreUnavailable || isConnectionLoss(error)) {
    const retryAfterSeconds = error instanceof StoreUnavailable ? error.retryAfterSeconds : 2
    return refused('STORE_UNAVAILABLE', 503, { retryAfterSeconds, reference: requestId })
  }
  return fromDatabase(error) ?? refused('UNEXPECTED', 500, { reference: requestId })
}

function refused(code: string, status: number, data?: unknown) {
  return new ORPCError(code, { defined: true, status, data, message: code })
}

function invalidInput(cause: ValidationError) {
  const issues = (cause.issues as unknown as ZodError['issues']).map(({ path, code, message }) => ({
    field: path.join('.'),
    code,
    message,
  }))
  return refused('INVALID_INPUT', 400, { issues })
}

const connectionLoss = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53300',
])

function sqlState(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

function isConnectionLoss(error: unknown): boolean {
  if (connectionLoss.has(sqlState(error))) return true
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  )
}

/**
 * The last net under validation: a value that the database cannot hold (class 22), a key that exists already or one
 * that does not (class 23), or two people writing the same rows at once (class 40).
 */
function fromDatabase(error: unknown) {
  const state = sqlState(error)
  if (state.startsWith('22')) return refused('INVALID_INPUT', 400, { issues: [] })
  if (state === '23505') return refused('ALREADY_EXISTS', 409)
  if (state === '23503') return refused('UNKNOWN_REFERENCE', 409)
  if (state === '40001' || state === '40P01') return refused('CHANGED_MEANWHILE', 409)
  return undefined
}

import { QueueFull } from './analytics-sessions.ts'
import { StatementRefused } from './analytics-statement.ts'

/** How the embedded engine says no over HTTP: in the words, the codes and the statuses of a ClickHouse server. */
export interface Refusal {
  status: number
  /** ClickHouse's own code of the exception. */
  code: number
  message: string
}

export class Refused extends Error implements Refusal {
  override name = 'Refused'
  readonly status: number
  readonly code: number

  constructor(status: number, code: number, type: string, message: string) {
    super(exceptionText(code, type, message))
    this.status = status
    this.code = code
  }
}

/** ABORTED: after a fatal error the engine refuses every further query of its process. */
export const engineStopped = 236
/** TOO_MANY_ROWS_OR_BYTES: the result outgrew max_result_rows or max_result_bytes. */
export const resultTooLarge = 396

/** The statuses a server answers with (exceptionCodeToHTTPStatus); every other exception is a 500. */
const statuses: readonly (readonly [status: number, codes: readonly number[]])[] = [
  [400, [6, 25, 26, 27, 38, 41, 53, 62, 72, 117, 167, 168, 223, 321, 376, 441, 456]],
  [403, [192, 193, 291, 497, 516]],
  [404, [16, 46, 47, 50, 56, 60, 63, 73, 81, 107, 115]],
  [408, [159]],
  [413, [307]],
  [501, [48]],
  [503, [202]],
]

export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error
  if (error instanceof StatementRefused)
    return { ...error, status: statusOf(error.code), message: error.message }
  if (error instanceof QueueFull) {
    return {
      status: 503,
      code: 202,
      message: exceptionText(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', error.message),
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  // The typed errors of the binding lose the code on some paths; the message always begins with it.
  const code = Number(/^Code: (\d+)\./.exec(message)?.[1] ?? 0)
  if (code > 0) return { status: statusOf(code), code, message }
  return { status: 500, code: 1002, message: exceptionText(1002, 'UNKNOWN_EXCEPTION', message) }
}

function statusOf(code: number): number {
  return statuses.find(([, codes]) => codes.includes(code))?.[0] ?? 500
}

function exceptionText(code: number, type: string, message: string): string {
  return `Code: ${code}. DB::Exception: ${message}. (${type})`
}

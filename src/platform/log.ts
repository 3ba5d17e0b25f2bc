import { pino, type Logger } from 'pino'

export type Log = Logger

/** JSON lines in production; the same lines, one per event, everywhere else. Secrets never reach a field of these names. */
export function createLog(
  level: string,
  bindings: Record<string, string> = {},
  to: 'stdout' | 'stderr' = 'stdout',
): Log {
  const options = {
    level,
    base: bindings,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: briefError },
    redact: {
      paths: ['password', '*.password', 'cookie', '*.cookie', 'authorization', '*.authorization'],
      remove: true,
    },
  }
  return to === 'stdout' ? pino(options) : pino(options, pino.destination({ dest: 2, sync: true }))
}

/** Name, code, words and place; an error of a driver would otherwise carry its whole connection into the log. */
function briefError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack } = error
  return { name, message, ...('code' in error ? { code: error.code } : {}), stack }
}

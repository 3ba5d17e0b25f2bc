import { pino, type Logger } from 'pino'

export type Log = Logger

/** JSON lines in production; the same lines, one per event, everywhere else. Secrets never reach a field of these names. */
export function createLog(level: string, bindings: Record<string, string> = {}): Log {
  return pino({
    level,
    base: bindings,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['password', '*.password', 'cookie', '*.cookie', 'authorization', '*.authorization'], remove: true },
  })
}

import { type Analytics, createAnalytics, readAnalyticsUrl } from './analytics.ts'
import type { AccessEvent } from './http.ts'
import type { Log } from './log.ts'
import { counter } from './metrics.ts'

const dropped = counter(
  'access_events_dropped_total',
  'Access events that found no room while the analytics store was away',
)

export interface AccessEvents {
  /** Takes an event and returns at once; never throws. */
  readonly record: (event: AccessEvent) => void
  /** Writes what has been taken so far. Events stay for the next attempt when the store does not answer. */
  flush(): Promise<void>
  /** Writes what is left, as far as the store answers, and ends. */
  stop(): Promise<void>
}

interface Options {
  /** More than this many waiting events are dropped and counted: a request never waits for the analytics store. */
  readonly capacity?: number
  readonly batch?: number
  readonly everyMilliseconds?: number
}

/** The recorder of one process, on the store at this address. */
export function openAccessEvents({ url, log }: { url: string; log: Log }): AccessEvents {
  const analytics = createAnalytics(readAnalyticsUrl(url))
  const events = recordAccessEvents(analytics, log)
  const stop = async () => {
    await events.stop()
    await analytics.close()
  }
  return { ...events, stop }
}

/** Gathers access events in memory and writes them to `access_event` in batches. */
export function recordAccessEvents(analytics: Analytics, log: Log, options: Options = {}): AccessEvents {
  const { capacity = 20_000, batch = 5000, everyMilliseconds = 1000 } = options
  const waiting: AccessEvent[] = []
  // Sent again unchanged after a failure, so that the store can tell a batch that it has after all.
  let sending: AccessEvent[] = []
  let away = false
  let writing: Promise<void> = Promise.resolve()

  const write = async () => {
    for (;;) {
      if (sending.length === 0) sending = waiting.splice(0, batch)
      if (sending.length === 0) return
      try {
        await analytics.insert('access_event', sending.map(asRow), {
          tag: 'access events',
          limits: { seconds: 10 },
        })
      } catch (error) {
        if (!away) log.warn({ err: error }, 'access events wait for the analytics store')
        away = true
        return
      }
      sending = []
      if (away) log.info('the analytics store takes access events again')
      away = false
    }
  }
  const flush = () => (writing = writing.then(write))
  const timer = setInterval(() => void flush(), everyMilliseconds)
  timer.unref()

  return {
    record: (event) => {
      if (waiting.length + sending.length < capacity) waiting.push(event)
      else dropped.inc()
    },
    flush,
    stop: async () => {
      clearInterval(timer)
      await flush()
      dropped.inc(waiting.length + sending.length)
    },
  }
}

function asRow({ at, requestId, operation, actor, status, milliseconds, bytes }: AccessEvent) {
  return {
    at: at.toISOString(),
    request_id: requestId,
    operation,
    actor_kind: actor.kind,
    actor_roles: actor.kind === 'account' ? actor.roles : [],
    status,
    duration_ms: milliseconds,
    bytes,
  }
}

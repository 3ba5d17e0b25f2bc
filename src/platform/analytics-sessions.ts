import { type ChdbResult, Session } from 'chdb'

import { quoted } from './analytics-statement.ts'

/** What a request brings along beside its SQL; all of it holds for that request alone. */
export interface QueryScope {
  database: string
  settings: ReadonlyMap<string, string>
  /** Values of the `{name:Type}` parameters, in the escaped form of the HTTP interface. */
  parameters: ReadonlyMap<string, string>
}

/**
 * Where the engine, made for a command line, differs from a server: it takes a bare expression for a query. And long
 * lists come as parameters, which the engine counts as part of the query's text.
 */
const engineDefaults = [
  '--implicit_select=0',
  `--max_query_size=${64 << 20}`,
  // PostgreSQL and the platform live on the same machine.
  '--max_server_memory_usage_to_ram_ratio=0.5',
  `--mark_cache_size=${256 << 20}`,
  // Answers are small, and a pool of threads for each costs a millisecond.
  '--output_format_parallel_formatting=0',
]

/** More requests wait than the queue holds. */
export class QueueFull extends Error {
  override name = 'QueueFull'
}

/**
 * One connection of the embedded engine. The engine keeps settings, parameters and the current database between
 * queries; `enter` leaves nothing of an earlier request behind, or refuses so that another session is taken.
 */
class EngineSession {
  readonly #session: Session
  readonly #settings = new Set<string>()
  readonly #parameters = new Set<string>()
  #database = 'default'

  constructor(folder: string) {
    this.#session = new Session(folder, { connectionArgs: engineDefaults })
  }

  /** A parameter cannot be taken back, so a query that names one it was not given must not run here. */
  wouldLeakInto(sql: string, scope: QueryScope): boolean {
    const stale = [...this.#parameters].filter((name) => !scope.parameters.has(name))
    return stale.some((name) => new RegExp(String.raw`\{\s*${name}\s*:`).test(sql))
  }

  async enter({ database, settings, parameters }: QueryScope): Promise<void> {
    if (database !== this.#database) {
      await this.run(`USE ${identifier(database)}`, 'Null')
      this.#database = database
    }
    const assignments = [
      ...[...this.#settings].filter((name) => !settings.has(name)).map((name) => `${name} = DEFAULT`),
      ...[...settings].map(([name, value]) => `${name} = ${quoted(value)}`),
      ...[...parameters].map(([name, value]) => `param_${name} = ${quoted(value)}`),
    ]
    if (assignments.length > 0) await this.run(`SET ${assignments.join(', ')}`, 'Null')
    this.#settings.clear()
    for (const name of settings.keys()) this.#settings.add(name)
    for (const name of parameters.keys()) this.#parameters.add(name)
  }

  run(sql: string, format: string): Promise<ChdbResult> {
    return this.#session.queryAsync(sql, { format })
  }

  close(): void {
    this.#session.close()
  }
}

/**
 * Sessions on one data folder: at most `size` queries run at a time, at most `queueLimit` wait, in order. Statements of
 * control run beside them, one at a time, and are never kept waiting by queries.
 */
export class SessionPool {
  readonly #folder: string
  readonly #size: number
  readonly #queueLimit: number
  readonly #idle: EngineSession[] = []
  readonly #queue: (() => void)[] = []
  #running = 0
  /** Keeps the store open while no query runs. */
  readonly #keeper: EngineSession
  #controlTail: Promise<unknown> = Promise.resolve()

  /** Opens the data folder. Throws when another process holds it. */
  constructor(folder: string, { size, queueLimit }: { size: number; queueLimit: number }) {
    this.#folder = folder
    this.#size = size
    this.#queueLimit = queueLimit
    this.#keeper = new EngineSession(folder)
  }

  /**
   * Runs one request on a session of its own. The session of a failed query is thrown away: its output buffer still
   * holds what the query had written, and would hand it to the next one. So is one whose own state was changed.
   */
  async use<Result>(
    sql: string,
    scope: QueryScope,
    work: (run: EngineSession['run']) => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result> {
    await this.#admission()
    let session: EngineSession | undefined
    try {
      signal.throwIfAborted()
      session = this.#take(sql, scope)
      const taken = session
      await taken.enter(scope)
      const result = await work((text, format) => taken.run(text, format))
      if (changesItsSession(sql)) session.close()
      else this.#idle.push(session)
      return result
    } catch (error) {
      session?.close()
      throw error
    } finally {
      this.#leave()
    }
  }

  /** Runs a statement of control, such as KILL QUERY, beside whatever else is running. */
  control(sql: string, format = 'Null', scope?: QueryScope): Promise<ChdbResult> {
    const run = async () => {
      const session = new EngineSession(this.#folder)
      try {
        if (scope) await session.enter(scope)
        return await session.run(sql, format)
      } finally {
        session.close()
      }
    }
    const result = this.#controlTail.then(run, run)
    this.#controlTail = result.catch(() => {})
    return result
  }

  close(): void {
    for (const session of this.#idle.splice(0)) session.close()
    this.#keeper.close()
  }

  async #admission(): Promise<void> {
    if (this.#running < this.#size) {
      this.#running++
      return
    }
    if (this.#queue.length >= this.#queueLimit)
      throw new QueueFull('the queue of the analytics engine is full')
    await new Promise<void>((start) => this.#queue.push(start))
  }

  /** The place goes to whoever waits longest, without becoming free for a newcomer in between. */
  #leave(): void {
    const next = this.#queue.shift()
    if (next) next()
    else this.#running--
  }

  #take(sql: string, scope: QueryScope): EngineSession {
    const usable = this.#idle.findLastIndex((session) => !session.wouldLeakInto(sql, scope))
    return this.#idle.splice(usable, usable < 0 ? 0 : 1)[0] ?? new EngineSession(this.#folder)
  }
}

function changesItsSession(sql: string): boolean {
  return /^\s*(?:SET|USE|CREATE\s+(?:OR\s+REPLACE\s+)?TEMPORARY)\b/i.test(sql)
}

function identifier(name: string): string {
  return `\`${name.replaceAll(/[\\`]/g, String.raw`\$&`)}\``
}

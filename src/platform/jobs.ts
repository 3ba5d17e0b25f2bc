import { PgBoss } from 'pg-boss'
import type { z } from 'zod'
import type { Log } from './log.ts'

/**
 * Work that the worker does beside the requests. What must follow a write is a row of the writing transaction (an outbox
 * entry, an import, a clock) that a job takes up, so it exists exactly when what caused it was committed. A job that
 * fails is tried again, and after the last try kept in the dead-letter queue.
 */
export interface Job<Data, Deps> {
  readonly name: string
  readonly schema: z.ZodType<Data>
  readonly run: (deps: Deps, data: Data) => Promise<void>
  /** Cron expression in the zone's time, for what recurs; `data` is then what the schedule passes. */
  readonly cron?: string
  readonly retryLimit?: number
  readonly expireInSeconds?: number
}

/** A job whose kind of data only itself knows: what a list of all jobs can say of each. */
export interface AnyJob<Deps> extends Omit<Job<unknown, Deps>, 'run'> {
  readonly run: (deps: Deps, data: never) => Promise<void>
}

const deadLetters = 'dead-letters'

export function defineJob<Data, Deps>(job: Job<Data, Deps>): Job<Data, Deps> {
  return job
}

export interface RunningJobs {
  stop(): Promise<void>
}

interface JobsOptions {
  readonly databaseUrl: string
  readonly timeZone: string
  readonly log: Log
}

/** Creates or upgrades the queue's own schema; part of `migrate`. */
export async function migrateJobs(databaseUrl: string, names: readonly string[]): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false, max: 2 })
  await boss.start()
  await createQueues(boss, names)
  await boss.stop({ graceful: false })
}

/** For the worker: runs the jobs until stopped; `stop` waits for those under way. */
export async function runJobs<Deps>(
  jobs: readonly AnyJob<Deps>[],
  deps: Deps,
  options: JobsOptions,
): Promise<RunningJobs> {
  const { databaseUrl, timeZone, log } = options
  const boss = new PgBoss({
    connectionString: databaseUrl,
    supervise: true,
    schedule: true,
    migrate: false,
    max: 4,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'job queue'))
  await boss.start()
  await createQueues(
    boss,
    jobs.map(({ name }) => name),
  )
  for (const job of jobs) {
    await boss.work<unknown>(job.name, { pollingIntervalSeconds: 1 }, async (batch) => {
      for (const { id, data } of batch) {
        log.debug({ job: job.name, id }, 'job')
        await job.run(deps, job.schema.parse(data ?? {}) as never)
      }
    })
    if (job.cron !== undefined) await boss.schedule(job.name, job.cron, {}, { tz: timeZone })
  }
  return {
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}

async function createQueues(boss: PgBoss, names: readonly string[]) {
  await boss.createQueue(deadLetters)
  for (const name of names) {
    if ((await boss.getQueue(name)) !== null) continue
    await boss.createQueue(name, {
      retryLimit: 5,
      retryBackoff: true,
      retryDelay: 2,
      deadLetter: deadLetters,
    })
  }
}

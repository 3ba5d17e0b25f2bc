import { type FSWatcher, watch } from 'node:fs'

import type { Db } from '#platform/database.ts'
import { OperatorError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { type Outcome, takeFolder } from './activation.ts'
import { describeProblems, versionOnDisk } from './loader.ts'
import { parseProfile, type ZoneProfile } from './rules.ts'
import { type Cause, findFiles, findLastRefusal, findRunning } from './version.store.ts'

/** The version of the zone that this process serves; it changes as a whole, between two requests. */
export interface RunningZone {
  current(): ZoneProfile
  /** Looks at once for a version that another process has taken into force. */
  refresh(): Promise<void>
  stop(): Promise<void>
}

export interface WatchZoneOptions {
  readonly db: Db
  readonly folder: string
  readonly log: Log
  readonly clock?: () => Date
  /** False in processes that only follow, such as workers. */
  readonly watchFolder?: boolean
}

/** How soon a version taken into force by one process is served by all. A single indexed row is read each time. */
const POLL_MILLISECONDS = 1000
/** Editors write several files, or one file in several steps; the folder is read when it has come to rest. */
const REST_MILLISECONDS = 400

/**
 * Starts the zone: takes its folder into force, follows what other processes take into force, and takes the folder again
 * whenever its files change. A folder that is not in order never replaces a running version; at the very first start,
 * when there is none, it throws OperatorError with every problem.
 */
export async function watchZone({
  db,
  folder,
  log,
  clock = () => new Date(),
  watchFolder = true,
}: WatchZoneOptions): Promise<RunningZone> {
  const take = (cause: Cause) =>
    takeFolder(db, folder, {
      cause,
      actor: { kind: 'system', job: 'zone' },
      requestId: `zone-${cause}`,
      now: clock(),
    })

  let profile = await startingProfile(db, folder, await take('start'), log)

  const refresh = async () => {
    const running = await findRunning(db)
    if (running === undefined || running.version === profile.version) return
    const next = await profileOf(db, running.version)
    if (next === undefined) {
      log.error({ version: running.version }, 'this program cannot read the zone version in force')
      return
    }
    profile = next
    log.info({ zone: next.id, version: next.version }, 'zone version in force')
  }

  const retake = async () => {
    if (await isKnownRefusal(db, folder)) return
    const outcome = await take('file-change')
    if (outcome.kind === 'refused') {
      log.warn(
        { folder },
        `zone folder refused, the running version stays:\n${describeProblems(outcome.problems)}`,
      )
    }
    await refresh()
  }

  const work = serially((error) => log.error({ err: error }, 'the zone could not be looked at'))
  const poll = setInterval(() => void work(refresh), POLL_MILLISECONDS)
  poll.unref()
  const watching = watchFolder ? watchQuietly(folder, () => void work(retake), log) : undefined

  return {
    current: () => profile,
    refresh: () => work(refresh),
    stop: async () => {
      clearInterval(poll)
      watching?.close()
      await work(async () => {})
    },
  }
}

async function startingProfile(db: Db, folder: string, outcome: Outcome, log: Log): Promise<ZoneProfile> {
  if (outcome.kind !== 'refused') return outcome.profile
  const running = await findRunning(db)
  const profile = running?.folder === folder ? await profileOf(db, running.version) : undefined
  const problems = describeProblems(outcome.problems)
  if (profile === undefined)
    throw new OperatorError(`The zone profile in ${folder} is not in order:\n${problems}`)
  log.warn({ folder }, `zone folder refused, the version last in force is served:\n${problems}`)
  return profile
}

async function profileOf(db: Db, version: string): Promise<ZoneProfile | undefined> {
  const files = await findFiles(db, version)
  const parsed = files && parseProfile(files, version)
  return parsed && 'profile' in parsed ? parsed.profile : undefined
}

/** The same broken content is refused once, however often the file is saved and however many processes watch it. */
async function isKnownRefusal(db: Db, folder: string): Promise<boolean> {
  const [version, last] = await Promise.all([versionOnDisk(folder), findLastRefusal(db)])
  return last?.version === version && last.folder === folder
}

function watchQuietly(folder: string, changed: () => void, log: Log): FSWatcher {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(folder, { recursive: true, persistent: false }, () => {
    clearTimeout(timer)
    timer = setTimeout(changed, REST_MILLISECONDS)
    timer.unref()
  })
  watcher.on('error', (error) => log.warn({ err: error, folder }, 'the zone folder is no longer watched'))
  watcher.on('close', () => clearTimeout(timer))
  return watcher
}

/** One at a time: a poll and a reload that overlap would otherwise race for the profile. */
function serially(failed: (error: unknown) => void) {
  let last: Promise<void> = Promise.resolve()
  return (step: () => Promise<void>): Promise<void> => {
    last = last.then(step).catch(failed)
    return last
  }
}

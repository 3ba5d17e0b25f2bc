import type { Db } from '#platform/database.ts'
import { takeFolder } from './activation.ts'
import { differences } from './difference.rules.ts'
import { checkZone, describeProblems, readZoneFolder } from './loader.ts'

/** What a command answers: lines for the person at the terminal, and the exit code. */
export interface CommandResult {
  readonly lines: readonly string[]
  readonly code: 0 | 1
}

/** `zone lint <folder>`: everything that is wrong with a profile, or what it holds. */
export async function lintZone(folder: string): Promise<CommandResult> {
  const parsed = await checkZone(folder)
  if ('problems' in parsed) {
    const count = parsed.problems.length
    return {
      lines: [
        `${count} ${count === 1 ? 'problem' : 'problems'} in ${folder}`,
        describeProblems(parsed.problems),
      ],
      code: 1,
    }
  }
  const { id, version, clauses, targets, carriers, stations } = parsed.profile
  return {
    lines: [
      `${id} is in order: clauses ${clauses.length}, targets ${targets.length}, carriers ${carriers.length}, stations ${stations.length}`,
      `version ${version}`,
    ],
    code: 0,
  }
}

/** `zone diff <folder> <folder>`: every place at which two profiles differ; exit 1 when they do, as diff does. */
export async function diffZones(before: string, after: string): Promise<CommandResult> {
  const [old, now] = await Promise.all([before, after].map((folder) => readZoneFolder(folder)))
  const changes = differences(old?.files ?? {}, now?.files ?? {})
  return {
    lines: changes.map(
      ({ file, field, before: from, after: to }) =>
        `${file} ${field}: ${from ?? 'nothing'} → ${to ?? 'nothing'}`,
    ),
    code: changes.length === 0 ? 0 : 1,
  }
}

/** `zone reload`: takes the folder into force in the installation behind `db`; its processes follow within a second. */
export async function reloadZone(db: Db, folder: string, now: Date): Promise<CommandResult> {
  const occasion = {
    cause: 'reload',
    actor: { kind: 'system', job: 'zone-reload' },
    requestId: 'command',
    now,
  } as const
  const outcome = await takeFolder(db, folder, occasion)
  if (outcome.kind === 'refused') {
    return { lines: ['Refused; the running version stays.', describeProblems(outcome.problems)], code: 1 }
  }
  const { id, version } = outcome.profile
  return {
    lines: [outcome.kind === 'unchanged' ? `${id} runs this version already` : `${id} now runs ${version}`],
    code: 0,
  }
}

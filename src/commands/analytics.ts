import { clusterStatements } from '#platform/analytics-cluster.ts'
import { readMigrations, shippedMigrations } from '#platform/analytics-migrations.ts'
import { splitStatements } from '#platform/analytics-statement.ts'
import { OperatorError } from '#platform/errors.ts'
import type { CommandInput } from '../cli.ts'

const USAGE = 'Use "analytics ddl" or "analytics ddl --cluster [name] [--replicated] [--database name]".'

/** `analytics ddl`: the definitions of the analytics store, as for one server or as for a cluster. Touches nothing. */
export async function analytics({ args, print }: CommandInput): Promise<number> {
  const [action, ...rest] = args
  if (action !== 'ddl') throw new OperatorError(USAGE)
  const options = { cluster: undefined as string | undefined, database: 'zhiyuan', sharded: true }
  for (let at = 0; at < rest.length; at++) {
    const value = rest[at + 1]?.startsWith('--') === false ? rest[at + 1] : undefined
    if (rest[at] === '--cluster') options.cluster = value ?? 'zhiyuan'
    else if (rest[at] === '--replicated' && value === undefined) options.sharded = false
    else if (rest[at] === '--database' && value !== undefined) options.database = value
    else throw new OperatorError(USAGE)
    if (value !== undefined) at++
  }
  const migrations = await readMigrations(shippedMigrations)
  const { cluster, database, sharded } = options
  const statements =
    cluster === undefined
      ? migrations.flatMap(({ sql }) => splitStatements(sql))
      : clusterStatements(migrations, { cluster, database, sharded })
  for (const statement of statements) print(`${statement};\n`)
  return 0
}

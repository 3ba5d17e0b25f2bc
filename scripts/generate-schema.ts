import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { createLog } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'

/** Writes `database/schema.generated.ts` from a database that all migrations have made. */
async function main() {
  const folder = await temporaryFolder('schema')
  const postgres = await startEmbeddedPostgres({
    dataFolder: folder,
    log: createLog('warn'),
    database: 'schema',
  })
  try {
    await migrate(postgres.url)
    await generateSchema(postgres.url, 'database/schema.generated.ts')
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Days are text, 64-bit numbers are safe integers: as `#platform/database.ts` parses them. */
async function generateSchema(url: string, file: string) {
  const args = [
    'node_modules/kysely-codegen/dist/cli/bin.js',
    '--dialect',
    'postgres',
    '--camel-case',
    '--date-parser',
    'string',
    '--url',
    url,
    '--out-file',
    file,
    '--type-mapping',
    '{"int8":"number"}',
    '--include-pattern',
    'public.*',
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`kysely-codegen ended with ${String(code)}`)
  return readFile(file, 'utf8')
}

await main()

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { http } from './http.ts'
import { ledger } from './ledger.ts'
import { matters } from './matters.ts'
import { circumstances, type Measurement, type Part } from './measure.ts'
import { near } from './near.ts'
import { patents } from './patents.ts'
import { portal } from './portal.ts'
import { start } from './start.ts'
import { statistics } from './statistics.ts'

const parts: Readonly<Record<string, Part>> = {
  http,
  ledger,
  matters,
  near,
  patents,
  portal,
  start,
  statistics,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`There is no part "${unknown[0]}". There are: ${Object.keys(parts).join(', ')}.`)
  process.exit(1)
}

const on = circumstances()
const results: (Measurement & { part: string })[] = []
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`measuring ${name}…`)
  for (const measured of await part()) results.push({ part: name, ...measured })
}

const report = JSON.stringify({ ...on, results }, null, 2)
console.log(report)
const folder = join(import.meta.dirname, 'results')
mkdirSync(folder, { recursive: true })
writeFileSync(
  join(
    folder,
    `${on.at.slice(0, 10)}-${on.commit.slice(0, 8)}${wanted.length > 0 ? `-${wanted.join('-')}` : ''}.json`,
  ),
  `${report}\n`,
)
process.exitCode = results.every(({ met }) => met) ? 0 : 1

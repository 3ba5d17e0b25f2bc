import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '#platform/config.ts'
import { inTransaction } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import { world } from '#testing/world.ts'
import { insertAgencies } from '../../agencies/public.ts'
import { generateTwin } from './generate.ts'
import { TwinParameters } from './parameters.ts'

const w = await world()

test('[F012] the files of clients in the twin stand in every state, and the database takes them', async () => {
  const { zoneFolder, scenario } = readConfig({})
  const parameters = JSON.parse(readFileSync(join(zoneFolder, 'scenarios', `${scenario}.json`), 'utf8'))
  const { rows } = generateTwin(TwinParameters.parse(parameters), w.zone)
  await inTransaction(w.db, async (tx) => {
    await insertAll(tx, 'party', rows.party)
    await insertAgencies(tx, rows.agency)
    await insertAll(tx, 'clientFile', rows.clientFile)
    await insertAll(tx, 'clientFileHandover', rows.clientFileHandover)
  })
  const code = rows.agency[0]?.code ?? ''
  const { body } = await w.as('operator').get(`/api/v1/agencies/${code}/client-files`)
  const states = body.items.map(({ state }: { state: string }) => state)
  expect([...states].toSorted()).toEqual(['finished', 'handed-over', 'offered', 'open', 'open'])
  expect(body.open).toBe(3)
})

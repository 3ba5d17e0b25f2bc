import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { date } from '#platform/calendar.ts'
import { inTransaction, openDatabase } from '#platform/database.ts'
import { findAgencyView } from '../src/agencies/directory.store.ts'
import { lockAgency, stateFact } from '../src/agencies/register.store.ts'
import { recordAudit } from '../src/ledger/public.ts'

/**
 * The peer: a bare handler that runs the same statements and nothing else. No contract, no session, no access, no
 * validation, no headers, no log.
 */
const [url = '', port = '0'] = process.argv.slice(2)
const db = openDatabase(url, { maxConnections: 20, applicationName: 'peer' })
const app = new Hono()

app.get('/agencies/:code', async (c) => {
  const today = date(new Date().toISOString().slice(0, 10))
  return c.json(await findAgencyView(db, c.req.param('code'), { asOf: today, knownOn: undefined } as never))
})

app.patch('/agencies/:code', async (c) => {
  const { source, observedOn, validFrom, facts } = await c.req.json<{
    source: string
    observedOn: string
    validFrom: string
    facts: { telephone: string }
  }>()
  const now = new Date()
  await inTransaction(db, async (tx) => {
    const agency = await lockAgency(tx, c.req.param('code'), now)
    if (agency === undefined) return
    const recording = { source, observedOn: date(observedOn), cause: null, recordedAt: agency.recordedAt }
    const seals = await stateFact(
      tx,
      agency.id,
      { field: 'telephone', value: facts.telephone, validFrom: date(validFrom) },
      recording,
    )
    await recordAudit(
      tx,
      { actor: { kind: 'system', job: 'peer' }, requestId: 'peer', now, today: date(observedOn) },
      {
        action: 'agency.corrected',
        subject: { kind: 'agency', id: agency.id },
        detail: { code: agency.code, fields: ['telephone'] },
        seals,
      },
    )
  })
  return c.json({ code: c.req.param('code') })
})

serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, () => process.send?.('ready'))
process.on('disconnect', () => process.exit(0))

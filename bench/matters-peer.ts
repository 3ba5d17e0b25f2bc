import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { date } from '#platform/calendar.ts'
import { inTransaction, openDatabase } from '#platform/database.ts'
import { recordAudit } from '../src/ledger/public.ts'
import { insertClocks } from '../src/matters/clock.store.ts'
import { insertDraft, markSubmitted, saveDraft } from '../src/matters/draft.store.ts'
import { insertEvent, insertMatter, insertReceipt, nextSerial } from '../src/matters/matter.store.ts'
import { matterNumber } from '../src/matters/number.rules.ts'
import { syncQueue } from '../src/matters/queue.store.ts'

/**
 * The peer of matters: a bare handler that writes the same rows and nothing else. No contract, no session, no form that
 * judges answers, no routing, no calendar that counts, no completeness.
 */
const [url = '', port = '0'] = process.argv.slice(2)
const db = openDatabase(url, { maxConnections: 20, applicationName: 'matters-peer' })
const app = new Hono()
const accountId = '01900000-0000-7000-8000-0000000000bb'

app.post('/drafts', async (c) => {
  const {
    procedure,
    station,
    answers = {},
  } = await c.req.json<{ procedure: string; station: string; answers?: object }>()
  const draft = await insertDraft(db, {
    procedureCode: procedure,
    accountId: crypto.randomUUID(),
    organisationId: null,
    organisationName: null,
    stationCode: station,
    counterName: null,
    counterAccountId: null,
    answers,
    at: new Date(),
  })
  return c.json({ id: draft?.id, version: draft?.version, owner: draft?.accountId })
})

app.put('/drafts/:id/:owner', async (c) => {
  const { version, answers } = await c.req.json<{ version: number; answers: object }>()
  const saved = await saveDraft(db, {
    id: c.req.param('id'),
    accountId: c.req.param('owner'),
    version,
    answers,
    at: new Date(),
  })
  return c.json({ version: saved?.version })
})

app.post('/drafts/:id/submission', async (c) => {
  const { answers } = await c.req.json<{ answers: object }>()
  const now = new Date()
  const today = date(now.toISOString().slice(0, 10))
  const number = await inTransaction(db, async (tx) => {
    const matter = await insertMatter(tx, {
      number: matterNumber(Number(today.slice(0, 4)), await nextSerial(tx)),
      procedureCode: 'general-enquiry',
      procedureVersion: 1,
      draftId: c.req.param('id'),
      cause: null,
      applicantKind: 'person',
      applicantAccountId: accountId,
      organisationId: null,
      applicantName: 'peer',
      stationCode: 'peer',
      state: 'submitted',
      title: 'peer',
      answers,
      explanations: {},
      routing: {},
      submittedAt: now,
      submittedOn: today,
    })
    if (matter === undefined) return ''
    const who = { side: 'applicant', actorId: accountId, actorName: 'peer' } as const
    await insertEvent(tx, {
      matterId: matter.id,
      kind: 'submitted',
      toState: 'submitted',
      ...who,
      at: now,
      day: today,
    })
    await insertClocks(
      tx,
      ['acceptance', 'reply'].map((code) => ({
        matterId: matter.id,
        code,
        owner: 'office',
        ruleCode: null,
        ruleFrom: null,
        sample: true,
        startedOn: today,
        n: 5,
        unit: 'workingDays',
        ending: 'stays',
        pauses: [],
        dueOn: today,
        provisional: false,
        calendar: 'peer',
      })) as never,
    )
    await syncQueue(tx, matter, 'open', now, ['peer'])
    const context = { actor: { kind: 'system', job: 'peer' }, requestId: 'peer', now, today } as const
    const entryId = await recordAudit(tx, context, {
      action: 'matter.submitted',
      subject: { kind: 'matter', id: matter.id },
      detail: { number: matter.number },
    })
    await insertReceipt(tx, {
      kind: 'submission',
      matterId: matter.id,
      subjectId: matter.id,
      entryId,
      issuedAt: now,
    })
    await markSubmitted(tx, c.req.param('id'), now)
    return matter.number
  })
  return c.json({ number })
})

serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, () => process.send?.('ready'))
process.on('disconnect', () => process.exit(0))

/** A worker that only empties the outbox, for tests that kill one: `node testing/outbox-worker.ts` with the settings of the platform. */
import { openDatabase } from '#platform/database.ts'
import { deliverOutbox } from '#platform/outbox.ts'
import { sendersOf } from '../src/notices/senders.ts'

const { DATABASE_URL = '', SMTP_URL, SMS_WEBHOOK_URL, WEBHOOK_SECRET = '' } = process.env
const db = openDatabase(DATABASE_URL, { maxConnections: 2, applicationName: 'outbox-worker' })
const senders = sendersOf({
  smtpUrl: SMTP_URL,
  publicUrl: 'http://zone.test',
  webhooks: {
    sms: SMS_WEBHOOK_URL === undefined ? undefined : { url: SMS_WEBHOOK_URL, secret: WEBHOOK_SECRET },
    wechat: undefined,
  },
})
await deliverOutbox(db, senders)
await db.destroy()
process.exit(0)

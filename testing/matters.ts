import { date } from '#platform/calendar.ts'
import { testAccountId, type Caller, type World } from './world.ts'
import { insertAccount } from '../src/identity/account.store.ts'
import { beginStationPost } from '../src/identity/public.ts'
import type { Role } from '../src/identity/roles.ts'
import { recordAudit } from '../src/ledger/public.ts'

export interface Clerk extends Caller {
  readonly accountId: string
}

/** A member of staff with an account, posted to stations from the first day of 2024. */
export async function clerk(
  w: World,
  name: string,
  stations: readonly string[],
  roles: readonly Role[] = ['officer'],
): Promise<Clerk> {
  const accountId = await w.write(async (tx, context) => {
    const account = { email: `${name}@desk.example`, name, roles, passwordHash: 'none' }
    const opened = await insertAccount(tx, account, null, context.now)
    if (opened === undefined) throw new Error(`${name} exists`)
    for (const stationId of stations)
      await beginStationPost(tx, { accountId: opened, stationId, validFrom: date('2024-01-01') })
    await recordAudit(tx, context, { action: 'test.posted', subject: { kind: 'account', id: opened } })
    return opened
  })
  return { accountId, ...w.as({ roles, accountId }) }
}

export const QUESTION = {
  topic: 'protection',
  subject: '商标被仿冒怎么办',
  question: '电商平台上有店铺使用与我们注册商标近似的标识销售同类商品，请问应如何取证和投诉？',
  contactName: '王小明',
  contactPhone: '13800001234',
}

/** Fills an enquiry in and submits it; answers the receipt. */
export async function submitEnquiry(
  who: Caller,
  { station = 'window-gaoxinyuan', answers = {} }: { station?: string; answers?: object } = {},
) {
  const draft = await who.post('/api/v1/drafts', {
    procedure: 'general-enquiry',
    station,
    answers: { ...QUESTION, ...answers },
  })
  const sent = await who.post(`/api/v1/drafts/${draft.body.id}/submission`, { version: draft.body.version })
  if (sent.status !== 200) throw new Error(`submission answered ${sent.status} ${JSON.stringify(sent.body)}`)
  return sent.body
}

export function citizen(w: World, name = 'citizen'): Caller {
  return w.as({ roles: ['citizen'], accountId: testAccountId(name) })
}

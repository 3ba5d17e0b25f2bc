import type { Agency } from './agencies.ts'
import { dayIn, type Firm } from './firms.ts'
import type { Making } from './generate.ts'

const WORK = ['发明专利申请', '实用新型专利申请', '商标注册申请', '专利年费托管', '专利侵权诉讼']

/** What some agencies do for clients: open, finished, offered to a colleague, and taken over with a receipt. */
export function makeClientFiles(making: Making, agencies: readonly Agency[], firms: readonly Firm[]): void {
  const { rows, parameters, recordedAt } = making
  const random = making.random('client-files')
  const there = agencies.filter(({ movedOut }) => movedOut === null).slice(0, 6)
  for (const [place, agency] of there.entries()) {
    for (let serial = 1; serial <= 5; serial += 1) {
      const client = random.pick(firms)
      const id = random.uuid()
      const finished = serial === 1
      rows.clientFile.push({
        id,
        agencyId: agency.id,
        reference: `${agency.code}-${String(serial).padStart(3, '0')}`,
        title: random.pick(WORK),
        clientName: client.name,
        clientId: client.id,
        openedOn: dayIn(random, '2025-03-01', '2026-06-30'),
        finishedOn: finished ? parameters.until : null,
        finishNote: finished ? '已办结' : null,
        recordedAt,
      })
      const receiver = there[(place + 1) % there.length]
      if (serial > 3 && receiver !== undefined) {
        const received = serial === 5
        rows.clientFileHandover.push({
          id: random.uuid(),
          fileId: id,
          toKind: 'agency',
          toAgencyId: receiver.id,
          receiverName: receiver.name,
          offeredAt: recordedAt,
          offeredBy: '示例经办',
          note: '案卷一册，期限见附页',
          answeredAt: received ? recordedAt : null,
          answeredBy: received ? '示例经办' : null,
          answer: received ? 'received' : null,
          answerNote: received ? '已收' : null,
          receipt: received ? `S2026-${String(place + 1).padStart(6, '0')}` : null,
        })
      }
    }
  }
}

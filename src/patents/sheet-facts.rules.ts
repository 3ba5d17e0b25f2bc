/** Events, transfers and annuities that a row of a table states. */
import { partiesIn } from './names.rules.ts'
import type { Annuity, PatentDraft } from './record.rules.ts'
import { type Cells, Refused } from './sheet-row.rules.ts'
import { isTransferCode, legalEvent } from './status.rules.ts'

/** What such files call it, in the order in which they are looked for. */
const STATES: readonly (readonly [RegExp, Annuity['state']])[] = [
  [/终止|失效|lapsed|ended/i, 'lapsed'],
  [/滞纳|逾期|欠|overdue|late/i, 'overdue'],
  [/未缴|应缴|待缴|due|unpaid|open/i, 'due'],
  [/已缴|缴纳|缴清|paid/i, 'paid'],
]

export function factsOf(cells: Cells): Pick<PatentDraft, 'events' | 'transfers' | 'annuities'> {
  const office = /^([A-Z]{2})/i.exec(cells.text('publicationNumber'))?.[1]?.toUpperCase() ?? 'CN'
  const [code, words] = [cells.text('eventCode'), cells.text('eventText')]
  const on = cells.day('eventOn') ?? (code === '' && words === '' ? null : cells.day('legalStatusOn'))
  const event = code === '' && words === '' ? undefined : legalEvent(office, code, on, words)
  const [from, to] = [partiesIn(cells.text('transferFrom')), partiesIn(cells.text('transferTo'))]
  const transferOn = cells.day('transferOn')
  const moved = from.length + to.length > 0 && (transferOn !== null || to.length > 0 || isTransferCode(code))
  return {
    events: event === undefined ? [] : [event],
    transfers: moved ? [{ on: transferOn ?? on, recordedOn: on, from, to, text: words.slice(0, 4000) }] : [],
    annuities: annuityOf(cells),
  }
}

function annuityOf(cells: Cells): Annuity[] {
  const given = cells.text('annuityYear')
  if (given === '') return []
  const year = Number(/\d+/.exec(given)?.[0] ?? Number.NaN)
  if (!(year >= 1 && year <= 30))
    throw new Refused({ ...cells.cell('annuityYear'), reason: 'not-a-year-of-a-right' })
  const [dueOn, paidOn] = [cells.day('annuityDueOn'), cells.day('annuityPaidOn')]
  const words = cells.text('annuityState')
  const state = STATES.find(([pattern]) => pattern.test(words))?.[1] ?? (paidOn === null ? 'due' : 'paid')
  return [{ year, dueOn, paidOn, amount: amountOf(cells), currency: 'CNY', state }]
}

/** Yuan, with or without thousands and decimals, as fen. */
function amountOf(cells: Cells): number | null {
  const text = cells.text('annuityAmount').replace(/[,，¥￥元\s]/g, '')
  if (text === '') return null
  const parts = /^(\d{1,9})(?:\.(\d{1,2}))?0*$/.exec(text)
  if (parts === null) throw new Refused({ ...cells.cell('annuityAmount'), reason: 'not-a-number' })
  return Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'))
}

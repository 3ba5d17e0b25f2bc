/** Legal events of EPO OPS (INPADOC): the fields L001 to L525 of each. */
import { dayIn } from './days.rules.ts'
import type { Annuity, LegalEvent, PatentDraft } from './record.rules.ts'
import { legalEvent } from './status.rules.ts'
import { all, textOf, within, type XmlNode } from './xml-tree.rules.ts'

export function opsFacts(root: XmlNode, office: string): Pick<PatentDraft, 'events' | 'annuities'> {
  const legal = all(root, 'legal')
  return { events: legal.map((one) => eventOf(one, office)), annuities: annuitiesOf(legal) }
}

const field = (node: XmlNode, name: string) => textOf(within(node, name)[0])

function eventOf(node: XmlNode, office: string): LegalEvent {
  const scheme = field(node, 'L001EP') || office
  const on = dayIn(field(node, 'L525EP')) ?? dayIn(field(node, 'L007EP')) ?? null
  const code = node.attributes['code'] ?? field(node, 'L008EP')
  const parts = ['L501EP', 'L502EP', 'L507EP', 'L509EP', 'L510EP', 'L520EP']
    .map((name) => field(node, name))
    .filter(Boolean)
  return legalEvent(scheme, code, on, [node.attributes['desc'] ?? '', ...parts].join(' · '))
}

/** `PGFP` says that the fee of a year was paid in one country; the highest paid in any keeps the right alive somewhere. */
function annuitiesOf(legal: readonly XmlNode[]): Annuity[] {
  const years = new Map<number, Annuity>()
  for (const node of legal) {
    const year = Number(field(node, 'L520EP') || Number.NaN)
    const paidOn = dayIn(field(node, 'L518EP')) ?? null
    if (!(year >= 1 && year <= 30)) continue
    const known = years.get(year)
    if (known?.paidOn !== undefined && known.paidOn !== null && paidOn !== null && known.paidOn <= paidOn)
      continue
    years.set(year, { year, dueOn: null, paidOn, amount: null, currency: 'EUR', state: 'paid' })
  }
  return [...years.values()].toSorted((a, b) => a.year - b.year)
}

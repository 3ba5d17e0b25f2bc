import type { Context } from '#platform/context.ts'
import { seesRecords } from './access.rules.ts'
import type { Registry } from './declare.ts'
import { figureOf, suppressionOf, targetOf, termsOf } from './figure.ts'
import { confidentialityOf } from './figure.view.ts'
import { readTogether } from './reading.store.ts'

/**
 * How many records a figure opens to today: the `total` of its list, as this caller is shown it. Null where a small cell
 * is covered, and for a code that nobody declares.
 */
export async function countRecords(
  registry: Registry,
  { db, actor, zone, today }: Context,
  code: string,
): Promise<number | null> {
  const indicator = registry.get(code)
  if (indicator === undefined) return null
  const figure = await readTogether(db, (reading) => figureOf(reading, indicator, zone, today))
  const [named] = figure.parts
  if (named === undefined) return null
  const sees = seesRecords(actor, confidentialityOf(indicator, targetOf(zone, code)))
  const suppressed = sees ? undefined : suppressionOf(named.part.kind, named.count, termsOf(zone))
  return suppressed === 'small' ? null : named.count.items
}

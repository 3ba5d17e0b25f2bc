import type { Context } from '#platform/context.ts'
import type { Registry } from './declare.ts'
import { figureOf, suppressionOf, termsOf } from './figure.ts'
import { readTogether } from './reading.store.ts'

/**
 * What a figure says today, as everybody may read it: null where nobody declares it, where it is not known, and where a
 * small cell or a dominated sum is covered, whoever asks. In the stored unit of the indicator.
 */
export async function publishedValue(
  registry: Registry,
  { db, zone, today }: Pick<Context, 'db' | 'zone' | 'today'>,
  code: string,
): Promise<number | null> {
  const indicator = registry.get(code)
  if (indicator === undefined) return null
  const figure = await readTogether(db, (reading) => figureOf(reading, indicator, zone, today))
  const covered =
    indicator.confidentiality !== 'public' &&
    figure.parts.some(({ part, count }) => suppressionOf(part.kind, count, termsOf(zone)) !== undefined)
  return covered ? null : figure.value
}

import { expect } from 'vitest'
import type { World } from './world.ts'

export interface Shown {
  readonly value: number | null
  readonly met: boolean | null
  readonly verdict: string
  readonly suppressed: string | null
  readonly comparator: { readonly value: number; readonly period: string } | null
  readonly parts: readonly { readonly part: string; readonly value: number | null }[]
}

/** A figure of the board as those who keep the statistics see it: nothing is suppressed for them. */
export async function figure(w: World, code: string, asOf: string): Promise<Shown> {
  const { status, body } = await w.as('statistician').get(`/api/v1/indicators/${code}?asOf=${asOf}`)
  expect([code, status]).toEqual([code, 200])
  return body
}

/** The ids of the records behind a part of a figure, all of them. */
export async function recordsBehind(w: World, code: string, asOf: string, part?: string): Promise<string[]> {
  const query = `asOf=${asOf}&limit=200${part === undefined ? '' : `&part=${part}`}`
  const { body } = await w.as('statistician').get(`/api/v1/indicators/${code}/records?${query}`)
  expect(body.items).toHaveLength(body.total)
  return body.items.map(({ id }: { id: string }) => id)
}

const readers = ['visitor', 'citizen', 'agency', 'officer', 'statistician'] as const

/** For every reader: each part of the figure opens to as many rows as it counts, named only where the reader may see names. */
export async function expectToOpen(
  w: World,
  code: string,
  asOf: string,
  { maskedForVisitors }: { maskedForVisitors: boolean },
) {
  for (const who of readers) {
    const { parts } = (await w.as(who).get(`/api/v1/indicators/${code}?asOf=${asOf}`)).body
    for (const { recordsUrl, part, value, unit, stated } of parts) {
      const { total, items, masked } = (
        await w.as(who).get(`${recordsUrl}${recordsUrl.includes('?') ? '&' : '?'}limit=200`)
      ).body
      if (total !== null) expect([code, who, part, items.length]).toEqual([code, who, part, total])
      if (unit.per === 1 && stated === null && value !== null)
        expect([code, who, part, total]).toEqual([code, who, part, value])
      if (who === 'visitor' && stated === null)
        expect([code, part, masked]).toEqual([code, part, maskedForVisitors])
      if (masked)
        expect(
          items.every(({ label, id }: { label: unknown; id: unknown }) => label === null && id === null),
        ).toBe(true)
    }
  }
}

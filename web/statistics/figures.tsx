import type { client } from '../app/api.ts'
import type { Tone } from '../ui/Badge.tsx'
import { formatNumber } from '../ui/format.ts'
import { either, useMessages } from '../ui/language.ts'
import { Unknown } from '../ui/values.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

export type BoardAnswer = Awaited<ReturnType<typeof client.statistics.board>>
export type Item = BoardAnswer['pillars'][number]['items'][number]
type UnitWords = Item['unitWords']

/** The API counts in the stored unit (fen, cents); people read 亿元. */
export function inShownUnit(value: number | null, { per }: Pick<UnitWords, 'per'>): number | null {
  return value === null ? null : value / per
}

/** Where the path stands between two year ends: people and firms come whole, so it is rounded up. */
export function plannedInShownUnit(value: number | null, unit: UnitWords): number | null {
  const shown = inShownUnit(value, unit)
  return shown !== null && (unit.code === 'count' || unit.code === 'person') ? Math.ceil(shown) : shown
}

const TONES: Readonly<Record<Item['status'], Tone>> = {
  met: 'met',
  ahead: 'met',
  onPath: 'info',
  atRisk: 'risk',
  late: 'late',
  noPath: 'neutral',
  unknown: 'neutral',
}

/** Where the figure stands, in a word with its mark. */
export function useStanding(item: Item): { tone: Tone; words: string } {
  const text = useMessages({ zh, en })
  return { tone: TONES[item.status], words: text.status[item.status] }
}

/** What is shown where a number may not be. */
export function useWithheld(): (
  suppressed: 'small' | 'dominated' | null | undefined,
  threshold?: number,
) => string | undefined {
  const text = useMessages({ zh, en })
  return (suppressed, threshold = 5) => {
    if (suppressed === 'small') return text.withheld.small(threshold)
    return suppressed === 'dominated' ? text.withheld.dominated : undefined
  }
}

export function useReason(): (reason: string) => string | undefined {
  const { reason: words } = useMessages({ zh, en })
  return (reason) => (reason in words ? words[reason as keyof typeof words] : undefined)
}

interface ValueProps {
  readonly value: number | null
  readonly unit: UnitWords
  readonly suppressed?: 'small' | 'dominated' | null
}

/** A figure in its shown unit, or what stands in its place. */
export function ValueText({ value, unit, suppressed }: ValueProps) {
  const withheld = useWithheld()(suppressed)
  const shown = inShownUnit(value, unit)
  if (withheld !== undefined) return <span>{withheld}</span>
  if (shown === null) return <Unknown />
  return (
    <span className="value">
      <span className="tabular">{formatNumber(shown)}</span>{' '}
      <span className="value-unit">{either(unit)}</span>
    </span>
  )
}

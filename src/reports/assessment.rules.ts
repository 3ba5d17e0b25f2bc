import type { AssessmentCriteria } from '../zone/assessment.rules.ts'

export type { AssessmentCriteria } from '../zone/assessment.rules.ts'

export interface ItemFigure {
  readonly code: string
  readonly value: number | null
  readonly verdict: 'met' | 'notMet' | 'unknown'
}

/** What an item still lacks, in the order in which it has to be put right. */
export type Gap = 'noFigure' | 'figureUnknown' | 'goalNotMet' | 'noEvidence' | 'noAnswer'

export interface ItemStanding {
  readonly code: string
  readonly gaps: readonly Gap[]
}

type Item = AssessmentCriteria['dimensions'][number]['items'][number]

export interface Filed {
  /** Frozen figures of the snapshot by code, as anybody may see them. */
  readonly figures: ReadonlyMap<string, ItemFigure>
  /** Items that have evidence which was not taken back. */
  readonly evidenced: ReadonlySet<string>
  readonly answered: ReadonlySet<string>
}

/**
 * What an item of the criteria lacks. Computed from what is filed and frozen, never from a flag: an item is complete when
 * every figure it names is known and reaches its goal, evidence is filed where the item asks for some, and it is answered.
 */
export function gapsOf(item: Item, { figures, evidenced, answered }: Filed): Gap[] {
  const found = item.indicators.map((code) => figures.get(code))
  const gaps: Gap[] = []
  if (found.includes(undefined)) gaps.push('noFigure')
  if (found.some((figure) => figure !== undefined && figure.value === null)) gaps.push('figureUnknown')
  if (found.some((figure) => figure?.verdict === 'notMet')) gaps.push('goalNotMet')
  if (item.evidence.length > 0 && !evidenced.has(item.code)) gaps.push('noEvidence')
  if (!answered.has(item.code)) gaps.push('noAnswer')
  return gaps
}

/** All items with their gaps, those with the most to do first; among equals in the order of the criteria. */
export function gapsFirst(criteria: AssessmentCriteria, filed: Filed): ItemStanding[] {
  return criteria.dimensions
    .flatMap(({ items }) => items)
    .map((item) => ({ code: item.code, gaps: gapsOf(item, filed) }))
    .toSorted((a, b) => b.gaps.length - a.gaps.length)
}

export const hasItem = ({ dimensions }: AssessmentCriteria, code: string): boolean =>
  dimensions.some(({ items }) => items.some((item) => item.code === code))

/** A name under which evidence lies in the pack: readable, safe on every file system, and never twice the same. */
export function packName(item: string, position: number, fileName: string): string {
  const safe = fileName
    .normalize('NFC')
    // What any of the common file systems refuses, and what would lead out of the folder.
    .replaceAll(/[\p{Cc}<>:"/\\|?*]|\.{2,}/gu, '_')
    .replaceAll(/^\.|[. ]+$/gu, '_')
  return `evidence/${item}/${String(position).padStart(2, '0')}-${safe.slice(-120)}`
}

import { createHash } from 'node:crypto'
import type { CalendarDate } from '#platform/calendar.ts'
import { canonicalJson, type CanonicalValue } from '../ledger/canonical.rules.ts'

export type Language = 'zh' | 'en'
export interface Words {
  readonly zh: string
  readonly en: string
}

/** A frozen figure as anybody may see it: what is withheld from the public is withheld from the report. */
export interface PublicFigure {
  readonly code: string
  readonly names: Words
  readonly definition: Words
  /** In the stored unit; null where nobody knows or where it is withheld. */
  readonly value: number | null
  readonly suppressed: 'small' | 'dominated' | null
  readonly unit: { readonly code: string; readonly zh: string; readonly en: string; readonly per: number }
  readonly operator: string | null
  readonly target: number | null
  readonly targetYear: number | null
  readonly verdict: 'met' | 'notMet' | 'unknown'
  readonly revision: number
  readonly digest: string
}

export interface PublicSnapshot {
  readonly id: string
  readonly asOf: CalendarDate
  readonly digest: string
  readonly title: string
  /** Each code once: the newest revision when the report was assembled. */
  readonly figures: readonly PublicFigure[]
}

export interface Restated {
  readonly code: string
  readonly names: Words
  readonly oldValue: number | null
  readonly newValue: number | null
  readonly unit: PublicFigure['unit']
  readonly cause: string
  readonly madeOn: string
}

export interface ReportSources {
  readonly year: number
  readonly edition: number
  readonly zone: { readonly names: Words; readonly office: Words; readonly planNumber: string }
  /** The six pillars in the plan's order, with the codes of the targets that belong to each. */
  readonly pillars: readonly {
    readonly code: string
    readonly names: Words
    readonly codes: readonly string[]
  }[]
  readonly snapshot: PublicSnapshot
  /** What was frozen before, oldest first; at most one snapshot a year. */
  readonly earlier: readonly PublicSnapshot[]
  readonly restated: readonly Restated[]
  readonly commentary: Readonly<Record<string, Words>>
  readonly synthetic: boolean
}

/** One figure as the report prints it: already in words and digits of one language. */
export interface FigureLine {
  readonly code: string
  readonly name: string
  readonly definition: string
  readonly value: string
  readonly goal: string
  readonly verdict: 'met' | 'notMet' | 'unknown'
  readonly verdictWords: string
  readonly snapshotId: string
  readonly digest: string
  readonly revision: number
  /** Points of the chart in the shown unit, oldest first; empty where there are fewer than two. */
  readonly history: readonly { readonly label: string; readonly value: number; readonly text: string }[]
  readonly goalValue: number | null
}

export interface ReportContent {
  readonly language: Language
  readonly title: string
  readonly issuer: string
  readonly year: number
  readonly edition: number
  readonly asOf: string
  readonly mark: string | null
  readonly snapshot: { readonly id: string; readonly digest: string; readonly title: string }
  readonly tally: { readonly met: number; readonly notMet: number; readonly unknown: number }
  readonly foreword: string
  readonly sections: readonly {
    readonly code: string
    readonly title: string
    readonly commentary: string
    readonly figures: readonly FigureLine[]
  }[]
  readonly restatements: readonly {
    readonly name: string
    readonly was: string
    readonly is: string
    readonly cause: string
    readonly on: string
  }[]
  readonly sources: readonly { readonly asOf: string; readonly id: string; readonly digest: string }[]
}

export const FOREWORD = 'foreword'

/**
 * What the report says in one language. A pure function of what was frozen and written: the same sources give the same
 * report, to the letter, and its digest is in the ledger (S98, S198).
 */
export function reportContent(sources: ReportSources, language: Language): ReportContent {
  const { snapshot, earlier, zone, year, edition, commentary } = sources
  const say = sayings[language]
  const written = (code: string) => commentary[code]?.[language] ?? ''
  const figures = new Map(snapshot.figures.map((figure) => [figure.code, figure]))
  const sections = sources.pillars.map(({ code, names, codes }) => ({
    code,
    title: names[language],
    commentary: written(code),
    figures: codes.flatMap((one) => {
      const figure = figures.get(one)
      return figure === undefined ? [] : [figureLine(figure, snapshot, earlier, language)]
    }),
  }))
  const all = sections.flatMap((section) => section.figures)
  const count = (verdict: FigureLine['verdict']) => all.filter((line) => line.verdict === verdict).length
  return {
    language,
    title: say.title(zone.names[language], year),
    issuer: zone.office[language],
    year,
    edition,
    asOf: snapshot.asOf,
    mark: sources.synthetic ? say.synthetic : null,
    snapshot: { id: snapshot.id, digest: snapshot.digest, title: snapshot.title },
    tally: { met: count('met'), notMet: count('notMet'), unknown: count('unknown') },
    foreword: written(FOREWORD),
    sections,
    restatements: sources.restated.map(({ names, oldValue, newValue, unit, cause, madeOn }) => ({
      name: names[language],
      was: amount(oldValue, unit, language),
      is: amount(newValue, unit, language),
      cause,
      on: madeOn,
    })),
    sources: [snapshot, ...earlier.toReversed()].map(({ asOf, id, digest }) => ({ asOf, id, digest })),
  }
}

function figureLine(
  figure: PublicFigure,
  snapshot: PublicSnapshot,
  earlier: readonly PublicSnapshot[],
  language: Language,
): FigureLine {
  const { code, names, definition, unit, verdict, digest, revision, target } = figure
  const say = sayings[language]
  const history = [...earlier, snapshot].flatMap(({ asOf, figures }) => {
    const then = figures.find((one) => one.code === code)
    // A figure in another unit is another figure: it is not drawn beside this one.
    if (then === undefined || then.value === null || then.unit.code !== unit.code) return []
    return [
      {
        label: asOf.slice(0, 7),
        value: then.value / unit.per,
        text: digits(then.value / unit.per, language),
      },
    ]
  })
  return {
    code,
    name: names[language],
    definition: definition[language],
    value: figureText(figure, language),
    goal: goalWords(figure, language),
    verdict,
    verdictWords: say.verdict[verdict],
    snapshotId: snapshot.id,
    digest,
    revision,
    history: history.length < 2 ? [] : history,
    goalValue: target === null ? null : target / unit.per,
  }
}

/** The goal with its exact operator: 超过 is strictly more, 达…以上 is reached at equality. */
export function goalWords({ operator, target, targetYear, unit }: PublicFigure, language: Language): string {
  const say = sayings[language]
  if (operator === 'trend') return say.rises
  if (operator === 'exceeds-comparator') return say.exceedsComparator
  if (operator === null || target === null) return say.noGoal
  const bound = amount(target, unit, language)
  return operator === '>' ? say.moreThan(bound, targetYear) : say.atLeast(bound, targetYear)
}

/** The figure in its shown unit, or the words for what is unknown or withheld. */
export function figureText({ value, unit, suppressed }: PublicFigure, language: Language): string {
  return suppressed === null ? amount(value, unit, language) : sayings[language].withheld[suppressed]
}

function amount(value: number | null, unit: PublicFigure['unit'], language: Language): string {
  if (value === null) return sayings[language].unknown
  const word = unit[language]
  const number = digits(value / unit.per, language)
  if (word === '' || word === '%') return `${number}${word}`
  return `${number} ${word}`
}

const digits = (value: number, language: Language) =>
  new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: 2 }).format(value)

/** SHA-256 over the canonical form of both languages: what both documents are made of. */
export function contentDigest(contents: readonly ReportContent[]): string {
  return createHash('sha256')
    .update(canonicalJson(contents as unknown as CanonicalValue))
    .digest('hex')
}

/** Sections in which people may write: the foreword and one for each pillar. */
export function commentarySections(pillars: readonly { readonly code: string }[]): readonly string[] {
  return [FOREWORD, ...pillars.map(({ code }) => code)]
}

/** One snapshot for each earlier year, the last taken of it, oldest first: the history that charts are drawn from. */
export function yearlyHistory<Row extends { readonly asOf: string; readonly takenAt: Date }>(
  rows: readonly Row[],
  before: string,
): Row[] {
  const byYear = new Map<string, Row>()
  for (const row of rows) {
    const year = row.asOf.slice(0, 4)
    if (row.asOf >= before || year === before.slice(0, 4)) continue
    const known = byYear.get(year)
    const later =
      known === undefined || row.asOf > known.asOf || (row.asOf === known.asOf && row.takenAt > known.takenAt)
    if (later) byYear.set(year, row)
  }
  return [...byYear.values()].toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1))
}

interface Sayings {
  readonly title: (zone: string, year: number) => string
  readonly synthetic: string
  readonly unknown: string
  readonly noGoal: string
  readonly rises: string
  readonly exceedsComparator: string
  readonly moreThan: (bound: string, year: number | null) => string
  readonly atLeast: (bound: string, year: number | null) => string
  readonly withheld: { readonly small: string; readonly dominated: string }
  readonly verdict: Readonly<Record<FigureLine['verdict'], string>>
}

const sayings: Readonly<Record<Language, Sayings>> = {
  zh: {
    title: (zone, year) => `${zone}发展报告（${year} 年）`,
    synthetic: '本报告由合成数据生成，仅供演示，不具效力。',
    unknown: '暂无数据',
    noGoal: '方案未定目标',
    rises: '逐期上升',
    exceedsComparator: '超过可比对象',
    moreThan: (bound, year) => `${year === null ? '' : `到 ${year} 年`}超过 ${bound}`,
    atLeast: (bound, year) => `${year === null ? '' : `到 ${year} 年`}达到 ${bound}`,
    withheld: { small: '数量过少，不公开', dominated: '为保护单个机构，不公开' },
    verdict: { met: '已达成', notMet: '未达成', unknown: '无法判断' },
  },
  en: {
    title: (zone, year) => `Development report ${year}: ${zone}`,
    synthetic: 'Made from synthetic data for demonstration; of no effect.',
    unknown: 'No data',
    noGoal: 'The plan sets no goal',
    rises: 'Rises from period to period',
    exceedsComparator: 'Exceeds its comparator',
    moreThan: (bound, year) => `More than ${bound}${year === null ? '' : ` by ${year}`}`,
    atLeast: (bound, year) => `At least ${bound}${year === null ? '' : ` by ${year}`}`,
    withheld: { small: 'Too few to publish', dominated: 'Withheld to protect single firms' },
    verdict: { met: 'Met', notMet: 'Not met', unknown: 'Cannot be said' },
  },
}

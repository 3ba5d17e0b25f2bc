/** The five online stages of a university's patents, and how one is graded. Pure. */
import type { GradedFact, GradingRules, IndustryPatents } from '../zone/patent.rules.ts'

/** 线上管理、线上加工、线上展示、线上交易、线上服务 (S126), in the order in which a patent goes through them. */
export const STAGES = {
  manage: { zh: '线上管理', en: 'Managed' },
  process: { zh: '线上加工', en: 'Prepared' },
  show: { zh: '线上展示', en: 'Shown' },
  trade: { zh: '线上交易', en: 'Traded' },
  serve: { zh: '线上服务', en: 'Served' },
} as const
export type CloudStage = keyof typeof STAGES
export const STAGE_NAMES = Object.keys(STAGES) as [CloudStage, ...CloudStage[]]

/** Stages that anybody sees. Before them a university works for itself. */
export const PUBLIC_STAGES: readonly CloudStage[] = ['show', 'trade', 'serve']

const NEXT: Readonly<Record<CloudStage, readonly CloudStage[]>> = {
  manage: ['process'],
  process: ['manage', 'show'],
  show: ['process', 'trade'],
  trade: ['show', 'serve'],
  serve: ['show', 'trade'],
}

export const movesFrom = (stage: CloudStage): readonly CloudStage[] => NEXT[stage]

export type MoveObstacle = 'NOT_NEXT' | 'RIGHT_ENDED'

/** Why a patent cannot move: stages are not skipped, and what has ended is neither shown nor traded. */
export function moveObstacle(
  from: CloudStage,
  to: CloudStage,
  inForce: boolean | null,
): MoveObstacle | undefined {
  if (!NEXT[from].includes(to)) return 'NOT_NEXT'
  return inForce === false && PUBLIC_STAGES.includes(to) && to !== 'serve' ? 'RIGHT_ENDED' : undefined
}

/** What an inventory says of a patent; null where it says nothing. */
export interface CloudFacts {
  readonly right: 'invention' | 'utility-model' | 'design' | null
  readonly legalStatus: string | null
  readonly filedOn: string | null
  readonly ipc: readonly string[]
  readonly familySize: number | null
  readonly timesCited: number | null
  readonly claims: number | null
  readonly used: boolean | null
}

export interface GradeLine {
  readonly fact: GradedFact
  readonly names: { readonly zh: string; readonly en: string }
  readonly atLeast: number
  /** Null where the inventory does not say. */
  readonly value: number | null
  readonly points: number
  readonly earned: number
}

export interface Grade {
  readonly grade: string
  readonly points: number
  readonly lines: readonly GradeLine[]
}

/** The grade of a patent on a day, with the points of each line. The same facts, rules and day give the same grade. */
export function gradeOf(
  facts: CloudFacts,
  rules: Pick<GradingRules, 'points' | 'grades'>,
  { on, industries }: { readonly on: string; readonly industries: readonly IndustryPatents[] },
): Grade {
  const lines = rules.points.map((line): GradeLine => {
    const value = valueOf(line.fact, facts, on, industries)
    return { ...line, value, earned: value !== null && value >= line.atLeast ? line.points : 0 }
  })
  const points = lines.reduce((sum, { earned }) => sum + earned, 0)
  const grade = rules.grades.find(({ atLeast }) => points >= atLeast) ?? rules.grades.at(-1)
  return { grade: grade?.grade ?? '', points, lines }
}

function valueOf(
  fact: GradedFact,
  facts: CloudFacts,
  on: string,
  industries: readonly IndustryPatents[],
): number | null {
  switch (fact) {
    case 'invention':
      return facts.right === null ? null : Number(facts.right === 'invention')
    case 'inForce':
      return asNumber(isInForce(facts.legalStatus))
    case 'yearsLeft':
      return yearsLeft(facts, on)
    case 'keyIndustry':
      if (facts.ipc.length === 0) return null
      return Number(
        industries.some(({ ipc }) => ipc.some((prefix) => facts.ipc.some((code) => code.startsWith(prefix)))),
      )
    case 'familySize':
      return facts.familySize
    case 'timesCited':
      return facts.timesCited
    case 'claims':
      return facts.claims
    case 'used':
      return asNumber(facts.used)
  }
}

const asNumber = (value: boolean | null) => (value === null ? null : Number(value))

/** Null where the status is not known: neither alive nor dead. */
export function isInForce(legalStatus: string | null): boolean | null {
  return legalStatus === null || legalStatus === 'unknown' ? null : legalStatus === 'in-force'
}

/** Whether it is known to have ended; a pending application has not. */
export function hasEnded(legalStatus: string | null): boolean {
  return legalStatus !== null && !['in-force', 'pending', 'unknown'].includes(legalStatus)
}

/** Whole years until the term runs out: 20 from filing for inventions, 10 for utility models, 15 for designs (Patent Law, art. 42). */
function yearsLeft({ right, filedOn, legalStatus }: CloudFacts, on: string): number | null {
  if (right === null || filedOn === null) return null
  if (hasEnded(legalStatus)) return 0
  const term = { invention: 20, 'utility-model': 10, design: 15 }[right]
  const end = `${Number(filedOn.slice(0, 4)) + term}${filedOn.slice(4)}`
  const years = Number(end.slice(0, 4)) - Number(on.slice(0, 4)) - (end.slice(5) < on.slice(5) ? 1 : 0)
  return Math.max(0, years)
}

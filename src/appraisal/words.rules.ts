/** What the published list says, in both languages. */
import type { Scheme } from '../zone/appraisal.rules.ts'
import type { Verdict } from './rules.ts'

export interface PublishedList {
  readonly year: number
  readonly scheme: Scheme
  readonly cutoffOn: string
  readonly computedOn: string
  readonly digest: string
  readonly results: readonly {
    readonly code: string
    readonly name: string
    readonly classCode: string
    readonly total: number
    readonly verdict: Verdict
  }[]
}

/** Hundredths of a point as people write them: 73.50. */
export function pointsText(hundredths: number): string {
  const whole = Math.trunc(Math.abs(hundredths) / 100)
  const rest = String(Math.abs(hundredths) % 100).padStart(2, '0')
  return `${hundredths < 0 ? '-' : ''}${whole}.${rest}`
}

const WORDS = {
  zh: {
    title: (year: number) => `${year} 年度优秀知识产权服务机构名单`,
    none: '无',
    agency: (name: string, points: string) => `${name}（${points} 分）`,
    join: '；',
    criteria: '考核标准',
    version: (name: string, version: number) => `${name}，第 ${version} 版`,
    records: '记录截止日',
    computed: '计分日期',
    appraised: '参加考核',
    count: (n: number) => `${n} 家`,
    digest: '计分摘要（SHA-256）',
    notes: (sample: boolean) => [
      '得分全部由平台记录计算，任何人不能填写或修改分数；每家机构的计分和所依记录可在下列网址查看并重新计算。',
      ...(sample ? ['考核标准的权重和分值为示例，待正式标准公布后替换。'] : []),
    ],
    synthetic: '合成示例数据，不代表任何真实机构',
    proof: {
      heading: '核验本名单',
      explanation: '扫描二维码或打开下列网址，查看计分和本文件的摘要；账本条目可离线验证。',
    },
    footer: (year: number) => `年度绩效考核 ${year}`,
  },
  en: {
    title: (year: number) => `Excellent IP service agencies of ${year}`,
    none: 'None',
    agency: (name: string, points: string) => `${name} (${points} points)`,
    join: '; ',
    criteria: 'Criteria',
    version: (name: string, version: number) => `${name}, version ${version}`,
    records: 'Records closed on',
    computed: 'Computed on',
    appraised: 'Appraised',
    count: (n: number) => `${n} agencies`,
    digest: 'Digest of the scores (SHA-256)',
    notes: (sample: boolean) => [
      'Every score is computed from records of the platform; nobody enters or changes one. The score of each agency with its records can be read and computed again at the address below.',
      ...(sample
        ? ['Weights and points of the criteria are samples until the official ones are published.']
        : []),
    ],
    synthetic: 'Synthetic sample data; no real agency is meant',
    proof: {
      heading: 'Check this list',
      explanation:
        'Scan the code or open the address to see the scores and the digest of this file; the entry in the ledger verifies offline.',
    },
    footer: (year: number) => `Annual appraisal ${year}`,
  },
} as const

export function wordsOf(
  { year, scheme, cutoffOn, computedOn, digest, results }: PublishedList,
  language: 'zh' | 'en',
) {
  const words = WORDS[language]
  const chosen = scheme.classes.map(({ code, names }) => {
    const listed = results.filter(({ classCode, verdict }) => classCode === code && verdict === 'excellent')
    const value = listed.map(({ name, total }) => words.agency(name, pointsText(total))).join(words.join)
    return [names[language], value === '' ? words.none : value] as const
  })
  return {
    title: words.title(year),
    facts: [
      ...chosen,
      [words.appraised, words.count(results.length)] as const,
      [words.criteria, words.version(scheme.names[language], scheme.version)] as const,
      [words.records, cutoffOn] as const,
      [words.computed, computedOn] as const,
      [words.digest, digest] as const,
    ],
    notes: words.notes(scheme.sample),
    synthetic: words.synthetic,
    proof: words.proof,
    footer: words.footer(year),
  }
}

/** What an agency is told while the list may still be objected to. */
export const PROPOSED = { zh: '拟评优秀', en: 'proposed as excellent' } as const

/** What became of an agency on the list, as it is told. */
export const VERDICTS: Readonly<Record<Verdict, { readonly zh: string; readonly en: string }>> = {
  excellent: { zh: '评为优秀', en: 'chosen as excellent' },
  excluded: { zh: '一票否决', en: 'excluded by a veto' },
  below: { zh: '未达分数线', en: 'below the least total' },
  beyond: { zh: '名额已满', en: 'beyond the places there are' },
  tied: { zh: '并列于名额边界，未入选', en: 'tied where the places end, not chosen' },
}

import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createAnalytics } from '#platform/analytics.ts'
import { startAnalyticsEngine } from '#platform/analytics-engine-process.ts'
import { migrateAnalyticsStore } from '#platform/analytics-migrations.ts'
import { createLog } from '#platform/log.ts'
import { readConfig } from '#platform/config.ts'
import { sourceFromPath } from '#platform/tabular/source.ts'
import { sharedData } from '#testing/shared-data.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { NearMeasured } from '../src/patents/near.contract.ts'
import { MEASURED_FILE } from '../src/patents/near-measured.ts'
import { compareRecords, type NearPair, verdictOf } from '../src/patents/near.rules.ts'
import { findNearPairs } from '../src/patents/near.store.ts'
import { openPatentFile } from '../src/patents/reading.ts'
import { PatentRecord } from '../src/patents/record.rules.ts'
import { patentRow } from '../src/patents/row.rules.ts'
import { lexicon } from '../src/patents/segmentation.ts'
import { loadZone } from '../src/zone/public.ts'
import { circumstances, type Measurement, rounded } from './measure.ts'
import { changedCopy } from './near.copies.ts'
import { documentOf, originalOf } from './patents.corpus.ts'

type Judged = NearMeasured['sets'][number]
type Analytics = ReturnType<typeof createAnalytics>

const { nearDuplicates } = await loadZone(readConfig({}).zoneFolder)
const rule = nearDuplicates.at(-1)!

/** How well near duplicates are found: planted truth, real patents with their hard negatives, and sentences that only look alike. */
export async function near(): Promise<Measurement[]> {
  const sets = [
    await planted(),
    ...(await realPatents()),
    ...sentences('neardup/lcqmc_dev.tsv', 'lcqmc', lcqmcWords, (line) => line.split('\t'), ['1'], ['0']),
    ...sentences(
      'neardup/cnsd_sts_dev.txt',
      'cnsd-sts',
      cnsdWords,
      (line) => line.split('||').slice(1),
      ['5'],
      ['0', '1', '2'],
    ),
    ...crossLanguage(),
  ]
  const { at, commit } = circumstances()
  const measured = NearMeasured.parse({
    on: at.slice(0, 10),
    commit: commit.slice(0, 8),
    rule: { near: rule.near, leastShingles: rule.leastShingles },
    sets,
  })
  writeFileSync(MEASURED_FILE, `${JSON.stringify(measured, null, 2)}\n`)
  return sets.map(({ set, words: _words, ...figures }) => {
    const { budget, met } = BUDGETS[set] ?? { budget: 'stated only', met: () => true }
    return { name: `near duplicates: ${set}`, figures: withoutNulls(figures), budget, met: met(figures) }
  })
}

type Figures = Omit<Judged, 'set' | 'words'>
const BUDGETS: Readonly<Record<string, { budget: string; met: (figures: Figures) => boolean }>> = {
  'planted-synthetic': { budget: 'recall >= 0.97', met: ({ recall }) => (recall ?? 0) >= 0.97 },
  'planted-real': {
    budget: 'recall >= 0.97, precision >= 0.97',
    met: ({ recall, precision }) => (recall ?? 0) >= 0.97 && (precision ?? 0) >= 0.97,
  },
  'same-day-batch': { budget: 'precision >= 0.9', met: ({ precision }) => (precision ?? 0) >= 0.9 },
}

const withoutNulls = (figures: Figures) =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value ?? '–']))

interface Counts {
  readonly pairs: number
  readonly positives: number
  readonly found: number
  readonly wrong: number
}

function judged(set: string, words: Judged['words'], { pairs, positives, found, wrong }: Counts): Judged {
  return {
    set,
    words,
    pairs,
    positives,
    found,
    wrong,
    precision: found + wrong === 0 ? null : rounded(found / (found + wrong), 4),
    recall: positives === 0 ? null : rounded(found / positives, 4),
  }
}

const pairKey = (one: string, other: string) => (one < other ? `${one} ${other}` : `${other} ${one}`)
const keysOf = (pairs: readonly NearPair[]) => new Set(pairs.map(({ one, other }) => pairKey(one, other)))

/** All near pairs of some records, by the very search that the pages run. */
async function pairsOf(
  analytics: Analytics,
  version: number,
  records: readonly PatentRecord[],
): Promise<NearPair[]> {
  for (let at = 0; at < records.length; at += 5000) {
    const rows = records.slice(at, at + 5000).map((record) => ({
      ...patentRow(record, lexicon()),
      digest: '0',
      since: version,
      until: version + 1,
    }))
    await analytics.insert('patent', rows)
  }
  const search = { run: `bench-${version}`, version, scope: { kind: 'corpus' }, rules: rule } as const
  return findNearPairs(analytics, search, records.length, async () => {})
}

async function withEngine<Result>(work: (analytics: Analytics) => Promise<Result>): Promise<Result> {
  const dataFolder = await temporaryFolder('bench')
  const engine = await startAnalyticsEngine({ dataFolder, log: createLog('error') })
  const url = new URL(engine.url)
  Object.assign(url, { username: engine.username, password: engine.password, pathname: '/bench' })
  await migrateAnalyticsStore(url.href)
  const analytics = createAnalytics({ ...engine, database: 'bench' })
  try {
    return await work(analytics)
  } finally {
    await analytics.close()
    await engine.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

const SYNTHETIC = 20_000

async function planted(): Promise<Judged> {
  const records = Array.from({ length: SYNTHETIC }, (_, number) => documentOf(number))
  const found = keysOf(await withEngine((analytics) => pairsOf(analytics, 1, records)))
  const pairs = records.flatMap((record, number) => {
    const original = originalOf(number)
    return original === undefined
      ? []
      : [pairKey(record.publicationNumber, documentOf(original).publicationNumber)]
  })
  // Copies of one original resemble each other too: those are no mistakes, and neither truth nor error here.
  const families = new Map(
    records.map((record, number) => [record.publicationNumber, originalOf(number) ?? number]),
  )
  const wrong = [...found].filter((key) => new Set(key.split(' ').map((one) => families.get(one))).size > 1)
  return judged(
    'planted-synthetic',
    {
      zh: `合成语料 ${SYNTHETIC.toLocaleString('zh-CN')} 件，其中埋入改动过的副本；背景文本彼此无关，精确率意义不大`,
      en: `${SYNTHETIC.toLocaleString('en-GB')} synthetic documents with altered copies planted; the background is unrelated, so its precision says little`,
    },
    {
      pairs: (SYNTHETIC * (SYNTHETIC - 1)) / 2,
      positives: pairs.length,
      found: pairs.filter((key) => found.has(key)).length,
      wrong: wrong.length,
    },
  )
}

const ABSTRACTS = ['a01b', 'a01c', 'a01d'].map((name) => `patents_cn/${name}_title_abstract.gb18030.csv`)
const EXPORT = 'patents_cn/cnipr_export_25cols.xlsx'

async function recordsOf(path: string): Promise<PatentRecord[]> {
  const file = sharedData(path)
  if (file === undefined) return []
  const source = { run: 'bench', file: path, line: 1, format: 'bench', observedOn: '2026-01-01' }
  const records: PatentRecord[] = []
  for await (const { drafts = [] } of (await openPatentFile(await sourceFromPath(file))).rows)
    for (const draft of drafts) records.push(PatentRecord.parse({ ...draft, source }))
  return records
}

const COPY_EVERY = 8

/** Real titles and abstracts of one subclass of techniques: whoever stands beside an original is a hard negative of its copy. */
async function realPatents(): Promise<Judged[]> {
  const abstracts = (await Promise.all(ABSTRACTS.map(recordsOf))).flat()
  const exported = await recordsOf(EXPORT)
  if (abstracts.length === 0 || exported.length === 0) return []
  return withEngine(async (analytics) => [
    await plantedReal(analytics, abstracts),
    await sameDayBatch(analytics, exported),
  ])
}

async function plantedReal(analytics: Analytics, abstracts: readonly PatentRecord[]): Promise<Judged> {
  const long = abstracts.filter((record) => compareRecords(record, record).sizes[0] >= rule.leastShingles)
  const copies = long
    .filter((_, at) => at % COPY_EVERY === 0)
    .map((original, at) => ({
      original,
      copy: changedCopy(original, long[(at * 37 + 11) % long.length] ?? original, at),
    }))
  const found = keysOf(await pairsOf(analytics, 1, [...long, ...copies.map(({ copy }) => copy)]))
  const originals = new Map(
    copies.map(({ original, copy }) => [copy.publicationNumber, original.publicationNumber]),
  )
  const origin = (number: string) => originals.get(number) ?? number
  // A copy may be as near to what its original is near to; anything else that it is shown with is wrong.
  const wrong = [...found].filter((key) => {
    const [one = '', other = ''] = key.split(' ')
    if (!originals.has(one) && !originals.has(other)) return false
    const [left, right] = [origin(one), origin(other)]
    return (
      left !== right &&
      !found.has(pairKey(left, right)) &&
      resemblanceOf(left, right, long) < rule.near * 0.75
    )
  })
  return judged(
    'planted-real',
    {
      zh: `真实名称和摘要 ${long.length} 件（同属农业机械与种植小类，互为难负例），每 ${COPY_EVERY} 件埋入一件改写副本：替换、删句、换序，改动 5%–20%`,
      en: `${long.length} real titles and abstracts of neighbouring subclasses (hard negatives of each other), every ${COPY_EVERY}th with a rewritten copy: words replaced, a sentence dropped, order changed, 5–20 % altered`,
    },
    {
      pairs: (long.length * (long.length + 1)) / 2,
      positives: copies.length,
      found: copies.filter(({ original, copy }) =>
        found.has(pairKey(original.publicationNumber, copy.publicationNumber)),
      ).length,
      wrong: wrong.length,
    },
  )
}

function resemblanceOf(one: string, other: string, records: readonly PatentRecord[]): number {
  const [left, right] = [one, other].map((number) =>
    records.find(({ publicationNumber }) => publicationNumber === number),
  )
  return left === undefined || right === undefined ? 0 : compareRecords(left, right).similarity
}

/**
 * What one applicant filed on one day: a pair is true when the titles, bare of what adorns them, are the same. The titles judge and
 * the abstracts and claims are what is mostly compared. All other pairs of the export are negatives, those of one applicant hard ones.
 */
async function sameDayBatch(analytics: Analytics, exported: readonly PatentRecord[]): Promise<Judged> {
  const found = keysOf(await pairsOf(analytics, 3, exported))
  const counts = { pairs: 0, positives: 0, found: 0, wrong: 0 }
  for (const [at, one] of exported.entries())
    for (const other of exported.slice(at + 1)) {
      const isFound = found.has(pairKey(one.publicationNumber, other.publicationNumber))
      const isTrue = ofOneBatch(one, other)
      counts.pairs++
      if (isTrue) counts.positives++
      if (isTrue && isFound) counts.found++
      if (!isTrue && isFound) counts.wrong++
    }
  return judged(
    'same-day-batch',
    {
      zh: `真实导出 ${exported.length} 件：同一申请人同日申请、名称去掉修饰语后相同或仅差少数字的为真，其余各对为负例`,
      en: `A real export of ${exported.length} filings: true where one applicant filed on one day under titles that, bare of adornment, are the same or nearly; all other pairs are negatives`,
    },
    counts,
  )
}

const ADORNMENT = /^(?:一种|改进的|新型|一种改进的|可|多功能)+/u

const applicantsOf = ({ applicants }: PatentRecord) => applicants.map(({ name }) => name).join()

function ofOneBatch(one: PatentRecord, other: PatentRecord): boolean {
  if (one.filedOn !== other.filedOn || applicantsOf(one) !== applicantsOf(other)) return false
  const [left, right] = [one, other].map((record) =>
    pairsIn((record.titles['zh'] ?? '').replace(ADORNMENT, '')),
  )
  const common = [...left!].filter((pair) => right!.has(pair)).length
  return (2 * common) / (left!.size + right!.size) >= 0.7
}

const pairsIn = (text: string) =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)))

interface Words {
  readonly asRuled: Judged['words']
  readonly lifted: Judged['words']
}

const lcqmcWords: Words = {
  asRuled: {
    zh: '中文问句对（LCQMC），按规则：句子太短，不予比对，因此也不会误报',
    en: 'Pairs of Chinese questions (LCQMC) under the rule: too short to be held against each other, so none is shown',
  },
  lifted: {
    zh: '同上，取消最短长度：正例是“意思相同”的改写，本方法只找文字相同，召回低是应有的',
    en: 'The same without the least length: positives mean the same in other words, which shared text cannot tell, so recall is rightly low',
  },
}
const cnsdWords: Words = {
  asRuled: {
    zh: '中文句子相似度（CNSD-STS，5 分为正例，0–2 分为难负例），按规则：太短，不予比对',
    en: 'Sentences with graded likeness (CNSD-STS; 5 is true, 0–2 are hard negatives) under the rule: too short',
  },
  lifted: { zh: '同上，取消最短长度', en: 'The same without the least length' },
}

function sentences(
  path: string,
  set: string,
  words: Words,
  parse: (line: string) => string[],
  truths: readonly string[],
  negatives: readonly string[],
): Judged[] {
  const file = sharedData(path)
  if (file === undefined) return []
  const pairs = readFileSync(file, 'utf8').trim().split(/\r?\n/).map(parse)
  const kept = pairs.flatMap(([one = '', other = '', label = '']) =>
    [...truths, ...negatives].includes(label.trim()) && one !== '' && other !== ''
      ? [{ one: textRecord(one), other: textRecord(other), isTrue: truths.includes(label.trim()) }]
      : [],
  )
  return [
    judged(set, words.asRuled, countPairs(kept, rule)),
    judged(`${set}-any-length`, words.lifted, countPairs(kept, { ...rule, leastShingles: 1 })),
  ]
}

function crossLanguage(): Judged[] {
  const file = sharedData('neardup/patent_pairs_crosslang_dev.csv')
  if (file === undefined) return []
  const rows = [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:"((?:[^"]|"")*)"|([^",\n]*)),(?:"((?:[^"]|"")*)"|([^",\n]*)),([01])\.0\r?$/gm,
    ),
  ]
  const pairs = rows.map(([, quoted, plain, otherQuoted, otherPlain, label]) => ({
    one: textRecord(quoted ?? plain ?? ''),
    other: textRecord(otherQuoted ?? otherPlain ?? ''),
    isTrue: label === '1',
  }))
  const words = {
    zh: '中、英、越三种语言的专利摘要对（含同语言对）：本方法不翻译，跨语言的同一发明找不到，也不误报',
    en: 'Pairs of patent abstracts in Chinese, English and Vietnamese, some of one language: nothing is translated, so one invention in two languages is not found, and none is shown wrongly',
  }
  return [judged('cross-language', words, countPairs(pairs, rule))]
}

interface LabelledPair {
  readonly one: PatentRecord
  readonly other: PatentRecord
  readonly isTrue: boolean
}

function countPairs(pairs: readonly LabelledPair[], by: typeof rule): Counts {
  const shown = pairs.filter(({ one, other }) =>
    ['near', 'alike'].includes(verdictOf(compareRecords(one, other), by)),
  )
  return {
    pairs: pairs.length,
    positives: pairs.filter(({ isTrue }) => isTrue).length,
    found: shown.filter(({ isTrue }) => isTrue).length,
    wrong: shown.filter(({ isTrue }) => !isTrue).length,
  }
}

const textRecord = (text: string): PatentRecord => ({
  ...documentOf(0),
  titles: {},
  claims: null,
  abstracts: { zh: text },
})

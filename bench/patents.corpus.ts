import { dict } from '@node-rs/jieba/dict.js'
import type { PatentRecord } from '../src/patents/record.rules.ts'
import { classes } from './patents.classes.ts'

/**
 * A synthetic corpus for measuring: the document of a number is the same in every run and on every machine. Words are drawn from
 * the segmenter's dictionary by a Zipf law, so that terms are as rare, medium and common as in life; every hundredth document
 * or so is a near copy of an earlier one, planted and known.
 */
/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function draws(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const VOCABULARY = 40_000

/** Words of two to four characters, in an order that has nothing to do with how they are written. */
export const vocabulary: readonly string[] = (() => {
  const words = [
    ...new TextDecoder().decode(dict).matchAll(/^([\u4e00-\u9fff]{2,4}) (\d+) (?:n|v|vn|a|l)$/gm),
  ]
    .map(([, word = '', count = '0']) => ({ word, count: Number(count) }))
    .toSorted((one, other) => other.count - one.count || (one.word < other.word ? -1 : 1))
    .slice(0, VOCABULARY)
    .map(({ word }) => word)
  const draw = draws(7)
  for (let at = words.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1))
    ;[words[at], words[other]] = [words[other] ?? '', words[at] ?? '']
  }
  return words
})()

const cumulative = (() => {
  let sum = 0
  const sums = Float64Array.from(vocabulary, (_, rank) => (sum += 1 / (rank + 12) ** 0.95))
  return sums.map((value) => value / sum)
})()

function word(draw: () => number): string {
  const at = draw()
  let [low, high] = [0, cumulative.length - 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cumulative[middle] ?? 1) < at) low = middle + 1
    else high = middle
  }
  return vocabulary[low] ?? ''
}

const LETTERS = ['5G', 'LED', 'PCB', 'GaN', 'CO2', 'AI', 'MEMS', 'DNA', 'IGBT', 'PID']
const JOINTS = [
  '包括',
  '设置有',
  '连接',
  '所述',
  '位于',
  '用于',
  '其中',
  '通过',
  '根据',
  '与',
  '的',
  '和',
  '以及',
  '第一',
  '第二',
]

/** What a document is about: it says the same few words again and again, as documents do. */
type Topic = readonly string[]

const topicOf = (draw: () => number): Topic =>
  Array.from({ length: 13 }, () =>
    draw() < 0.03 ? (LETTERS[Math.floor(draw() * LETTERS.length)] ?? '') : word(draw),
  )

function sentence(draw: () => number, topic: Topic, words: number): string {
  const parts: string[] = []
  for (let n = 0; n < words; n++) {
    const kind = draw()
    if (kind < 0.3) parts.push(JOINTS[Math.floor(draw() * JOINTS.length)] ?? '')
    else if (kind < 0.92) parts.push(topic[Math.floor(topic.length * draw() ** 1.4)] ?? '')
    else parts.push(word(draw))
    if (n % 9 === 8) parts.push('，')
  }
  return parts.join('')
}

export interface PlantedPair {
  readonly one: string
  readonly other: string
}

const PLANT_EVERY = 68
/** The document that this one is a near copy of. */
export function originalOf(number: number): number | undefined {
  return number % PLANT_EVERY === PLANT_EVERY - 1 && number > 500 ? number - 1 - (number % 487) : undefined
}

interface Content {
  readonly title: string
  readonly abstract: string
  readonly claim: string
}

function contentOf(number: number): Content {
  const original = originalOf(number)
  const draw = draws(number)
  const topic = topicOf(draw)
  if (original === undefined)
    return {
      title: `一种${topic.slice(0, 2 + Math.floor(draw() * 4)).join('')}${['方法', '装置', '系统', '设备'][Math.floor(draw() * 4)] ?? ''}`,
      abstract: `本发明公开了一种${topic[0] ?? ''}${sentence(draw, topic, 34 + Math.floor(draw() * 24))}。`,
      claim: `一种${topic[0] ?? ''}${sentence(draw, topic, 32 + Math.floor(draw() * 24))}，其特征在于，${sentence(draw, topic, 8)}。`,
    }
  // A copy changes between a twentieth and a fifth of its characters, as those do who file one thing many times.
  const { title, abstract, claim } = contentOf(original)
  const share = 0.02 + draw() * 0.06
  const altered = (text: string) =>
    text.replaceAll(/[\u4e00-\u9fff]{3}/g, (part) => (draw() < share ? word(draw) : part))
  return { title: altered(title), abstract: altered(abstract), claim: altered(claim) }
}

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉红建文'
const PLACES = ['云溪', '青梧', '临泽', '北岭', '南浦', '东陵', '沙洲', '望湖', '石门', '白鹿']
const TRADES = ['电子', '新能源', '生物', '材料', '智能', '机械', '网络', '化工', '光电', '环保']
const FORMS = ['科技有限公司', '股份有限公司', '研究院', '大学', '制造有限公司']
const APPLICANTS = 20_000

export function applicantName(rank: number): string {
  const draw = draws(1_000_003 + rank)
  const pick = (items: readonly string[]) => items[Math.floor(draw() * items.length)] ?? ''
  return `${pick(PLACES)}${word(draw)}${pick(TRADES)}${pick(FORMS)}${rank}`
}

/** A few file very much, most a little. */
const applicantOf = (draw: () => number) => applicantName(Math.floor(APPLICANTS * draw() ** 3))
const personOf = (draw: () => number) =>
  `${SURNAMES[Math.floor(draw() * SURNAMES.length)] ?? ''}${GIVEN[Math.floor(draw() * GIVEN.length)] ?? ''}${GIVEN[Math.floor(draw() * GIVEN.length)] ?? ''}`

const day = (from: number, days: number) => new Date(from + days * 86_400_000).toISOString().slice(0, 10)
const FIRST_DAY = Date.UTC(2005, 0, 1)

export function documentOf(number: number): PatentRecord {
  const draw = draws(number + 2_000_000_011)
  const { title, abstract, claim } = contentOf(number)
  const filed = Math.floor(7_600 * Math.sqrt(draw()))
  const right = draw() < 0.55 ? 'invention' : 'utility-model'
  const mainIpc = classes[Math.floor(classes.length * draw() ** 2)] ?? 'H01M10/05'
  const granted = right === 'utility-model' || draw() < 0.5
  const year = 2005 + Math.floor(filed / 365.25)
  const serial = String(number % 10_000_000).padStart(7, '0')
  return {
    publicationNumber: `CN${right === 'invention' ? 1 : 2}${String(number).padStart(8, '0')}${right === 'invention' ? 'A' : 'U'}`,
    keyedBy: 'publication',
    applicationNumber: `CN${year}${right === 'invention' ? 1 : 2}${serial}`,
    numberState: 'unchecked',
    applicationKey: `CN${year}${right === 'invention' ? 1 : 2}${serial}`,
    office: 'CN',
    kind: right === 'invention' ? 'A' : 'U',
    right,
    stage: right === 'invention' ? 'application' : 'grant',
    titles: { zh: title },
    abstracts: { zh: abstract },
    claims: { language: 'zh', complete: false, texts: [claim] },
    filedOn: day(FIRST_DAY, filed),
    publishedOn: day(FIRST_DAY, filed + 200 + Math.floor(draw() * 350)),
    grantedOn: granted ? day(FIRST_DAY, filed + 600) : null,
    priorities: [],
    international: null,
    divisionOf: null,
    applicants: [{ name: applicantOf(draw), country: 'CN', address: null }],
    owners: [],
    inventors: Array.from({ length: 1 + Math.floor(draw() * 4) }, () => personOf(draw)),
    agency:
      draw() < 0.8
        ? {
            name: `${PLACES[Math.floor(draw() * 10)] ?? ''}专利代理事务所${Math.floor(30 * draw() ** 2)}`,
            code: null,
          }
        : null,
    attorneys: [],
    address: null,
    postcode: null,
    mainIpc,
    ipc: draw() < 0.4 ? [mainIpc, classes[Math.floor(classes.length * draw())] ?? mainIpc] : [mainIpc],
    cpc: [],
    locarno: [],
    familyId: null,
    family: [],
    citations: [],
    timesCited: null,
    legalStatus: granted ? (draw() < 0.7 ? 'in-force' : 'lapsed') : 'pending',
    legalStatusOn: null,
    events: [],
    transfers: [],
    annuities: [],
    source: {
      run: 'bench',
      file: 'bench',
      line: number + 1,
      sheet: null,
      format: 'bench',
      observedOn: '2026-11-22',
      seenAt: '2026-11-22T00:00:00.000Z',
    },
  }
}

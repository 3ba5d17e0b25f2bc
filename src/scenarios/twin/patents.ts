import { addDays, addMonths, date } from '#platform/calendar.ts'
import { applicationNumber } from '../../patents/numbers.rules.ts'
import { PROVINCES } from '../../patents/provinces.rules.ts'
import { PatentRecord } from '../../patents/record.rules.ts'
import { inForceOn } from '../../zone/patent.rules.ts'
import type { Random } from '../random.ts'
import type { Agency } from './agencies.ts'
import { patentNumber } from './codes.ts'
import { addParty, dayIn, type Firm } from './firms.ts'
import type { Making } from './generate.ts'

/** What titles are made of, by the section of the IPC; synthetic like the names. */
const THINGS: Readonly<Record<string, readonly string[]>> = {
  A: ['给药组合物', '抗体制剂', '检测试剂盒', '医用支架'],
  B: ['焊接机器人', '飞行器机翼', '车身结构', '复合材料层合板'],
  C: ['电解制氢装置', '陶瓷材料', '轧制工艺', '聚合物制备方法'],
  F: ['燃烧室', '阀门', '换热器', '减速器'],
  G: ['图像识别方法', '数据处理系统', '故障检测方法', '光学显示装置'],
  H: ['微电网调度方法', '电池管理系统', '半导体封装结构', '移动通信方法'],
}
const ASPECTS = ['低损耗', '高可靠', '自适应', '低温', '轻量化', '多通道', '可回收', '分布式']
const ABROAD = [
  ['SAMPLE ELECTRONICS CO., LTD.', 'Sample Electronics Company Limited', 'KR'],
  ['BEISPIEL MOTOREN AG', 'Beispiel Motoren Aktiengesellschaft', 'DE'],
  ['TATOE DENKI KABUSHIKI KAISHA', 'Tatoe Denki K.K.', 'JP'],
  ['EXAMPLE PHARMA INC', 'Example Pharma Incorporated', 'US'],
] as const
const FIRST_YEAR = 2008

export interface University {
  readonly id: string
  readonly name: string
}

interface Holders {
  readonly firms: readonly Firm[]
  readonly agencies: readonly Agency[]
  readonly universities: readonly University[]
}

interface Shared {
  readonly random: Random
  readonly owners: readonly {
    readonly names: readonly string[]
    readonly inventors: readonly string[]
    readonly inZone: boolean
  }[]
  readonly agencies: readonly Agency[]
  readonly classes: readonly string[]
  readonly dealt: readonly string[]
}

/** Two universities of the zone, in the register like any organisation. */
export function makeUniversities(making: Making): University[] {
  const { parameters, codes } = making
  const random = making.random('universities')
  return [
    ['理工大学', 'University of Technology'],
    ['医科大学', 'Medical University'],
  ].map(([kind = '', kindEn = ''], index) => {
    const place = Math.min(index + 5, parameters.placeWords.length - 1)
    const university = { id: random.uuid(), name: `${parameters.placeWords[place] ?? ''}${kind}` }
    addParty(making, {
      ...university,
      kind: 'organisation',
      nameEn: `${parameters.placeWordsEn[place] ?? ''} ${kindEn}`,
      creditCode: codes.creditCode('university'),
      industryCode: 'P8341',
      since: date('2000-09-01'),
    })
    return university
  })
}

/** Published patents of the twin's firms, of two universities and of firms elsewhere: what search and landscapes show. */
export function makePatents(making: Making, { firms, agencies, universities }: Holders): PatentRecord[] {
  const { parameters, zone, rows, names } = making
  const random = making.random('patents')
  const definitions = inForceOn(zone.industryPatents, parameters.until)?.industries ?? []
  const shared: Shared = {
    random,
    owners: ownersOf(random, firms, universities, names),
    agencies,
    classes: definitions.flatMap(({ ipc }) => ipc),
    dealt: random.sample(rows.dealPatent, Math.round(parameters.patents / 9)).map((row) => row.patentNumber),
  }
  if (shared.classes.length === 0) return []
  const records = Array.from({ length: parameters.patents }, (_, index) => patentOf(making, shared, index))
  return records.map((record, index) => copied(record, records, index))
}

/** Where the first of each batch stands, and how far the others are from it: in a zone somebody files one thing many times. */
const BATCHES = [
  {
    first: 40,
    others: [3, 7, 11, 19, 23],
    ofOneApplicant: true,
    thing: '粉碎装置',
    text: '包括机架、进料斗、驱动电机和控制器，进料斗固定在机架的上部，驱动电机通过减速机构与主轴连接，主轴上均匀设置有多组刀片，控制器根据料位传感器的信号调节驱动电机的转速，结构简单，运行稳定，便于清洗和维护。',
  },
  {
    first: 140,
    others: [5, 9],
    ofOneApplicant: false,
    thing: '数据校验方法',
    text: '首先接收各采集节点上传的原始数据，然后按照预先设定的规则剔除超出量程的读数，再用滑动窗口计算相邻时段的均值和方差，当偏差大于阈值时向维护人员发送告警，从而降低人工核对的工作量，提高数据的可信程度。',
  },
] as const
const SYNTHETIC = '以上内容为合成的示例数据，不对应任何真实专利。'
const VARIANTS = ['', '两侧的', '可拆卸的', '防尘的', '静音的', '加宽的'] as const

/** A patent of a batch says what the first says but for a word or two; all others stay as they are. */
function copied(record: PatentRecord, records: readonly PatentRecord[], index: number): PatentRecord {
  for (const { first, others, ofOneApplicant, thing, text } of BATCHES) {
    const place = [0, ...others].indexOf(index - first)
    const original = records[first]
    if (place < 0 || original === undefined) continue
    const variant = VARIANTS[place] ?? ''
    const title = `一种${variant}${thing}`
    const { applicants, agency } = original
    return {
      ...record,
      titles: { zh: title },
      abstracts: { zh: `本发明公开${title}，${text}${SYNTHETIC}` },
      ...(ofOneApplicant && { applicants }),
      agency,
    }
  }
  return record
}

function ownersOf(
  random: Random,
  firms: readonly Firm[],
  universities: readonly University[],
  names: Making['names'],
): Shared['owners'] {
  const people = (count: number) => Array.from({ length: count }, () => names.person())
  const local = random.sample(firms, 140).map(({ name }) => ({
    // Some write their brackets and legal form otherwise from file to file.
    names: random.chance(0.2) ? [name, name.replace('有限公司', '有限责任公司')] : [name],
    inventors: people(5),
    inZone: true,
  }))
  const learned = universities.map(({ name }) => ({
    names: [name, name.replace('大学', '学院')],
    inventors: people(24),
    inZone: true,
  }))
  const elsewhere = Array.from({ length: 60 }, () => ({
    names: [names.firm().zh],
    inventors: people(4),
    inZone: false,
  }))
  return [...learned, ...local, ...elsewhere]
}

function patentOf(making: Making, shared: Shared, index: number): PatentRecord {
  const { random, dealt } = shared
  const { until } = making.parameters
  // Filings grow from year to year, as they did.
  const year =
    FIRST_YEAR + Math.floor(Math.sqrt(random.next()) * (Number(until.slice(0, 4)) - FIRST_YEAR + 0.6))
  const number = dealt[index] ?? patentNumber(year, random.chance(0.72) ? 1 : 2, 3_000_000 + index)
  const { applicationKey, right = 'invention' } = applicationNumber(number)
  const filedYear = Number(number.slice(2, 6))
  const last = addDays(date(until), -200)
  const from = filedYear >= Number(last.slice(0, 4)) ? `${last.slice(0, 4)}-01-02` : `${filedYear}-01-02`
  const filedOn = dayIn(random, from, filedYear >= Number(last.slice(0, 4)) ? last : `${filedYear}-12-28`)
  const grantedOn = grantDay(random, filedOn, right === 'invention', until)
  const publishedOn = grantedOn ?? addMonths(filedOn, 6)
  const kind = right === 'invention' ? (grantedOn === null ? 'A' : 'B') : 'U'
  return PatentRecord.parse({
    publicationNumber: `CN${right === 'invention' ? 1 : 2}${String(90_000_000 + index).slice(-8)}${kind}`,
    applicationNumber: number.replace('ZL', 'CN'),
    applicationKey,
    numberState: 'sound',
    office: 'CN',
    kind,
    right: right === 'invention' ? 'invention' : 'utility-model',
    stage: grantedOn === null ? 'application' : 'grant',
    filedOn,
    publishedOn,
    grantedOn,
    ...statusOf(random, filedOn, grantedOn, until),
    ...contentOf(making, shared),
    ...holdersOf(making, shared),
    source: {
      run: 'scenario',
      file: 'synthetic',
      line: index + 1,
      format: 'scenario',
      observedOn: until,
      seenAt: `${until}T00:00:00Z`,
    },
  })
}

function grantDay(random: Random, filedOn: string, invention: boolean, until: string): string | null {
  const day = addDays(date(filedOn), invention ? random.integer(500, 1100) : random.integer(120, 260))
  if (day > until) return null
  return !invention || random.chance(0.7) ? day : null
}

function statusOf(random: Random, filedOn: string, grantedOn: string | null, until: string) {
  if (grantedOn === null) {
    const over = addMonths(date(filedOn), 40) < until
    if (!over) return { legalStatus: 'pending' as const }
    return { legalStatus: random.chance(0.6) ? ('refused' as const) : ('withdrawn' as const) }
  }
  const lapsed = random.chance(0.18)
  const on = dayIn(random, grantedOn, until)
  return lapsed
    ? { legalStatus: 'lapsed' as const, legalStatusOn: on }
    : { legalStatus: 'in-force' as const, legalStatusOn: grantedOn }
}

function contentOf({ zone }: Making, { random, classes }: Shared) {
  const main = random.pick(classes)
  const symbols = [main, ...(random.chance(0.5) ? [random.pick(classes)] : [])].map((prefix) =>
    fullSymbol(random, prefix),
  )
  const things = THINGS[main.charAt(0)] ?? THINGS['G'] ?? []
  const title = `一种${random.pick(ASPECTS)}${random.pick(things)}`
  return {
    titles: { zh: title },
    abstracts: {
      zh: `本发明公开${title}，属于${zone.shortNames.zh}示例数据，内容为合成，不对应任何真实专利。`,
    },
    mainIpc: symbols[0],
    ipc: [...new Set(symbols)],
    timesCited: random.chance(0.4) ? random.integer(0, 12) : null,
  }
}

/** Completes a prefix of the IPC to a symbol: a class gets a subclass, a subclass a group. */
function fullSymbol(random: Random, prefix: string): string {
  if (prefix.includes('/')) return prefix
  const subclass = prefix.length === 3 ? `${prefix}${random.pick(['B', 'C', 'D', 'G'])}` : prefix
  return subclass.length === 4
    ? `${subclass}${random.integer(1, 9)}/${String(random.integer(0, 30)).padStart(2, '0')}`
    : `${subclass}/00`
}

function holdersOf({ zone }: Making, { random, owners, agencies }: Shared) {
  if (random.chance(0.09)) {
    const [one, other, country] = random.pick(ABROAD)
    return {
      applicants: [{ name: random.chance(0.7) ? one : other, country }],
      inventors: [`${country} INVENTOR ${random.integer(1, 9)}`],
      agency: { name: random.pick(agencies).name, code: null },
    }
  }
  const owner = owners[Math.floor(owners.length * random.next() ** 1.6)] ?? owners[0]
  const place =
    owner?.inZone === true
      ? `${zone.region.province.names.zh}省${zone.region.city.names.zh}${zone.region.names.zh}`
      : `${random.pick(Object.keys(PROVINCES))}省`
  return {
    applicants: [{ name: random.pick(owner?.names ?? ['']), country: 'CN' }],
    inventors: random.sample(owner?.inventors ?? [], random.integer(2, 4)),
    address: random.chance(0.93) ? `${place}示例路 ${random.integer(1, 200)} 号` : null,
    agency: random.chance(0.8) ? { name: random.pick(agencies).name, code: null } : null,
  }
}

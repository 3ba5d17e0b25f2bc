import { addDays } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { beginStationPost, type CreatedDemoAccount } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { prepareDocument } from '../matters/documents.ts'
import { fileMatter, findRoute } from '../matters/filing.ts'
import { offerHandOver } from '../matters/handing-over.ts'
import type { MatterRow } from '../matters/matter.store.ts'
import { generalEnquiry } from '../matters/procedures.ts'
import { insertRating } from '../matters/rating.store.ts'
import type { Standing } from '../matters/standing.ts'
import { applyStep, type StepInput } from '../matters/step.ts'
import { daysBefore } from './days-before.ts'

type Course = 'new' | 'accepted' | 'correcting' | 'offered' | 'withdrawn' | 'answered'

interface Enquiry {
  readonly daysAgo: number
  /** Which of the zone's windows: 0 is the centre. */
  readonly window: 0 | 1 | 2
  readonly topic: string
  readonly subject: string
  readonly question: string
  readonly course: Course
  /** Days from filing to the last step of the course. */
  readonly after?: number
  readonly grade?: number
}

const ENQUIRIES: readonly Enquiry[] = [
  {
    daysAgo: 1,
    window: 0,
    topic: 'commercialisation',
    subject: '三件发明专利质押要准备什么',
    question: '想用三件发明专利向银行质押，评估由谁来做，需要准备哪些材料？',
    course: 'new',
  },
  {
    daysAgo: 2,
    window: 0,
    topic: 'filing',
    subject: '外观设计的局部保护怎么申请',
    question: '产品只有把手部分是新的，可以只保护这一部分吗？图要怎么画？',
    course: 'new',
  },
  {
    daysAgo: 9,
    window: 0,
    topic: 'policy',
    subject: '今年的质押贴息还能申请吗',
    question: '上半年办了质押，贴息的申报时间和比例在哪里查？',
    course: 'new',
  },
  {
    daysAgo: 4,
    window: 0,
    topic: 'overseas',
    subject: '去德国参展前怎样查侵权风险',
    question: '下个月去参展，展品是两款控制器，怎样事先查清有没有侵权风险？',
    course: 'accepted',
    after: 1,
  },
  {
    daysAgo: 6,
    window: 0,
    topic: 'protection',
    subject: '网店仿冒包装如何取证',
    question: '发现三家网店仿冒我们的包装，取证到什么程度才能投诉？',
    course: 'correcting',
    after: 2,
  },
  {
    daysAgo: 3,
    window: 1,
    topic: 'commercialisation',
    subject: '开放许可的使用费怎么定',
    question: '准备把两件专利做开放许可，使用费标准有没有可以参考的？',
    course: 'offered',
    after: 1,
  },
  {
    daysAgo: 2,
    window: 1,
    topic: 'filing',
    subject: '软件著作权和专利先办哪个',
    question: '一套检测软件，算法也想申请专利，先后顺序有没有讲究？',
    course: 'new',
  },
  {
    daysAgo: 5,
    window: 2,
    topic: 'filing',
    subject: '植物新品种在这里能咨询吗',
    question: '育成一个观赏植物新品种，想了解申请的条件和流程。',
    course: 'accepted',
    after: 2,
  },
  {
    daysAgo: 12,
    window: 0,
    topic: 'filing',
    subject: '商标驳回复审的时间和费用',
    question: '商标因近似被驳回，复审要多久，费用多少，胜算怎么估计？',
    course: 'answered',
    after: 4,
    grade: 5,
  },
  {
    daysAgo: 20,
    window: 0,
    topic: 'policy',
    subject: '高新企业认定对专利的要求',
    question: '申请高新技术企业认定，专利数量和类别有什么要求？',
    course: 'answered',
    after: 18,
    grade: 3,
  },
  {
    daysAgo: 16,
    window: 0,
    topic: 'overseas',
    subject: '马德里商标的指定国家能追加吗',
    question: '已经有国际注册，现在想追加两个国家，怎么办理？',
    course: 'answered',
    after: 3,
    grade: 4,
  },
  {
    daysAgo: 14,
    window: 1,
    topic: 'protection',
    subject: '员工离职带走图纸怎么办',
    question: '前员工带走了设计图纸并在新公司使用，我们应当先做什么？',
    course: 'answered',
    after: 5,
  },
  {
    daysAgo: 8,
    window: 0,
    topic: 'other',
    subject: '咨询培训班的报名',
    question: '想让两位同事参加专利检索的培训班，在哪里报名？',
    course: 'withdrawn',
    after: 1,
  },
]

interface Staff {
  readonly atCentre: CreatedDemoAccount
  readonly atBases: CreatedDemoAccount
  readonly citizen: CreatedDemoAccount
}

/**
 * Demo staff at the windows, and enquiries at every point of their course, so that queues, clocks and stations
 * show something. Answers how many.
 */
export async function plantMatters(
  tx: Tx,
  context: Context,
  accounts: readonly CreatedDemoAccount[],
): Promise<number> {
  const [atCentre, atBases, citizen] = (['officer', 'operator', 'citizen'] as const).map((wanted) =>
    accounts.find(({ role }) => role === wanted),
  )
  const windows = context.zone.stations.filter(({ kind, carrier }) => kind === 'window' && carrier !== null)
  const centre = windows.find(({ carrier }) => isCentre(context, carrier)) ?? windows[0]
  if (!atCentre || !atBases || !citizen || !centre) return 0
  const bases = windows.filter(({ id }) => id !== centre.id)
  const firstDay = addDays(context.today, -60)
  const posts = [
    { accountId: atCentre.accountId, stationId: centre.id },
    ...bases.map(({ id }) => ({ accountId: atBases.accountId, stationId: id })),
  ]
  for (const post of posts) {
    await beginStationPost(tx, { ...post, validFrom: firstDay })
    await recordAudit(tx, context, {
      action: 'account.posted',
      subject: { kind: 'account', id: post.accountId },
      detail: { station: post.stationId },
    })
  }
  const stations = [centre.id, ...bases.map(({ id }) => id)]
  const planted = ENQUIRIES.flatMap((enquiry) => {
    const station = stations[enquiry.window]
    return station === undefined ? [] : [{ enquiry, station }]
  })
  for (const { enquiry, station } of planted) {
    await plant(tx, context, enquiry, { station, centre: centre.id }, { atCentre, atBases, citizen })
  }
  return planted.length
}

function isCentre({ zone }: Context, carrier: string | null): boolean {
  return zone.carriers.some(({ id, kind }) => id === carrier && kind === 'centre')
}

async function plant(
  tx: Tx,
  context: Context,
  enquiry: Enquiry,
  { station, centre }: { station: string; centre: string },
  { atCentre, atBases, citizen }: Staff,
): Promise<void> {
  const { daysAgo, topic, subject, question, course, after = 1, grade } = enquiry
  const then = daysBefore(tx, context, daysAgo)
  const { matter } = await fileMatter(tx, then, {
    procedure: generalEnquiry,
    answers: { topic, subject, question, contactName: '王小明', contactPhone: '13800000000' },
    applicant: {
      kind: 'person',
      accountId: citizen.accountId,
      organisationId: null,
      name: citizen.name,
    },
    route: await findRoute(then, generalEnquiry, { station }),
    draftId: null,
    cause: null,
    explanations: {},
    hasMaterials: false,
  })
  const officer = station === centre ? atCentre : atBases
  const office = standing(officer, 'office', station)
  const later = daysBefore(tx, context, Math.max(0, daysAgo - after))
  const take = (who: Standing, input: StepInput) =>
    applyStep(tx, later, generalEnquiry, matter.id, who, input)
  if (course === 'new') return
  if (course === 'withdrawn') {
    await take(standing(citizen, 'applicant'), { step: 'withdraw' })
    return
  }
  const accepted = await take(office, { step: 'accept' })
  if (course === 'correcting') {
    await take(office, {
      step: 'askCorrection',
      note: '还差两样，补齐后继续。',
      items: [
        { kind: 'material', code: 'paper', wanted: '网店页面的截图，要看得见网址和日期' },
        { kind: 'other', code: null, wanted: '说明您的包装从何时起使用' },
      ],
    })
  }
  if (course === 'offered') {
    await offerHandOver(tx, later, generalEnquiry, accepted, office, {
      to: { kind: 'station', code: centre },
      reason: '开放许可由中心窗口集中办理，材料一并移交。',
    })
  }
  if (course === 'answered') {
    const closed = await answer(tx, later, accepted, office)
    if (grade !== undefined) await rate(tx, later, closed, citizen.accountId, grade)
  }
}

async function answer(tx: Tx, context: Context, matter: MatterRow, office: Standing): Promise<MatterRow> {
  const answers = {
    answer: '您好，所问事项的条件、流程和所需材料见附件说明；如需当面讲解，请到窗口或来电预约。',
  }
  const document = await prepareDocument(context, generalEnquiry, matter, 'answer', answers)
  return applyStep(tx, context, generalEnquiry, matter.id, office, { step: 'answer', answers }, document)
}

async function rate(tx: Tx, context: Context, matter: MatterRow, ratedBy: string, grade: number) {
  await insertRating(tx, {
    matterId: matter.id,
    stationCode: matter.stationCode,
    grade,
    words: null,
    ratedBy,
    ratedAt: context.now,
    ratedOn: context.today,
  })
  await recordAudit(tx, context, {
    action: 'matter.rated',
    subject: { kind: 'matter', id: matter.id },
    detail: { number: matter.number, grade },
  })
}

function standing(account: CreatedDemoAccount, side: 'applicant' | 'office', station?: string): Standing {
  return {
    side,
    isHandler: side === 'office',
    accountId: account.accountId,
    name: account.name,
    roles: [account.role],
    stations: station === undefined ? [] : [station],
  }
}

/** The fields that a column may hold, and the words by which exporters call them. */

/** What the values of a field look like, where that can be told from the values alone. */
export type ContentKind =
  | 'publication'
  | 'application'
  | 'day'
  | 'class'
  | 'organisations'
  | 'titles'
  | 'prose'

interface Field {
  readonly zh: string
  readonly en: string
  /** Headings, compared without case, width, spaces and punctuation. */
  /** Parted by spaces. */
  readonly words: string
  readonly holds?: readonly ContentKind[]
}

const day = { holds: ['day'] } as const

/**
 * Headings of CNIPR, PatSnap, incoPat, CNIPA's search and gazette, Lens, PATENTSCOPE and Espacenet, and what people write
 * themselves. The first field that knows a heading has it.
 */
export const FIELDS = {
  publicationNumber: {
    zh: '公开（公告）号',
    en: 'Publication number',
    holds: ['publication'],
    words: `公开公告号 公开号 公告号 授权公告号 文献号 publicationnumber publicationnumbers
      publicationno pubno pubnumber pn documentnumber docno authorizationnoticeid
      patentpublicationnumber publication`,
  },
  applicationNumber: {
    zh: '申请号',
    en: 'Application number',
    holds: ['application'],
    words: `申请号 申请编号 专利申请号 applicationnumber applicationno applno appno appnumber an
      filingid filingnumber applicationid serialnumber`,
  },
  patentNumber: {
    zh: '专利号',
    en: 'Patent number',
    holds: ['application', 'publication'],
    words: '专利号 专利编号 专利号码 zl号 patentnumber patentno patent',
  },
  title: {
    zh: '名称',
    en: 'Title',
    holds: ['titles', 'prose'],
    words: `名称 标题 发明名称 专利名称 专利标题 题名 发明创造名称 标题中文 名称中文 title
      inventiontitle patenttitle name ti`,
  },
  titleEn: {
    zh: '英文名称',
    en: 'Title in English',
    words: '标题译 标题英文 英文标题 英文名称 标题译英文 titleenglish englishtitle titletranslated',
  },
  abstract: {
    zh: '摘要',
    en: 'Abstract',
    holds: ['prose', 'titles'],
    words: '摘要 文摘 摘要中文 简要说明 专利摘要 abstract summary ab',
  },
  abstractEn: {
    zh: '英文摘要',
    en: 'Abstract in English',
    words: '摘要译 摘要英文 英文摘要 摘要译英文 abstractenglish englishabstract abstracttranslated',
  },
  firstClaim: {
    zh: '主权项',
    en: 'First claim',
    holds: ['prose', 'titles'],
    words: `主权项 主权利要求 首项权利要求 首权 独立权利要求 第一权利要求 firstclaim
      independentclaims mainclaim`,
  },
  claims: {
    zh: '权利要求',
    en: 'Claims',
    holds: ['prose', 'titles'],
    words: '权利要求 权利要求书 全部权利要求 claims claim',
  },
  filedOn: {
    zh: '申请日',
    en: 'Filed on',
    ...day,
    words: `申请日 申请日期 申请时间 applicationdate filingdate fileddate filedon datefiled ad
      appdate`,
  },
  publishedOn: {
    zh: '公开（公告）日',
    en: 'Published on',
    ...day,
    words: `公开公告日 公开日 公告日 公开日期 公告日期 公开公告日期 publicationdate pubdate
      publishedon datepublished pd authorizedannouncementdate`,
  },
  grantedOn: {
    zh: '授权日',
    en: 'Granted on',
    ...day,
    words: `授权日 授权公告日 颁证日 授权日期 授权公告日期 首次授权日 grantdate grantedon issuedate
      dategranted`,
  },
  applicants: {
    zh: '申请（专利权）人',
    en: 'Applicants',
    holds: ['organisations'],
    words: `申请专利权人 申请人 专利权人 原始申请专利权人 标原始申请专利权人 申请人专利权人
      第一申请人 申请公告人 原始申请人 applicants applicant applicantname patentee assignee
      assignees originalassignee originalassigneeapplicant assigneeoriginal originalapplicant
      pa`,
  },
  owners: {
    zh: '当前专利权人',
    en: 'Current owners',
    holds: ['organisations'],
    words: `当前申请专利权人 标当前申请专利权人 当前专利权人 当前权利人 权利人 现专利权人
      最新专利权人 currentassignee currentowner currentassigneeapplicant owner owners
      assigneecurrent ultimateowner`,
  },
  inventors: {
    zh: '发明（设计）人',
    en: 'Inventors',
    words: `发明设计人 发明人 设计人 发明人设计人 第一发明人 inventors inventor inventorname
      designer designers in`,
  },
  agency: {
    zh: '代理机构',
    en: 'Agency',
    words: `专利代理机构 代理机构 代理公司 代理事务所 agency agent agents attorneyfirm patentagency
      representative agencyname`,
  },
  attorneys: {
    zh: '代理人',
    en: 'Attorneys',
    words: '代理人 代理师 专利代理师 专利代理人 attorney attorneys agentname patentattorney',
  },
  address: {
    zh: '地址',
    en: 'Address',
    words: `地址 申请人地址 申请专利权人地址 专利权人地址 联系地址 原始申请专利权人地址
      当前申请专利权人地址 address applicantaddress assigneeaddress originalassigneeaddress`,
  },
  country: {
    zh: '国别',
    en: 'Country',
    words: `国别 国省代码 申请人国别 申请人国别代码 申请人国家 国家 country applicantcountry
      assigneecountry countrycode`,
  },
  office: {
    zh: '受理局',
    en: 'Office',
    words: `受理局 公开国别 公开国家 专利局 国家地区组织代码 jurisdiction authority office
      publicationcountry issuingauthority`,
  },
  kind: {
    zh: '文献种类',
    en: 'Kind code',
    words: '文献种类 文献类型 公开类型代码 文献代码 kind kindcode documentkind publicationkind',
  },
  right: {
    zh: '专利类型',
    en: 'Kind of right',
    words: `专利类型 专利种类 类型 专利类别 专利类别名称 公开类型 patenttype documenttype type
      righttype kindofright`,
  },
  mainIpc: {
    zh: '主分类号',
    en: 'Main IPC',
    holds: ['class'],
    words: `主分类号 ipc主分类号 ipc主分类 主分类 主ipc 洛迦诺主分类号 mainipc primaryipc ipcmain
      firstipc`,
  },
  ipc: {
    zh: '分类号',
    en: 'IPC',
    holds: ['class'],
    words: `分类号 ipc ipc分类号 ipc分类 国际分类号 国际专利分类号 ipcr intcl ipcclassification
      ipcrclassifications ipcclassifications internationalclassification ipcs ic
      truesubclassesall ipcr分类`,
  },
  cpc: {
    zh: 'CPC 分类号',
    en: 'CPC',
    holds: ['class'],
    words: 'cpc cpc分类号 cpc分类 cpcclassification cpcclassifications',
  },
  locarno: {
    zh: '洛迦诺分类号',
    en: 'Locarno class',
    holds: ['class'],
    words: `洛迦诺分类号 洛迦诺分类 外观设计分类号 外观设计洛迦诺分类号 loc loc分类号 locarno
      locarnoclass locarnoclassification`,
  },
  legalStatus: {
    zh: '法律状态',
    en: 'Legal status',
    words: `法律状态 当前法律状态 专利有效性 简单法律状态 法律状态事件 专利状态 案件状态 有效性 状态
      权利状态 最新法律状态 legalstatus status simplelegalstatus legalstatusevent patentstatus
      currentlegalstatus`,
  },
  legalStatusOn: {
    zh: '法律状态日',
    en: 'Legal status on',
    ...day,
    words: `法律状态公告日 法律状态日期 法律状态更新时间 法律状态日 最新法律状态日期 legalstatusdate
      statusdate legalstatusupdated legalstatusupdatetime`,
  },
  priorities: {
    zh: '优先权',
    en: 'Priorities',
    words: `优先权 优先权号 优先权信息 优先权数据 priority priorities prioritynumbers prioritynumber
      prioritydata priorityclaims`,
  },
  priorityOn: {
    zh: '优先权日',
    en: 'Priority on',
    ...day,
    words: '优先权日 最早优先权日 prioritydate earliestprioritydate',
  },
  divisionOf: {
    zh: '分案原申请号',
    en: 'Division of',
    words: '分案原申请号 母案申请号 parentapplication divisionof',
  },
  pctApplication: {
    zh: '国际申请',
    en: 'International application',
    words: '国际申请 国际申请号 pct申请号 pctapplicationnumber internationalapplication',
  },
  pctPublication: {
    zh: '国际公布',
    en: 'International publication',
    words: '国际公布 国际公布号 pct公布号 pct公开号 pctpublicationnumber internationalpublication',
  },
  nationalPhaseOn: {
    zh: '进入国家阶段日',
    en: 'National phase on',
    ...day,
    words: '进入国家日期 进入国家阶段日 pct进入国家阶段日 nationalphasedate nationalentrydate',
  },
  familyId: {
    zh: '同族号',
    en: 'Family id',
    words: '同族号 inpadoc同族号 简单同族号 familyid simplefamilyid docdbfamilyid',
  },
  family: {
    zh: '同族',
    en: 'Family members',
    words: `同族 简单同族 同族专利 inpadoc同族 简单同族成员 patsnap同族 扩展同族 familymembers
      simplefamily simplefamilymembers family inpadocfamily`,
  },
  citations: {
    zh: '引用文献',
    en: 'Citations',
    words: `参考文献 引用专利 引证专利 引用文献 对比文件 citedpatents citations references
      citedreferences backwardcitations`,
  },
  timesCited: {
    zh: '被引用次数',
    en: 'Times cited',
    words: `被引用次数 被引次数 被引证次数 被引用专利数量 citedcount timescited citedbycount
      citingpatentscount forwardcitationcount citedbypatentcount`,
  },
  eventCode: {
    zh: '法律事件代码',
    en: 'Event code',
    words: '法律状态代码 事件代码 法律事件代码 eventcode legaleventcode',
  },
  eventOn: {
    zh: '法律事件日',
    en: 'Event on',
    ...day,
    words: '事件日期 公告日法律状态 法律事件日 法律事件日期 eventdate legaleventdate gazettedate',
  },
  eventText: {
    zh: '法律事件',
    en: 'Event',
    words: `法律状态信息 法律事件 事件 事件描述 法律状态说明 event legalevent eventdescription
      legaleventdescription`,
  },
  transferOn: {
    zh: '转让日',
    en: 'Transferred on',
    ...day,
    words: `转让日 转让日期 变更生效日 转移日期 生效日 登记生效日 transferdate executiondate
      assignmentdate transferredon`,
  },
  transferFrom: {
    zh: '转让人',
    en: 'Transferred from',
    words: '转让人 让与人 变更前权利人 变更前 变更前专利权人 assignor assignors transferor from',
  },
  transferTo: {
    zh: '受让人',
    en: 'Transferred to',
    words: '受让人 变更后权利人 变更后 变更后专利权人 assigneeto transferee to newowner',
  },
  annuityYear: {
    zh: '年费年度',
    en: 'Annuity year',
    words: '年费年度 缴费年度 年度 年费年次 annuityyear feeyear renewalyear yearofpayment',
  },
  annuityDueOn: {
    zh: '应缴日',
    en: 'Fee due on',
    ...day,
    words: '应缴日 应缴日期 缴费截止日 缴费期限 年费截止日 duedate feeduedate annuityduedate dueon',
  },
  annuityPaidOn: {
    zh: '缴费日',
    en: 'Fee paid on',
    ...day,
    words: '缴费日 缴费日期 缴纳日期 已缴日期 paiddate paymentdate paidon',
  },
  annuityAmount: {
    zh: '年费金额',
    en: 'Fee',
    words: '年费金额 年费 缴费金额 金额 金额元 应缴金额 amount fee annuity annuityfee',
  },
  annuityState: {
    zh: '年费状态',
    en: 'State of the fee',
    words: '年费状态 缴费状态 缴纳状态 annuitystatus feestatus paymentstatus',
  },
} as const satisfies Readonly<Record<string, Field>>

export type FieldName = keyof typeof FIELDS
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[]
export const fieldOf = (name: FieldName): Field => FIELDS[name]

/** Headings as they are compared. */
export function plainHeading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\[(?:中|英)文?\]/g, '')
    .replace(/[\p{P}\p{S}\s]+/gu, '')
}

const KNOWN = new Map<string, FieldName>(
  FIELD_NAMES.toReversed().flatMap((name) => [
    ...fieldOf(name)
      .words.split(/\s+/)
      .map((word) => [word, name] as const),
    [plainHeading(fieldOf(name).zh), name] as const,
    [plainHeading(fieldOf(name).en), name] as const,
    [plainHeading(name), name] as const,
  ]),
)

/** The field that a heading names, by its words alone. */
export const fieldOfHeading = (heading: string): FieldName | undefined => KNOWN.get(plainHeading(heading))

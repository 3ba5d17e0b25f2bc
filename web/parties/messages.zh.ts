interface CodeProblem {
  readonly field: string
  readonly reason: string
  readonly expectedCheck: string | null
  readonly mayOverride: boolean
}

const REASONS: Readonly<Record<string, string>> = {
  empty: '没有填写',
  'excel-number': '已被电子表格改成科学计数法，请回到来源取文本',
  length: '位数不对',
  characters: '含有该编码不使用的字符',
  form: '格式不对',
  kind: '类别位不存在',
  region: '地区代码不存在',
  date: '其中的日期不存在',
  country: '国家或地区代码不存在',
}

function codeProblem({ reason, expectedCheck, mayOverride }: CodeProblem) {
  const what =
    reason === 'check'
      ? `校验位不符${expectedCheck === null ? '' : `，应为 ${expectedCheck}`}`
      : (REASONS[reason] ?? reason)
  return {
    title: '编码不能登记',
    what: `${what}。`,
    kept: '没有写入任何内容，您填写的还在。',
    next: mayOverride ? '请核对原件；确认无误的，由经办人员填写采信理由后登记。' : '请改正后再提交。',
  }
}

const OBSTACLES = {
  SAME_PARTY: '两侧是同一条记录',
  DIFFERENT_KINDS: '一侧是单位，一侧是个人',
  DIFFERENT_CODES: '统一社会信用代码不同，是两个法人',
  CODE_MUST_SURVIVE: '有信用代码的记录应当保留',
  ALREADY_MERGED: '其中一条已经并入别的记录',
} as const

export const zh = {
  title: '单位登记',
  lede: '试验区往来单位：名称、代码、资质，任何一天的样子都可以查。',
  home: '首页',
  caption: '单位',
  search: '名称、曾用名或完整代码',
  standing: '资质',
  none: '没有符合条件的单位',
  noneHint: '换一个词，或去掉资质条件。',
  creditCode: '统一社会信用代码',
  noCode: '无信用代码',
  overridden: '校验位不符，经核实采信',
  country: '国家或地区',
  region: '行政区划',
  industry: '行业代码',
  address: '地址',
  nameEn: '英文名称',
  name: '名称',
  source: '来源',
  facts: '登记事项',
  aliases: '其他名称',
  aliasKinds: { former: '曾用名', short: '简称', trade: '字号', translation: '译名' },
  identifiers: '其他代码',
  schemes: {
    'cn-credit-code': '统一社会信用代码',
    'cn-organisation-code': '组织机构代码',
    'cn-resident-id': '居民身份号码',
    'cn-patent-agency-code': '专利代理机构代码',
    'cn-stock-code': '证券代码',
    lei: '法人识别编码（LEI）',
    'foreign-registration': '境外注册号',
  },
  standings: '资质与期限',
  noStandings: '没有登记资质。',
  inForce: '有效',
  notInForce: '不在期内',
  term: (from: string, to: string | null) =>
    to === null ? `自 ${from} 起` : `${from} 至 ${to}（当日起不再有效）`,
  certificate: (number: string) => `证书 ${number}`,
  history: '历次变更',
  state: (from: string, to: string | null) => (to === null ? `自 ${from} 起` : `${from} 至 ${to}`),
  today: '回到今天',
  past: (day: string) => `这是 ${day} 的登记情况，不是今天的。`,
  merged: '您查的记录已并入本单位，两条记录的代码、名称和资质合并显示。',
  edit: '办理变更',
  proofs: '本页内容来自登记库，每次写入都在账本中留痕。',

  desk: {
    title: '变更登记',
    change: '变更名称与事项',
    changeHint: '变更前的内容保留，可按日查看。',
    from: '自何日起',
    source: '依据（文件、公告或来源）',
    save: '登记变更',
    saved: '已登记',
    standingTitle: '登记资质',
    standingFrom: '有效期自',
    standingTo: '有效期至（当日起不再有效）',
    certificate: '证书编号',
    addStanding: '登记资质',
    view: '公开页面',
    required: { source: '请写明依据', name: '请填写名称', standing: '请选择资质', from: '请填写日期' },
  },

  enter: {
    title: '登记单位',
    lede: '同一代码只登记一次；境外单位填国家和注册号。',
    foreign: '境外注册号',
    foreignHint: '与国家或地区代码一起识别，例如 KR、DE',
    override: '采信理由',
    overrideHint: '只在校验位不符、但已核对原件时填写；记入账本。',
    submit: '登记',
  },

  duplicates: {
    title: '单位查重',
    lede: '名称相同（不计全半角、括号和空格）的记录并排比对。名称相同不等于同一单位，由您判断；合并可以撤销。',
    pairs: (count: number) => `待比对 ${count} 对`,
    none: '没有待比对的记录',
    noneHint: '新导入的名录里出现同名单位时，会列在这里。',
    shared: (name: string) => `同名：${name}`,
    field: '项目',
    first: '记录一',
    second: '记录二',
    same: '一致',
    different: '不同',
    empty: '—',
    recordedAt: '录入时间',
    keepFirst: '保留记录一，并入记录二',
    keepSecond: '保留记录二，并入记录一',
    apart: '不是同一单位',
    reasonHint: '凭什么判断，例如同一执照、同一地址和负责人',
    confirmMerge: (absorbed: string, survivor: string) => `把“${absorbed}”并入“${survivor}”`,
    confirmApart: '确认是两个单位',
    mergeEffect: '两条记录都保留原样，统计时按保留的一条计一次。随时可以撤销，撤销后两侧与合并前完全一致。',
    apartEffect: '以后不再提示这一对。',
    done: '已合并',
    doneApart: '已记为两个单位',
    merges: '已办合并',
    noMerges: '还没有合并过记录。',
    merged: (absorbed: string, survivor: string) => `“${absorbed}”并入“${survivor}”`,
    undo: '撤销合并',
    undoTitle: (absorbed: string) => `撤销“${absorbed}”的合并`,
    undoEffect: '两条记录恢复为合并前的样子，指向它们的业务记录不受影响。',
    undone: (reason: string) => `已撤销：${reason}`,
    obstacles: OBSTACLES,
    obstacle: (action: string, why: string) => `不能“${action}”：${why}`,
    readOnly: '合并由经办人员办理，您可以查看。',
  },

  errors: {
    UNKNOWN_PARTY: {
      title: '没有这个单位',
      what: '登记库里没有这个编号的单位。',
      next: '请从单位列表进入。',
    },
    NOT_YET_RECORDED: ({ since }: { since: string }) => ({
      title: '那一天还没有登记',
      what: `这个单位自 ${since} 起才有登记。`,
      next: '请选择更晚的一天。',
    }),
    DAY_AHEAD: '只能查今天和以前。',
    PEOPLE_NOT_PUBLIC: '个人不在公开登记之列。',
    CODE_NOT_VALID: codeProblem,
    CODE_TAKEN: ({ name }: { name: string }) => ({
      title: '这个代码已有登记',
      what: `该代码属于“${name}”。`,
      kept: '没有写入任何内容。',
      next: '请打开那条记录办理变更。',
    }),
    CODE_CANNOT_CHANGE: '已登记的信用代码不能更改；换了代码就是另一个单位。',
    OVERRIDE_NEEDS_OFFICER: '校验位不符的代码只能由经办人员采信。',
    CHANGED: {
      what: '您打开之后，别人改过这条记录。',
      kept: '没有写入任何内容。',
      next: '请重新打开，看过最新内容再改。',
    },
    MERGED: '这条记录已并入别的单位，请在保留的记录上办理。',
    OUT_OF_ORDER: ({ from, to }: { from: string; to: string }) =>
      `日期应在 ${from} 至 ${to} 之间，且止日晚于起日。`,
    CANNOT_MERGE: ({ obstacle }: { obstacle: keyof typeof OBSTACLES }) =>
      `不能合并：${OBSTACLES[obstacle]}。`,
    UNKNOWN_MERGE: '没有这次合并。',
    ALREADY_UNDONE: '这次合并已经撤销过。',
  },
}

import {
  applicant,
  type Basis,
  choiceField,
  dayField,
  type Finding,
  form,
  longTextField,
  moneyField,
  only,
  personNameField,
  procedure,
  section,
  system,
  telephoneField,
  textField,
} from '../matters/define.ts'
import { findAgenciesOffering } from './agency.store.ts'
import {
  announce,
  askRework,
  cancelOrder,
  endLapsed,
  endWithdrawn,
  fileService,
  offerOf,
} from './order.effects.ts'
import { SPECIAL_SERVICES } from './order.rules.ts'

const sampleTerm: Basis = {
  document: { zh: '特色服务订单规则', en: 'Rules of special service orders' },
  sample: true,
}

const whyForm = (zh: string, en: string) =>
  form(
    section(
      'why',
      { zh: '理由', en: 'Why' },
      { why: longTextField({ label: { zh, en }, minLength: 4, maxLength: 1000 }) },
    ),
  )

const request = form(
  section(
    'service',
    { zh: '需要的服务', en: 'What you need' },
    {
      service: choiceField({
        label: { zh: '特色服务', en: 'Special service' },
        options: {
          strategy: SPECIAL_SERVICES.strategy,
          'data-processing': SPECIAL_SERVICES['data-processing'],
          trusteeship: SPECIAL_SERVICES.trusteeship,
          'early-warning': SPECIAL_SERVICES['early-warning'],
        },
        offeredBy: 'special-services',
      }),
      title: textField({ label: { zh: '一句话说明', en: 'In one line' }, minLength: 4, maxLength: 80 }),
      purpose: longTextField({
        label: { zh: '目的和具体要求', en: 'Purpose and what is wanted' },
        hint: {
          zh: '提供这类服务的机构都会看到，请勿填写商业秘密。',
          en: 'Every agency that offers this service reads it: leave trade secrets out.',
        },
        minLength: 10,
        maxLength: 4000,
      }),
    },
  ),
  section(
    'terms',
    { zh: '预算和时间', en: 'Budget and time' },
    {
      budgetFrom: moneyField({ label: { zh: '预算下限', en: 'Budget from' }, required: false, min: 1 }),
      budgetTo: moneyField({ label: { zh: '预算上限', en: 'Budget up to' }, required: false, min: 1 }),
      neededBy: dayField({ label: { zh: '希望完成日期', en: 'Wanted by' }, notBefore: 'today' }),
    },
  ),
  section(
    'contact',
    {
      zh: '联系方式（选定机构后才告知该机构）',
      en: 'Contact (told to the agency you choose, and to no other)',
    },
    {
      contactName: personNameField({ label: { zh: '联系人', en: 'Name' } }),
      contactPhone: telephoneField({ label: { zh: '电话', en: 'Telephone' } }),
    },
  ),
)

/** Request, quotes, delivery, filing and rating of one of the special services (S74, S27, S79). */
export const specialServiceOrder = procedure({
  code: 'special-service-order',
  version: 1,
  inForce: { from: '2024-03-15', to: null },
  names: { zh: '特色服务订单', en: 'Special service order' },
  summary: {
    zh: '提出战略策划、大数据加工、托管运营或预警分析的需求，由试验区内提供该类服务的机构报价，选定后交付、验收、归档并评价。',
    en: 'Ask for strategy, data processing, trusteeship or early-warning analysis; agencies of the zone quote, and what you choose is delivered, accepted, filed and rated.',
  },
  clauses: ['S74', 'S27', 'S79'],
  basis: [
    {
      document: { zh: '知识产权服务业集聚发展试验区建设方案', en: 'The plan of the pilot zone' },
      sample: false,
    },
  ],
  startedBy: only('enterprise', 'university', 'foreign-client'),
  onBehalfOf: 'organisation',
  stations: ['operations-centre', 'window'],
  form: request,
  states: {
    open: { names: { zh: '等待报价', en: 'Waiting for quotes' }, kind: 'waiting' },
    quoted: { names: { zh: '有报价，待选择', en: 'Quoted; to be chosen' }, kind: 'waiting' },
    working: { names: { zh: '服务中', en: 'Being worked on' }, kind: 'waiting' },
    delivered: { names: { zh: '已交付，待验收', en: 'Delivered; to be accepted' }, kind: 'waiting' },
    filed: { names: { zh: '已验收归档', en: 'Accepted and filed' }, kind: 'closed', outcome: 'done' },
    withdrawn: { names: { zh: '已撤回', en: 'Withdrawn' }, kind: 'closed', outcome: 'withdrawn' },
    lapsed: { names: { zh: '逾期未成交', en: 'Lapsed' }, kind: 'closed', outcome: 'failed' },
  },
  initial: 'open',
  transitions: {
    firstQuote: { names: { zh: '收到报价', en: 'A quote came' }, from: ['open'], to: 'quoted', by: system },
    quotesGone: {
      names: { zh: '报价均已撤回', en: 'No quote is left' },
      from: ['quoted'],
      to: 'open',
      by: system,
    },
    take: { names: { zh: '选定报价', en: 'A quote is taken' }, from: ['quoted'], to: 'working', by: system },
    giveBack: {
      names: { zh: '机构退回委托', en: 'The agency gives it back' },
      from: ['working'],
      to: 'open',
      by: system,
    },
    deliver: { names: { zh: '交付', en: 'Deliver' }, from: ['working'], to: 'delivered', by: system },
    accept: {
      names: { zh: '验收并归档', en: 'Accept and file' },
      from: ['delivered'],
      to: 'filed',
      by: applicant,
      decides: true,
      effect: fileService,
    },
    askRework: {
      names: { zh: '要求返工', en: 'Ask for rework' },
      from: ['delivered'],
      to: 'working',
      by: applicant,
      form: whyForm('哪里不符合约定', 'What is not as agreed'),
      effect: askRework,
    },
    cancel: {
      names: { zh: '解除委托', en: 'Cancel the order' },
      from: ['working'],
      to: 'withdrawn',
      by: applicant,
      form: whyForm('解除的理由', 'Why it is cancelled'),
      effect: cancelOrder,
      warning: {
        zh: '解除后订单结束，双方的费用按约定自行结清。',
        en: 'This ends the order; what is owed you settle with the agency as agreed.',
      },
    },
    withdraw: {
      names: { zh: '撤回需求', en: 'Withdraw the request' },
      from: ['open', 'quoted'],
      to: 'withdrawn',
      by: applicant,
      effect: endWithdrawn,
      warning: {
        zh: '撤回后所有报价随之结束。',
        en: 'This ends the request, and every quote with it.',
      },
    },
    lapse: {
      names: { zh: '逾期未成交', en: 'Lapsed' },
      from: ['open', 'quoted'],
      to: 'lapsed',
      by: system,
      effect: endLapsed,
    },
  },
  clocks: {
    quoting: {
      names: { zh: '等待报价', en: 'Waiting for quotes' },
      term: { rule: 'order-quotes' },
      starts: ['submit', 'quotesGone', 'giveBack'],
      stops: ['firstQuote', 'withdraw', 'lapse'],
      owner: 'applicant',
      remindDaysBefore: [3],
      onExpiry: 'lapse',
      basis: sampleTerm,
    },
    choice: {
      names: { zh: '选择报价', en: 'Choosing a quote' },
      term: { rule: 'order-choice' },
      starts: ['firstQuote'],
      stops: ['take', 'quotesGone', 'withdraw', 'lapse'],
      owner: 'applicant',
      remindDaysBefore: [3, 0],
      onExpiry: 'lapse',
      basis: sampleTerm,
    },
    // Silence is no acceptance: no rule says so, and the client is reminded instead.
    acceptance: {
      names: { zh: '验收', en: 'Accepting the delivery' },
      term: { rule: 'order-acceptance' },
      starts: ['deliver'],
      stops: ['accept', 'askRework'],
      owner: 'applicant',
      remindDaysBefore: [3, 0],
      basis: sampleTerm,
    },
  },
  checks: async (db, context, answers) => {
    const offer = offerOf(context, answers.service)
    const rule = {
      zh: '特色服务目录',
      en: 'The catalogue of special services',
      clauses: offer?.clauses ?? ['S74'],
    }
    const found: Finding[] = []
    if (offer !== undefined && (await findAgenciesOffering(db, offer.class, context.today)).length === 0) {
      found.push({
        code: 'no-agency',
        severity: 'note',
        field: 'service',
        words: {
          zh: '目前没有入驻机构提供这类服务，可能收不到报价。',
          en: 'No agency of the zone offers this at present; there may be no quote.',
        },
        rule,
      })
    }
    const { budgetFrom, budgetTo } = answers
    if (budgetFrom !== undefined && budgetTo !== undefined && budgetFrom > budgetTo) {
      found.push({
        code: 'budget-order',
        severity: 'refuse',
        field: 'budgetTo',
        words: { zh: '预算上限低于下限。', en: 'The upper end of the budget is below the lower.' },
        rule: { zh: '预算区间从低到高', en: 'A budget runs from the lower to the higher sum' },
      })
    }
    return found
  },
  title: ({ title }) => title,
  onSubmit: announce,
  rating: true,
  panels: ['order'],
})

export const serviceProcedures = [specialServiceOrder]

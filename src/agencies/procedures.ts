import {
  allOf,
  applicant,
  choiceField,
  dayField,
  form,
  handler,
  listedField,
  listedFields,
  longTextField,
  moneyField,
  numberField,
  only,
  procedure,
  section,
  stationStaff,
  system,
  textField,
  when,
  whenFilled,
} from '../matters/define.ts'
import type { ClientMatterSource } from './define.ts'
import { advise, completeMoveIn, place } from './move-in.ts'
import { clientsLeft, completeMoveOut } from './move-out.ts'

const plan = {
  document: { zh: '试验区建设方案', en: 'Plan of the pilot zone' },
  article: '入驻和迁出载体的动态管理机制',
  sample: false,
} as const
const sampleTerm = {
  document: { zh: '办理期限（示例）', en: 'Terms of the procedure (sample)' },
  sample: true,
} as const

/** Apply, check, place, agree, move in (S202, S59, S60). */
export const agencyMoveIn = procedure({
  code: 'agency-move-in',
  // 2: classes, industries, carrier and units are chosen from what the zone lists; before, they were typed.
  version: 2,
  inForce: { from: '2024-03-15', to: null },
  names: { zh: '服务机构入驻', en: 'Agency move-in' },
  summary: {
    zh: '申请入驻载体：按发展阶段、园区产业和规模提出入驻建议，协商一致后签约入驻。',
    en: 'Apply for a place in the zone: stage, park industry and size lead to a proposal; once both agree the agency moves in.',
  },
  clauses: ['S202', 'S59', 'S60'],
  basis: [plan],
  startedBy: only('agency', 'enterprise', 'officer', 'operator'),
  onBehalfOf: 'organisation',
  stations: ['operations-centre', 'window'],
  form: form(
    section(
      'firm',
      { zh: '机构情况', en: 'The agency' },
      {
        foundedOn: dayField({ label: { zh: '成立日期', en: 'Founded on' }, notAfter: 'today' }),
        staff: numberField({
          label: { zh: '入驻人数', en: 'People who will work there' },
          min: 1,
          max: 100_000,
        }),
        attorneys: numberField({
          label: { zh: '执业专利代理师', en: 'Practising patent attorneys' },
          required: false,
          min: 0,
          max: 100_000,
        }),
        annualRevenue: moneyField({
          label: { zh: '上一年营业收入', en: 'Revenue of the last year' },
          hint: { zh: '新设机构可不填。', en: 'May be left out by a new agency.' },
          required: false,
          masking: 'hidden',
        }),
      },
    ),
    section(
      'work',
      { zh: '业务', en: 'Its work' },
      {
        classes: listedFields({
          label: { zh: '服务类别', en: 'Classes of service' },
          hint: { zh: '可多选。', en: 'Choose all that apply.' },
          from: 'service-classes',
        }),
        industries: listedFields({
          label: { zh: '主要服务的产业', en: 'Industries served' },
          hint: {
            zh: '可多选。都不在其中时可不选，入驻建议将只看发展阶段和规模。',
            en: 'Choose all that apply. If none does, leave it: the advice then looks at stage and size alone.',
          },
          from: 'industries',
          required: false,
        }),
        wishes: longTextField({ label: { zh: '其他需要', en: 'Anything else needed' }, required: false }),
      },
    ),
  ),
  materials: [
    {
      code: 'licence',
      names: { zh: '营业执照或执业许可证', en: 'Business or practice licence' },
      required: true,
      accepts: ['application/pdf', 'image/jpeg', 'image/png'],
      maxBytes: 10_000_000,
    },
  ],
  states: {
    submitted: { names: { zh: '待受理', en: 'To be taken up' }, kind: 'open' },
    checking: { names: { zh: '审核中', en: 'Being checked' }, kind: 'open' },
    correcting: { names: { zh: '待补正', en: 'To be corrected' }, kind: 'waiting' },
    placed: { names: { zh: '待申请人确认', en: 'Awaiting the applicant’s word' }, kind: 'waiting' },
    agreed: { names: { zh: '待签约入驻', en: 'To move in' }, kind: 'open' },
    movedIn: { names: { zh: '已入驻', en: 'Moved in' }, kind: 'closed', outcome: 'granted' },
    refused: { names: { zh: '不予入驻', en: 'Refused' }, kind: 'closed', outcome: 'refused' },
    withdrawn: { names: { zh: '已撤回', en: 'Withdrawn' }, kind: 'closed', outcome: 'withdrawn' },
  },
  initial: 'submitted',
  transitions: {
    accept: {
      names: { zh: '受理', en: 'Take up' },
      from: ['submitted'],
      to: 'checking',
      by: [handler, stationStaff],
    },
    askCorrection: {
      names: { zh: '要求补正', en: 'Ask for correction' },
      from: ['submitted', 'checking'],
      to: 'correcting',
      by: handler,
      asksCorrection: true,
    },
    correct: {
      names: { zh: '提交补正', en: 'Answer' },
      from: ['correcting'],
      to: 'checking',
      by: applicant,
      answersCorrection: true,
      effect: advise,
    },
    place: {
      names: { zh: '确定载体和单元', en: 'Propose a place' },
      from: ['checking'],
      to: 'placed',
      by: handler,
      form: form(
        section(
          'place',
          { zh: '入驻安排', en: 'The place' },
          {
            follow: choiceField({
              label: { zh: '是否采纳入驻建议', en: 'Follow the advice' },
              options: { yes: { zh: '采纳', en: 'Yes' }, no: { zh: '不采纳', en: 'No' } },
            }),
            carrier: listedField({
              label: { zh: '载体', en: 'Carrier' },
              when: when('follow', 'no'),
              from: 'carriers',
            }),
            units: listedFields({
              label: { zh: '单元', en: 'Units' },
              when: allOf(when('follow', 'no'), whenFilled('carrier')),
              from: 'units',
              within: 'carrier',
              atMost: 20,
            }),
            why: longTextField({
              label: { zh: '不采纳的理由', en: 'Why the advice is not followed' },
              when: when('follow', 'no'),
              minLength: 4,
              maxLength: 500,
            }),
          },
        ),
      ),
      effect: place,
    },
    agree: { names: { zh: '同意', en: 'Agree' }, from: ['placed'], to: 'agreed', by: applicant },
    askAnother: {
      names: { zh: '请另行安排', en: 'Ask for another place' },
      from: ['placed'],
      to: 'checking',
      by: applicant,
      form: form(
        section(
          'why',
          { zh: '理由', en: 'Why' },
          { why: longTextField({ label: { zh: '理由', en: 'Why' }, minLength: 2, maxLength: 1000 }) },
        ),
      ),
    },
    moveIn: {
      names: { zh: '签约入驻', en: 'Sign and move in' },
      from: ['agreed'],
      to: 'movedIn',
      by: handler,
      decides: true,
      document: 'agreement',
      form: form(
        section(
          'lease',
          { zh: '租约', en: 'The lease' },
          {
            leaseNumber: textField({ label: { zh: '租约编号', en: 'Number of the lease' }, maxLength: 30 }),
            monthlyRent: moneyField({ label: { zh: '月租金', en: 'Rent a month' } }),
            leaseUntil: dayField({
              label: { zh: '租约到期日（当日不含）', en: 'First day after the lease' },
              required: false,
              notBefore: 'today',
            }),
          },
        ),
      ),
      effect: completeMoveIn,
    },
    refuse: {
      names: { zh: '不予入驻', en: 'Refuse' },
      from: ['submitted', 'checking'],
      to: 'refused',
      by: handler,
      decides: true,
      form: form(
        section(
          'why',
          { zh: '理由', en: 'Why' },
          { why: longTextField({ label: { zh: '理由', en: 'Why' }, minLength: 4, maxLength: 1000 }) },
        ),
      ),
    },
    withdraw: {
      names: { zh: '撤回', en: 'Withdraw' },
      from: ['submitted', 'checking', 'correcting', 'placed', 'agreed'],
      to: 'withdrawn',
      by: [applicant, system],
    },
  },
  clocks: {
    acceptance: {
      names: { zh: '受理', en: 'Taking up' },
      term: { rule: 'move-in-acceptance' },
      starts: ['submit'],
      stops: ['accept', 'refuse', 'withdraw', 'askCorrection'],
      owner: 'office',
      remindDaysBefore: [1],
      escalateTo: 'leader',
      basis: sampleTerm,
    },
    placement: {
      names: { zh: '入驻安排', en: 'Placement' },
      term: { rule: 'move-in-placement' },
      starts: ['accept', 'correct', 'askAnother'],
      stops: ['place', 'refuse', 'withdraw'],
      pausesIn: ['correcting'],
      owner: 'office',
      remindDaysBefore: [3, 0],
      escalateTo: 'leader',
      basis: sampleTerm,
    },
    agreement: {
      names: { zh: '申请人确认', en: 'The applicant’s word' },
      term: { rule: 'move-in-agreement' },
      starts: ['place'],
      stops: ['agree', 'askAnother', 'withdraw'],
      owner: 'applicant',
      remindDaysBefore: [5, 1],
      basis: sampleTerm,
    },
  },
  documents: {
    agreement: {
      names: { zh: '入驻通知书', en: 'Notice of moving in' },
      content: (matter, answers) => ({
        title: { zh: '入驻通知书', en: 'Notice of moving in' },
        facts: [
          [{ zh: '机构', en: 'Agency' }, matter.applicant.name],
          [{ zh: '办件编号', en: 'Number of the matter' }, matter.number],
          [{ zh: '租约编号', en: 'Number of the lease' }, String(answers['leaseNumber'] ?? '')],
        ],
      }),
    },
  },
  checks: async (_db, _context, { industries = [] }) =>
    industries.length > 0
      ? []
      : [
          {
            code: 'no-industry',
            severity: 'note',
            field: 'industries',
            words: {
              zh: '没有选择产业体系中的产业，入驻建议将只看发展阶段和规模。',
              en: 'No industry of the zone’s systems is chosen; the advice will look at stage and size alone.',
            },
            rule: {
              zh: '方案第七十三行：符合园区产业特色',
              en: 'The plan: agencies that fit the park’s industry',
              clauses: ['S59'],
            },
          },
        ],
  onSubmit: advise,
  rating: true,
  panels: ['placement'],
})

/** Own wish or trigger, warning, hearing, decision, clients handed over, exit (S202, S56). */
export const agencyMoveOut = (sources: readonly ClientMatterSource[]) =>
  procedure({
    code: 'agency-move-out',
    version: 1,
    inForce: { from: '2024-03-15', to: null },
    names: { zh: '服务机构迁出', en: 'Agency move-out' },
    summary: {
      zh: '机构申请迁出，或因触发条件经提醒、听证后迁出；客户事项全部办结或移交后方可迁出。',
      en: 'An agency leaves by its own wish, or after a trigger, a warning and a hearing; never before every client’s matter is finished or handed over.',
    },
    clauses: ['S202', 'S56'],
    basis: [plan],
    startedBy: only('agency', 'officer', 'operator'),
    onBehalfOf: 'organisation',
    stations: ['operations-centre', 'window'],
    form: form(
      section(
        'ground',
        { zh: '迁出事由', en: 'Why it leaves' },
        {
          ground: choiceField({
            label: { zh: '事由', en: 'Ground' },
            options: {
              'own-wish': { zh: '机构申请迁出', en: 'The agency wishes to leave' },
              trigger: { zh: '出现触发条件', en: 'A trigger was met' },
            },
          }),
          reason: longTextField({
            label: { zh: '具体情况', en: 'What happened' },
            minLength: 4,
            maxLength: 1000,
          }),
        },
      ),
    ),
    states: {
      submitted: { names: { zh: '待处理', en: 'To be looked at' }, kind: 'open' },
      warned: { names: { zh: '已提醒，待整改', en: 'Warned; to be put right' }, kind: 'waiting' },
      hearingOffered: { names: { zh: '可申请听证', en: 'May ask to be heard' }, kind: 'waiting' },
      hearingAsked: { names: { zh: '待听证', en: 'To be heard' }, kind: 'open' },
      deciding: { names: { zh: '待决定', en: 'To be decided' }, kind: 'open' },
      clearing: { names: { zh: '移交客户事项', en: 'Clients being handed over' }, kind: 'waiting' },
      left: { names: { zh: '已迁出', en: 'Moved out' }, kind: 'closed', outcome: 'granted' },
      stayed: { names: { zh: '继续入驻', en: 'Stays' }, kind: 'closed', outcome: 'done' },
      withdrawn: { names: { zh: '已撤回', en: 'Withdrawn' }, kind: 'closed', outcome: 'withdrawn' },
    },
    initial: 'submitted',
    transitions: {
      accept: {
        names: { zh: '同意迁出', en: 'Agree to the wish' },
        from: ['submitted'],
        to: 'clearing',
        by: handler,
        guard: async (_db, _context, matter) =>
          matter.answers.ground === 'own-wish'
            ? undefined
            : {
                code: 'no-wish',
                words: {
                  zh: '不是机构自己申请的迁出，须先提醒。',
                  en: 'The agency did not ask to leave; it has to be warned first.',
                },
                clauses: ['S202'],
              },
      },
      warn: {
        names: { zh: '提醒整改', en: 'Warn' },
        from: ['submitted'],
        to: 'warned',
        by: handler,
        form: form(
          section(
            'warning',
            { zh: '提醒内容', en: 'The warning' },
            {
              remedy: longTextField({
                label: { zh: '应当整改的事项', en: 'What has to be put right' },
                minLength: 4,
              }),
            },
          ),
        ),
      },
      remedied: {
        names: { zh: '已整改', en: 'It was put right' },
        from: ['warned'],
        to: 'stayed',
        by: handler,
        decides: true,
      },
      offerHearing: {
        names: { zh: '告知听证权利', en: 'Offer a hearing' },
        from: ['warned'],
        to: 'hearingOffered',
        by: [handler, system],
      },
      askHearing: {
        names: { zh: '申请听证', en: 'Ask to be heard' },
        from: ['hearingOffered'],
        to: 'hearingAsked',
        by: applicant,
        form: form(
          section(
            'say',
            { zh: '陈述', en: 'What the agency says' },
            { statement: longTextField({ label: { zh: '陈述和理由', en: 'Statement' }, minLength: 4 }) },
          ),
        ),
      },
      waiveHearing: {
        names: { zh: '放弃听证', en: 'Waive the hearing' },
        from: ['hearingOffered'],
        to: 'deciding',
        by: [applicant, system],
      },
      hear: {
        names: { zh: '记录听证', en: 'Record the hearing' },
        from: ['hearingAsked'],
        to: 'deciding',
        by: handler,
        form: form(
          section(
            'hearing',
            { zh: '听证', en: 'The hearing' },
            {
              heardOn: dayField({ label: { zh: '听证日期', en: 'Heard on' }, notAfter: 'today' }),
              record: longTextField({ label: { zh: '听证记录', en: 'Record' }, minLength: 10 }),
            },
          ),
        ),
      },
      decideExit: {
        names: { zh: '决定迁出', en: 'Decide that it leaves' },
        from: ['deciding'],
        to: 'clearing',
        by: handler,
        decides: true,
        document: 'decision',
        form: form(
          section(
            'decision',
            { zh: '决定', en: 'The decision' },
            { grounds: longTextField({ label: { zh: '理由', en: 'Grounds' }, minLength: 10 }) },
          ),
        ),
      },
      decideStay: {
        names: { zh: '决定继续入驻', en: 'Decide that it stays' },
        from: ['submitted', 'deciding'],
        to: 'stayed',
        by: handler,
        decides: true,
      },
      leave: {
        names: { zh: '办理迁出', en: 'Complete the exit' },
        from: ['clearing'],
        to: 'left',
        by: handler,
        guard: async (db, _context, matter) => clientsLeft(db, matter, sources),
        effect: async (tx, context, matter) =>
          completeMoveOut(
            tx,
            context,
            matter,
            matter.answers.ground === 'own-wish' ? '机构申请迁出' : '按迁出决定',
          ),
      },
      withdraw: {
        names: { zh: '撤回', en: 'Withdraw' },
        from: ['submitted', 'clearing'],
        to: 'withdrawn',
        by: applicant,
        guard: async (_db, _context, matter) =>
          matter.answers.ground === 'own-wish'
            ? undefined
            : {
                code: 'not-own-wish',
                words: {
                  zh: '因触发条件启动的迁出不能由机构撤回，可以申请听证。',
                  en: 'A move-out that began with a trigger is not the agency’s to withdraw; it may ask to be heard.',
                },
              },
      },
    },
    clocks: {
      taking: {
        names: { zh: '处理', en: 'Taking up' },
        term: { rule: 'move-out-acceptance' },
        starts: ['submit'],
        stops: ['accept', 'warn', 'decideStay', 'withdraw'],
        owner: 'office',
        remindDaysBefore: [1],
        escalateTo: 'leader',
        basis: sampleTerm,
      },
      remedy: {
        names: { zh: '整改', en: 'Putting right' },
        term: { rule: 'move-out-remedy' },
        starts: ['warn'],
        stops: ['remedied', 'offerHearing'],
        owner: 'applicant',
        remindDaysBefore: [7, 1],
        onExpiry: 'offerHearing',
        basis: sampleTerm,
      },
      hearingRequest: {
        names: { zh: '申请听证', en: 'Asking to be heard' },
        term: { rule: 'move-out-hearing-request' },
        starts: ['offerHearing'],
        stops: ['askHearing', 'waiveHearing'],
        owner: 'applicant',
        remindDaysBefore: [2],
        onExpiry: 'waiveHearing',
        basis: sampleTerm,
      },
      clearing: {
        names: { zh: '移交客户事项', en: 'Handing clients over' },
        term: { rule: 'move-out-clearing' },
        starts: ['accept', 'decideExit'],
        stops: ['leave', 'withdraw'],
        owner: 'applicant',
        remindDaysBefore: [14, 3],
        escalateTo: 'leader',
        basis: sampleTerm,
      },
    },
    documents: {
      decision: {
        names: { zh: '迁出决定书', en: 'Decision to leave' },
        content: (matter, answers) => ({
          title: { zh: '迁出决定书', en: 'Decision to leave' },
          facts: [
            [{ zh: '机构', en: 'Agency' }, matter.applicant.name],
            [{ zh: '办件编号', en: 'Number of the matter' }, matter.number],
            [{ zh: '理由', en: 'Grounds' }, String(answers['grounds'] ?? '')],
          ],
        }),
      },
    },
    panels: ['clients'],
  })

export const agencyProcedures = ({
  clientMatters,
}: {
  readonly clientMatters: readonly ClientMatterSource[]
}) => [agencyMoveIn, agencyMoveOut(clientMatters)]

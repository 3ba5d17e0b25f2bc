import {
  applicant,
  choiceField,
  form,
  handler,
  longTextField,
  personNameField,
  procedure,
  section,
  signedIn,
  stationStaff,
  system,
  telephoneField,
  textField,
} from './define.ts'

/** A question to any station, answered in writing: the one procedure that is nobody's business but the stations' own. */
export const generalEnquiry = procedure({
  code: 'general-enquiry',
  version: 1,
  inForce: { from: '2024-03-15', to: null },
  names: { zh: '综合咨询', en: 'General enquiry' },
  summary: {
    zh: '向就近站点书面咨询知识产权事项；站点在期限内书面答复，不属于本站职责的移送有关单位。',
    en: 'Put a question on intellectual property to the nearest station; it answers in writing within its term, or hands the question to the body whose business it is.',
  },
  clauses: ['S27', 'S78', 'S79', 'S133'],
  basis: [
    {
      document: { zh: '站点服务规则', en: 'Rules of service of the stations' },
      sample: true,
    },
  ],
  startedBy: signedIn,
  onBehalfOf: 'either',
  stations: [
    'window',
    'workstation',
    'outlet',
    'operations-centre',
    'aid-centre',
    'rapid-protection-centre',
    'tisc',
  ],
  form: form(
    section(
      'question',
      { zh: '咨询内容', en: 'The question' },
      {
        topic: choiceField({
          label: { zh: '事项类别', en: 'Topic' },
          options: {
            filing: { zh: '申请与代理', en: 'Filing and agency' },
            protection: { zh: '维权与纠纷', en: 'Protection and disputes' },
            commercialisation: { zh: '转让、许可与融资', en: 'Assignment, licensing and finance' },
            overseas: { zh: '海外事务', en: 'Matters abroad' },
            policy: { zh: '政策与资金', en: 'Policies and funds' },
            other: { zh: '其他', en: 'Something else' },
          },
        }),
        subject: textField({ label: { zh: '标题', en: 'Subject' }, minLength: 2, maxLength: 80 }),
        question: longTextField({
          label: { zh: '问题', en: 'Question' },
          hint: {
            zh: '请勿填写商业秘密；需要的材料可在下一步上传。',
            en: 'Leave out trade secrets; papers can be added in the next step.',
          },
          minLength: 10,
          maxLength: 4000,
        }),
      },
    ),
    section(
      'contact',
      { zh: '联系方式', en: 'Whom to reach' },
      {
        contactName: personNameField({ label: { zh: '联系人', en: 'Name' } }),
        contactPhone: telephoneField({
          label: { zh: '电话', en: 'Telephone' },
          hint: { zh: '仅在需要当面说明时使用。', en: 'Used only where something has to be talked through.' },
          required: false,
        }),
      },
    ),
  ),
  materials: [
    {
      code: 'paper',
      names: { zh: '相关材料', en: 'Papers on the question' },
      hint: { zh: 'PDF、图片或 Word 文件', en: 'PDF, pictures or Word files' },
      required: false,
      accepts: [
        'application/pdf',
        'image/png',
        'image/jpeg',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      ],
      maxBytes: 20 * 1024 * 1024,
      atMost: 5,
    },
  ],
  states: {
    submitted: { names: { zh: '已提交', en: 'Submitted' }, kind: 'open' },
    accepted: { names: { zh: '办理中', en: 'Being answered' }, kind: 'open' },
    correcting: { names: { zh: '待补充', en: 'Waiting for more' }, kind: 'waiting' },
    answered: { names: { zh: '已答复', en: 'Answered' }, kind: 'closed', outcome: 'done' },
    withdrawn: { names: { zh: '已撤回', en: 'Withdrawn' }, kind: 'closed', outcome: 'withdrawn' },
    lapsed: {
      names: { zh: '逾期未补充，已办结', en: 'Closed: nothing more came' },
      kind: 'closed',
      outcome: 'failed',
    },
  },
  initial: 'submitted',
  transitions: {
    accept: {
      names: { zh: '受理', en: 'Take it up' },
      from: ['submitted'],
      to: 'accepted',
      by: [handler, stationStaff],
    },
    askCorrection: {
      names: { zh: '请补充', en: 'Ask for more' },
      from: ['submitted', 'accepted'],
      to: 'correcting',
      by: handler,
      asksCorrection: true,
    },
    correct: {
      names: { zh: '提交补充', en: 'Send what was asked for' },
      from: ['correcting'],
      to: 'accepted',
      by: applicant,
      answersCorrection: true,
    },
    answer: {
      names: { zh: '答复', en: 'Answer' },
      from: ['accepted'],
      to: 'answered',
      by: handler,
      decides: true,
      document: 'answer',
      form: form(
        section(
          'answer',
          { zh: '答复', en: 'Answer' },
          {
            answer: longTextField({
              label: { zh: '答复内容', en: 'The answer' },
              minLength: 5,
              maxLength: 4000,
            }),
          },
        ),
      ),
    },
    withdraw: {
      names: { zh: '撤回', en: 'Withdraw' },
      from: ['submitted', 'accepted', 'correcting'],
      to: 'withdrawn',
      by: applicant,
      warning: {
        zh: '撤回后本件办结，需要时可另行提交。',
        en: 'This ends the matter; you may put the question again.',
      },
    },
    lapse: {
      names: { zh: '逾期未补充', en: 'Nothing more came' },
      from: ['correcting'],
      to: 'lapsed',
      by: [system, handler],
    },
  },
  clocks: {
    acceptance: {
      names: { zh: '受理期限', en: 'Taking up' },
      term: { rule: 'enquiry-acceptance' },
      starts: ['submit'],
      stops: ['accept', 'askCorrection'],
      owner: 'office',
      remindDaysBefore: [1, 0],
      escalateTo: 'leader',
      basis: { document: { zh: '站点服务规则', en: 'Rules of service of the stations' }, sample: true },
    },
    reply: {
      names: { zh: '答复期限', en: 'Answer' },
      term: { rule: 'enquiry-reply' },
      starts: ['submit'],
      stops: ['answer'],
      pausesIn: ['correcting'],
      owner: 'office',
      remindDaysBefore: [2, 0],
      escalateTo: 'leader',
      basis: { document: { zh: '站点服务规则', en: 'Rules of service of the stations' }, sample: true },
    },
    correction: {
      names: { zh: '补充期限', en: 'Sending more' },
      term: { rule: 'enquiry-correction' },
      starts: ['askCorrection'],
      stops: ['correct', 'lapse'],
      owner: 'applicant',
      remindDaysBefore: [3, 0],
      onExpiry: 'lapse',
      basis: { document: { zh: '站点服务规则', en: 'Rules of service of the stations' }, sample: true },
    },
  },
  documents: {
    answer: {
      names: { zh: '咨询答复书', en: 'Written answer' },
      content: (matter, answers) => ({
        title: { zh: '咨询答复书', en: 'Written answer' },
        facts: [
          [{ zh: '办件编号', en: 'Number' }, matter.number],
          [{ zh: '标题', en: 'Subject' }, matter.answers.subject],
          [{ zh: '问题', en: 'Question' }, matter.answers.question],
          [{ zh: '答复', en: 'Answer' }, String(answers['answer'] ?? '')],
        ],
      }),
    },
  },
  title: ({ subject }) => subject,
  rating: true,
})

export const matterProcedures = [generalEnquiry]

import { form, nobody, procedure, section, signedIn, system, textField } from '../matters/define.ts'

/**
 * The publicity of a proposed list, one matter for each round: objections, their receipts and decisions, and the clock
 * that an objection stops are the engine's. The list itself and its final publication are of this room.
 */
export const appraisalPublicity = procedure({
  code: 'appraisal-publicity',
  version: 1,
  inForce: { from: '2024-03-15', to: null },
  names: { zh: '拟评优秀服务机构名单公示', en: 'Proposed list of excellent agencies' },
  summary: {
    zh: '年度绩效考核计分后，拟评优名单在定案前公示；公示期内任何登录用户可以提出异议，异议处理期间停止计时。',
    en: 'After the yearly appraisal the proposed list is made public before it is final. Whoever is signed in may object; while an objection is open the clock stands still.',
  },
  clauses: ['S200', 'S201'],
  basis: [{ document: { zh: '年度绩效考核规则', en: 'Rules of the yearly appraisal' }, sample: true }],
  startedBy: nobody,
  onBehalfOf: 'organisation',
  stations: ['operations-centre', 'window'],
  readBy: ['leader', 'auditor'],
  form: form(
    section(
      'round',
      { zh: '考核', en: 'The appraisal' },
      {
        year: textField({ label: { zh: '考核年度', en: 'Year' }, maxLength: 4 }),
        page: textField({ label: { zh: '名单和计分', en: 'List and scores' }, maxLength: 200 }),
      },
    ),
  ),
  states: {
    public: { names: { zh: '公示中', en: 'Made public' }, kind: 'open' },
    final: { names: { zh: '已定案公布', en: 'Final and published' }, kind: 'closed', outcome: 'done' },
  },
  initial: 'public',
  transitions: {
    republish: {
      names: { zh: '重新计分后再次公示', en: 'Make public again after a new computation' },
      from: ['public'],
      to: 'public',
      by: system,
    },
    confirm: {
      names: { zh: '定案公布', en: 'Make final' },
      from: ['public'],
      to: 'final',
      by: system,
      decides: true,
    },
  },
  clocks: {
    publicity: {
      names: { zh: '公示期', en: 'Publicity period' },
      term: { rule: 'appraisal-publicity' },
      starts: ['submit', 'republish'],
      stops: ['confirm'],
      owner: 'office',
      remindDaysBefore: [0],
      basis: { document: { zh: '年度绩效考核规则', en: 'Rules of the yearly appraisal' }, sample: true },
    },
  },
  publicity: {
    state: 'public',
    clock: 'publicity',
    pauses: 'publicity',
    objectionBy: signedIn,
    shows: (matter) => {
      const { year, page } = matter.answers as { year: string; page: string }
      return [
        [{ zh: '考核年度', en: 'Year' }, year],
        [{ zh: '名单和计分', en: 'List and scores' }, page],
      ]
    },
  },
  title: ({ year }) => year,
})

export const appraisalProcedures = [appraisalPublicity]

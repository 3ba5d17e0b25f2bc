import { expect, test } from 'vitest'
import {
  applicant,
  choiceField,
  form,
  groupField,
  handler,
  ImpossibleProcedure,
  moneyField,
  numberField,
  procedure,
  procedureRegistry,
  section,
  signedIn,
  textField,
  when,
  type AnswerOf,
  type Clock,
} from './define.ts'
import { generalEnquiry } from './procedures.ts'

const words = { zh: '甲', en: 'A' }
const basis = { document: words, sample: true }
const firm = form(
  section('firm', words, {
    name: textField({ label: words }),
    stage: choiceField({ label: words, options: { young: words, old: words } }),
    note: textField({ label: words, required: false }),
    revenue: moneyField({ label: words, when: when('stage', 'old') }),
    owners: groupField({ share: numberField({ label: words }) }, { label: words }),
  }),
)
const common = {
  code: 'a-test',
  version: 1,
  inForce: { from: '2024-01-01', to: null },
  names: words,
  summary: words,
  clauses: ['S1'],
  basis: [basis],
  startedBy: signedIn,
  onBehalfOf: 'either',
  stations: ['window'],
  form: firm,
} as const
const states = {
  begun: { names: words, kind: 'open' },
  over: { names: words, kind: 'closed', outcome: 'done' },
} as const
const end = { names: words, from: ['begun'], to: 'over', by: handler } as const
const clock = {
  names: words,
  term: { n: 5, unit: 'workingDays' },
  starts: ['submit'],
  stops: ['end'],
  owner: 'office',
  basis,
} as const

test('answers are typed by the form that asks for them', () => {
  const answers: AnswerOf<typeof firm> = { name: 'x', stage: 'old', owners: [{ share: 3 }] }
  expect(answers.note).toBeUndefined()
  // @ts-expect-error -- an option that the form does not have
  const wrong: AnswerOf<typeof firm> = { name: 'x', stage: 'ancient', owners: [] }
  expect(wrong).toBeDefined()

  procedure({
    ...common,
    states,
    initial: 'begun',
    transitions: {
      end: {
        ...end,
        form: form(section('why', words, { why: textField({ label: words }) })),
        effect: async (_tx, _context, matter, given) => {
          const why: string = given.why
          const stage: 'young' | 'old' = matter.answers.stage
          // @ts-expect-error -- nothing of that name was asked
          const other: string = given.because
          expect([why, stage, other]).toBeDefined()
        },
      },
    },
    clocks: { whole: clock },
  })
})

test('[F028] what contradicts itself in its types does not build', () => {
  const attempts = [
    () =>
      procedure({
        ...common,
        states,
        initial: 'begun',
        // @ts-expect-error -- a step to a state that is not declared
        transitions: { end, lose: { names: words, from: ['begun'], to: 'nowhere', by: handler } },
        clocks: { whole: clock },
      }),
    () =>
      procedure({
        ...common,
        states,
        initial: 'begun',
        // @ts-expect-error -- a step from a state that is not declared
        transitions: { end, lose: { names: words, from: ['nowhere'], to: 'over', by: handler } },
        clocks: { whole: clock },
      }),
    () =>
      procedure({
        ...common,
        states,
        // @ts-expect-error -- it begins in a state that is not declared
        initial: 'nowhere',
        transitions: { end },
        clocks: { whole: clock },
      }),
    () =>
      procedure({
        ...common,
        states,
        initial: 'begun',
        // @ts-expect-error -- a step that nobody may take
        transitions: { end: { names: words, from: ['begun'], to: 'over', by: [] } },
        clocks: { whole: clock },
      }),
    () =>
      procedure({
        ...common,
        states,
        initial: 'begun',
        transitions: { end },
        // @ts-expect-error -- a clock that is stopped by a step that does not exist
        clocks: { whole: { ...clock, stops: ['finish'] } },
      }),
    () =>
      procedure({
        ...common,
        states,
        initial: 'begun',
        transitions: { end },
        // @ts-expect-error -- a clock that never stops
        clocks: { whole: { ...clock, stops: [] } },
      }),
  ]
  for (const attempt of attempts) expect(attempt).toThrow(ImpossibleProcedure)
  // @ts-expect-error -- a clock without a term
  const termless: Clock<string, string> = {
    names: words,
    starts: ['submit'],
    stops: ['end'],
    owner: 'office',
    basis,
  }
  expect(termless).toBeDefined()
})

test('[F028] what types cannot see is refused when the declaration loads', () => {
  const build = (change: object) => () =>
    procedure({
      ...common,
      states,
      initial: 'begun',
      transitions: { end },
      clocks: { whole: clock },
      ...change,
    })
  const adrift = { names: words, kind: 'open' }
  expect(build({})).not.toThrow()
  expect(build({ states: { ...states, adrift } })).toThrow('the state adrift cannot be reached')
  expect(
    build({
      states: { ...states, adrift },
      transitions: { end, lose: { ...end, to: 'adrift' } },
    }),
  ).toThrow('nothing closes it from the state adrift')
  expect(build({ states: { begun: states.begun } })).toThrow('no state closes it')
  expect(build({ transitions: { end, back: { ...end, from: ['over'], to: 'begun' } } })).toThrow(
    'leaves the closed state',
  )
  expect(build({ transitions: { end: { ...end, document: 'letter' } } })).toThrow('unknown document')
  expect(build({ clocks: { whole: { ...clock, onExpiry: 'end' } } })).toThrow('the system may not take')
  expect(build({ clocks: { whole: { ...clock, term: { n: 0, unit: 'months' } } } })).toThrow(
    'no whole number',
  )
  expect(build({ code: 'A Test' })).toThrow('kebab-case')
  expect(build({ states: { ...states, handedOver: adrift } })).toThrow('belongs to the engine')
  const paper = { code: 'p', names: words, required: true, accepts: ['application/pdf'], maxBytes: 1 }
  expect(build({ materials: [paper, paper] })).toThrow('listed twice')
})

test('two rooms cannot claim one procedure, and two fields of a form not one name', () => {
  expect(() => procedureRegistry([generalEnquiry], [generalEnquiry])).toThrow('declared twice')
  expect(() =>
    form(
      section('one', words, { name: textField({ label: words }) }),
      section('two', words, { name: textField({ label: words }) }),
    ),
  ).toThrow('two fields called name')
  expect(() =>
    form(section('one', words, { name: textField({ label: words, when: when('later', 'x') }) })),
  ).toThrow('not asked before it')
})

test('an applicant is a mover like any other', () => {
  expect(applicant).toEqual({ kind: 'applicant' })
})

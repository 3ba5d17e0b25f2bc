import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { findFaults, maskAnswers, settledAnswers } from './answers.rules.ts'
import {
  allOf,
  anyOf,
  choiceField,
  choicesField,
  dayField,
  emailField,
  fileField,
  form,
  groupField,
  longTextField,
  moneyField,
  not,
  numberField,
  organisationField,
  personNameField,
  section,
  telephoneField,
  textField,
  when,
  whenFilled,
  yesNoField,
  type Field,
  type Fields,
} from './form.rules.ts'
import { isMatterNumber, matterNumber } from './number.rules.ts'

const words = { zh: '甲', en: 'A' }
const label = words
const today = date('2026-11-25')
const options = { red: words, green: words, blue: words }
const ask = (fields: Fields) => form(section('one', words, fields))
const faults = (field: Field, answer: unknown) =>
  findFaults(ask({ it: field }), { it: answer }, today).map(({ code, limit }) =>
    limit === undefined ? code : `${code} ${limit}`,
  )

describe('every kind of field', () => {
  test.each<[string, Field, unknown, string[]]>([
    ['text as asked', textField({ label }), '湖滨', []],
    ['text of blanks alone', textField({ label }), '  ', ['missing']],
    ['text that need not be', textField({ label, required: false }), '', []],
    ['text too short, counted in characters', textField({ label, minLength: 3 }), '𠮷𠮷', ['tooShort 3']],
    ['text too long', textField({ label, maxLength: 2 }), 'abc', ['tooLong 2']],
    ['text with a NUL', textField({ label }), 'a\0b', ['notText']],
    ['text with half a character', longTextField({ label }), 'a\ud800', ['notText']],
    ['text off its pattern', textField({ label, pattern: { expression: '\\d+', words } }), '1a', ['unfit']],
    ['a number where text belongs', textField({ label }), 7, ['notText']],
    ['a number', numberField({ label, min: 0, max: 9 }), 9, []],
    ['a number below', numberField({ label, min: 0 }), -1, ['tooSmall 0']],
    ['a number above', numberField({ label, max: 9 }), 10, ['tooLarge 9']],
    ['a broken whole number', numberField({ label }), 1.5, ['notWhole 0']],
    ['decimals as many as allowed', numberField({ label, decimals: 2 }), 1.25, []],
    ['one decimal too many', numberField({ label, decimals: 2 }), 1.255, ['notWhole 2']],
    ['digits in a text', numberField({ label }), '7', ['notNumber']],
    ['money in whole fen', moneyField({ label }), 12_345, []],
    ['half a fen', moneyField({ label }), 0.5, ['notWhole 0']],
    ['less than nothing', moneyField({ label }), -1, ['tooSmall 0']],
    ['a day', dayField({ label }), '2024-02-29', []],
    ['a day that is none', dayField({ label }), '2026-02-29', ['notDay']],
    [
      'yesterday where today is the first',
      dayField({ label, notBefore: 'today' }),
      '2026-11-24',
      ['tooEarly 2026-11-25'],
    ],
    [
      'tomorrow where today is the last',
      dayField({ label, notAfter: 'today' }),
      '2026-11-26',
      ['tooLate 2026-11-25'],
    ],
    ['no is an answer', yesNoField({ label }), false, []],
    ['yes in words', yesNoField({ label }), 'yes', ['notYesNo']],
    ['an option', choiceField({ label, options }), 'red', []],
    ['no option', choiceField({ label, options }), 'toString', ['notChoice']],
    ['some options', choicesField({ label, options, atMost: 2 }), ['red', 'blue'], []],
    ['an option twice', choicesField({ label, options }), ['red', 'red'], ['notChoice']],
    ['too few options', choicesField({ label, options, atLeast: 2 }), ['red'], ['tooFew 2']],
    ['too many options', choicesField({ label, options, atMost: 1 }), ['red', 'blue'], ['tooMany 1']],
    [
      'a credit code with a wrong check digit',
      organisationField({ label }),
      '91320115ma1mtkxw9g',
      ['notCreditCode'],
    ],
    ['a credit code', organisationField({ label }), '91350100M000100Y43', []],
    ['a name', personNameField({ label }), '李明', []],
    ['a telephone', telephoneField({ label }), '025-5218 0000', []],
    ['no telephone', telephoneField({ label }), 'call me', ['notTelephone']],
    ['a mailbox', emailField({ label }), 'li@example.com', []],
    ['no mailbox', emailField({ label }), 'li@example', ['notEmail']],
    [
      'a file',
      fileField({ label, accepts: ['pdf'], maxBytes: 1 }),
      '01900000-0000-7000-8000-000000000000',
      [],
    ],
    ['the name of a file', fileField({ label, accepts: ['pdf'], maxBytes: 1 }), 'a.pdf', ['notFile']],
    ['rows', groupField({ share: numberField({ label }) }, { label }), [{ share: 1 }], []],
    [
      'no rows at all',
      groupField({ share: numberField({ label }) }, { label, atLeast: 2 }),
      [{ share: 1 }],
      ['tooFew 2'],
    ],
    ['rows that are none', groupField({ share: numberField({ label }) }, { label }), 'x', ['notRows']],
  ])('%s', (_, field, answer, expected) => {
    expect(faults(field, answer)).toEqual(expected)
  })

  test('a fault in a row says which row, and an answer nobody asked for is named', () => {
    const asked = ask({ owners: groupField({ name: personNameField({ label }) }, { label }) })
    expect(findFaults(asked, { owners: [{ name: '李明' }, { nickname: 'x' }], extra: 1 }, today)).toEqual([
      { field: 'extra', code: 'unknownField' },
      { field: 'owners.1.nickname', code: 'unknownField' },
      { field: 'owners.1.name', code: 'missing' },
    ])
  })

  test('whatever is sent, the answer is a list of faults', () => {
    const kinds = [
      textField({ label }),
      numberField({ label }),
      dayField({ label }),
      choicesField({ label, options }),
      organisationField({ label }),
      groupField({ name: emailField({ label }) }, { label }),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.anything(), (field, answer) => {
        expect(Array.isArray(faults(field, answer))).toBe(true)
      }),
    )
  })
})

describe('a field that is asked under a condition', () => {
  const asked = ask({
    foreign: yesNoField({ label }),
    country: textField({ label, when: when('foreign', true) }),
    colours: choicesField({ label, options, required: false }),
    shade: textField({ label, when: allOf(when('colours', 'red', 'blue'), not(when('foreign', true))) }),
    remark: textField({ label, when: anyOf(whenFilled('country'), when('colours', 'green')) }),
  })
  test.each<[Record<string, unknown>, string[]]>([
    [{ foreign: false }, []],
    [{ foreign: true }, ['country']],
    [{ foreign: true, country: 'FR' }, ['remark']],
    [{ foreign: false, colours: ['red'] }, ['shade']],
    [{ foreign: true, country: 'FR', colours: ['red'], remark: 'x' }, []],
    [{ foreign: false, colours: ['green'] }, ['remark']],
  ])('%j still lacks %j', (answers, missing) => {
    expect(findFaults(asked, answers, today).map(({ field }) => field)).toEqual(missing)
  })

  test('what was typed before the condition hid it goes no further', () => {
    expect(settledAnswers(asked, { foreign: false, country: 'FR', colours: [], remark: ' ' })).toEqual({
      foreign: false,
    })
  })
})

test('[F106] names, telephones, mailboxes and what is confidential are masked, in rows too', () => {
  const asked = ask({
    firm: textField({ label }),
    secret: textField({ label, masking: 'hidden' }),
    people: groupField(
      {
        name: personNameField({ label }),
        telephone: telephoneField({ label }),
        email: emailField({ label }),
      },
      { label },
    ),
  })
  const { answers, masked } = maskAnswers(asked, {
    firm: '某所',
    secret: '配方',
    people: [{ name: '欧阳明', telephone: '13800001234', email: 'ouyang@example.com' }],
  })
  expect(masked).toEqual(['secret', 'people.0.name', 'people.0.telephone', 'people.0.email'])
  expect(answers['firm']).toBe('某所')
  for (const clear of ['配方', '欧阳明', '13800001234', 'ouyang@']) {
    expect(JSON.stringify(answers)).not.toContain(clear)
  }
})

test('a wrong digit of a matter number is found, and so are two neighbours that changed places', () => {
  const numbers = fc.tuple(fc.integer({ min: 2024, max: 2099 }), fc.integer({ min: 1, max: 99_999_999 }))
  fc.assert(
    fc.property(numbers, fc.nat(8), fc.integer({ min: 1, max: 9 }), ([year, serial], at, by) => {
      const right = matterNumber(year, serial)
      expect(isMatterNumber(right)).toBe(true)
      const places = [...right].flatMap((sign, place) => (sign === '-' ? [] : [place]))
      const place = places[at % places.length] ?? 0
      const wrong = `${right.slice(0, place)}${(Number(right[place]) + by) % 10}${right.slice(place + 1)}`
      expect(isMatterNumber(wrong)).toBe(false)
      const next = right[place + 1] ?? '-'
      // Luhn does not tell 09 from 90; every other pair it does.
      const pair = `${right[place]}${next}`
      if (next === '-' || pair[0] === pair[1] || pair === '09' || pair === '90') return
      const swapped = `${right.slice(0, place)}${next}${right[place]}${right.slice(place + 2)}`
      expect(isMatterNumber(swapped)).toBe(false)
    }),
  )
})

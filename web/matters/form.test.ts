import { describe, expect, test } from 'vitest'
import {
  choiceField,
  fileField,
  form,
  groupField,
  moneyField,
  numberField,
  section,
  textField,
  when,
  whenFilled,
} from '../../src/matters/form.rules.ts'
import { isNeeded, questionAt, sectionsOf } from './form.ts'
import { formPages, indexOfPage } from './pages.ts'

const words = (text: string) => ({ zh: `${text}（中）`, en: text })

const declared = form(
  section('firm', words('Firm'), {
    kind: choiceField({ label: words('Kind'), options: { agency: words('Agency'), other: words('Other') } }),
    licence: textField({ label: words('Licence'), when: when('kind', 'agency'), maxLength: 5 }),
    revenue: moneyField({ label: words('Revenue'), required: false }),
    staff: numberField({ label: words('Staff'), unit: words('people') }),
  }),
  section('owners', words('Owners'), {
    owners: groupField(
      {
        name: textField({ label: words('Owner') }),
        paper: fileField({
          label: words('Paper'),
          accepts: ['application/pdf', 'image/png'],
          maxBytes: 5,
          when: whenFilled('name'),
        }),
      },
      { label: words('Owners'), when: when('kind', 'agency') },
    ),
  }),
)

const names = (answers: Record<string, unknown>) =>
  sectionsOf(declared, answers).map(({ name, questions }) => [name, questions.map((one) => one.name)])

describe('[F004] a declared form becomes questions', () => {
  test('a condition shows and hides a question, and a section that asks nothing is no page', () => {
    expect(names({})).toEqual([['firm', ['kind', 'revenue', 'staff']]])
    expect(names({ kind: 'agency' })).toEqual([
      ['firm', ['kind', 'licence', 'revenue', 'staff']],
      ['owners', ['owners']],
    ])
  })

  test('words come in the reader’s language, limits and units with them', () => {
    const [firm, owners] = sectionsOf(declared, { kind: 'agency' })
    expect(firm?.title).toBe('Firm（中）')
    expect(firm?.questions).toMatchObject([
      { kind: 'choice', options: [{ value: 'agency', label: 'Agency（中）' }, { value: 'other' }] },
      { kind: 'text', maxLength: 5, required: true },
      { kind: 'money', required: false },
      { kind: 'number', unit: 'people（中）' },
    ])
    expect(owners?.questions[0]?.rows?.({})).toMatchObject([{ name: 'name' }])
    expect(owners?.questions[0]?.rows?.({ name: '张三' })).toMatchObject([
      { name: 'name' },
      { name: 'paper', accept: 'application/pdf,image/png', maxBytes: 5 },
    ])
  })

  test('a fault deep in a group finds its question', () => {
    const sections = sectionsOf(declared, { kind: 'agency' })
    expect(questionAt(sections, 'owners.3.name')?.label).toBe('Owner（中）')
    expect(questionAt(sections, 'licence')?.label).toBe('Licence（中）')
    expect(questionAt(sections, 'nowhere')).toBeUndefined()
  })

  test('a material may hang on an answer', () => {
    expect(isNeeded(true, {})).toBe(true)
    expect(isNeeded(when('kind', 'agency'), {})).toBe(false)
    expect(isNeeded(when('kind', 'agency'), { kind: 'agency' })).toBe(true)
  })
})

describe('[F004] [F008] pages of filling in', () => {
  const sections = sectionsOf(declared, { kind: 'agency' })
  const material = {
    code: 'licence',
    names: words('Licence'),
    hint: null,
    required: true,
    accepts: ['application/pdf'],
    maxBytes: 1,
    atMost: 1,
  }

  test('a section is a page on a wide screen, on a phone every thing is one', () => {
    expect(formPages(sections, [material], false).map(({ id }) => id)).toEqual([
      'firm',
      'owners',
      'materials',
      'check',
    ])
    expect(formPages(sections, [material], true).map(({ id }) => id)).toEqual([
      'firm.kind',
      'firm.licence',
      'firm.revenue',
      'firm.staff',
      'owners.owners',
      'materials.licence',
      'check',
    ])
    expect(formPages(sections, [], false).map(({ id }) => id)).not.toContain('materials')
  })

  test.for([
    ['firm.staff', false, 'firm'],
    ['firm', true, 'firm.kind'],
    ['firm.staff', true, 'firm.staff'],
    ['materials', true, 'materials.licence'],
    ['check', true, 'check'],
    ['', false, 'firm'],
    ['gone', true, 'firm.kind'],
  ] as const)('the address %s on a phone: %s leads to %s', ([step, phone, id]) => {
    const pages = formPages(sections, [material], phone)
    expect(pages[indexOfPage(pages, step)]?.id).toBe(id)
  })
})

import { expect, test } from 'vitest'
import fc from 'fast-check'
import { mergeBatch } from './batch.rules.ts'
import { isNewer, merge, observedDay } from './merge.rules.ts'
import { emptyDraft, PatentRecord, type PatentDraft } from './record.rules.ts'
import { legalEvent } from './status.rules.ts'

const source = {
  run: 'r',
  file: 'f',
  line: 2,
  sheet: null,
  format: 'csv',
  observedOn: '2020-01-01',
  seenAt: '2026-01-01T00:00:00Z',
}
const record = (parts: Partial<PatentRecord> = {}, from: Partial<typeof source> = {}) =>
  PatentRecord.parse({
    publicationNumber: 'CN104751825B',
    office: 'CN',
    ...parts,
    source: { ...source, ...from },
  })

test('[F064] the newer replaces what it states and leaves the rest; the older only fills what is empty', () => {
  const stored = record({ titles: { zh: '甲' }, address: '某路', agency: null })
  const newer = record({ titles: { zh: '乙' } }, { observedOn: '2021-01-01' })
  expect(merge(stored, newer)).toMatchObject({
    outcome: 'updated',
    record: { titles: { zh: '乙' }, address: '某路' },
  })
  const older = record(
    { titles: { zh: '丙' }, agency: { name: '丁', code: null } },
    { observedOn: '2019-01-01' },
  )
  expect(merge(stored, older)).toMatchObject({
    outcome: 'updated',
    record: { titles: { zh: '甲' }, agency: { name: '丁' } },
  })
  expect(merge(stored, older)).toMatchObject({ record: { source: { observedOn: '2020-01-01' } } })
})

test('[F064] of two files of one day the one that came first is the older; in one file the row further down is the newer', () => {
  expect(isNewer({ ...source, seenAt: '2026-02-01T00:00:00Z' }, source)).toBe(true)
  expect(isNewer({ ...source, line: 3 }, source)).toBe(true)
  expect(isNewer({ ...source, line: 3, file: 'other' }, source)).toBe(false)
  expect(isNewer(source, source)).toBe(false)
})

test('[F046] the status is that of the later day; a grant says nothing of what happened since', () => {
  const lapsed = record({ stage: 'grant', legalStatus: 'lapsed', legalStatusOn: '2020-01-01' })
  const grant = record(
    { stage: 'grant', legalStatus: 'in-force', legalStatusOn: '2018-01-01' },
    { seenAt: '2026-03-01T00:00:00Z' },
  )
  expect(merge(lapsed, grant)).toEqual({ outcome: 'unchanged' })
  const restored = record(
    { events: [legalEvent('CN', 'RR01', '2020-06-01', '')] },
    { observedOn: '2020-06-01' },
  )
  expect(merge(lapsed, restored)).toMatchObject({
    record: { legalStatus: 'in-force', legalStatusOn: '2020-06-01' },
  })
})

test('[F064] a sound number is not given up for a destroyed one', () => {
  const sound = record({
    applicationNumber: 'CN201510163325.6',
    numberState: 'sound',
    applicationKey: 'CN201510163325',
  })
  const destroyed = record(
    { applicationNumber: '2.02E+12', numberState: 'destroyed' },
    { observedOn: '2022-01-01' },
  )
  expect(merge(sound, destroyed)).toEqual({ outcome: 'unchanged' })
})

test('a file that shows no day is older than any that does, and a day in the future shows nothing', () => {
  const draft = emptyDraft({ publicationNumber: 'CN104751825B', office: 'CN' })
  expect(observedDay(draft, undefined, '2026-01-01')).toBe('1900-01-01')
  expect(
    observedDay({ ...draft, filedOn: '2015-04-08', publishedOn: '2030-01-01' }, undefined, '2026-01-01'),
  ).toBe('2015-04-08')
  expect(observedDay(draft, '2020-02-02', '2026-01-01')).toBe('2020-02-02')
})

const run = {
  run: 'r',
  file: 'f',
  format: 'csv',
  seenAt: source.seenAt,
  observedOn: undefined,
  today: '2026-01-01',
}
const draft = (parts: Partial<PatentDraft>): PatentDraft => ({
  ...emptyDraft({ publicationNumber: 'CN104751825B', office: 'CN' }),
  ...parts,
})
const row = (line: number, ...drafts: PatentDraft[]) => ({ line, sheet: null, drafts })
const key = {
  applicationKey: 'CN201510163325',
  applicationNumber: 'CN201510163325.6',
  numberState: 'sound',
} as const

test('[F046] a fact about an application reaches each of its documents; without any it stands for itself until one comes', () => {
  const event = draft({
    ...key,
    publicationNumber: key.applicationKey,
    keyedBy: 'application',
    events: [legalEvent('CN', 'CF01', '2020-01-01', '')],
  })
  const documents = [
    draft({ ...key }),
    draft({ ...key, publicationNumber: 'CN104751825A', stage: 'application' }),
  ]
  const joined = mergeBatch([row(2, ...documents), row(3, event)], [], run)
  expect(joined.changed.map(({ publicationNumber, events }) => [publicationNumber, events.length])).toEqual([
    ['CN104751825B', 1],
    ['CN104751825A', 1],
  ])
  const alone = mergeBatch([row(2, event)], [], run)
  expect(alone.outcomes).toEqual(['accepted'])
  const later = mergeBatch([row(3, documents[0] ?? event)], alone.changed, run)
  expect(later.outcomes).toEqual(['accepted'])
  expect(later.changed[0]).toMatchObject({
    publicationNumber: 'CN104751825B',
    keyedBy: 'publication',
    events: [{ code: 'CF01' }],
  })
})

test('[F064] the rows of a file once more change nothing, whatever they say and in whatever order they repeat', () => {
  const words = fc.constantFrom('甲', '乙', '丙', '')
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          n: fc.integer({ min: 1, max: 3 }),
          title: words,
          address: words,
          day: fc.constantFrom('2018-01-01', '2019-01-01', null),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      (given) => {
        const rows = given.map(({ n, title, address, day }, index) =>
          row(
            index + 2,
            draft({
              publicationNumber: `CN10475182${n}B`,
              titles: title === '' ? {} : { zh: title },
              address: address || null,
              publishedOn: day,
            }),
          ),
        )
        const first = mergeBatch(rows, [], run)
        const again = mergeBatch(rows, first.changed, run)
        expect(again.changed).toEqual([])
        expect(again.outcomes.every((outcome) => outcome === 'unchanged')).toBe(true)
      },
    ),
  )
})

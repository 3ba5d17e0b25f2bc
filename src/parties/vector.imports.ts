import { createHash } from 'node:crypto'
import type { TableRow } from '#platform/tabular/row.ts'
import { columnReader, defineImport, type Read } from '../intake/declare.ts'
import { checkCreditCode, checkResidentId } from './identifiers.rules.ts'
import { checkPatentApplication } from './patent-numbers.rules.ts'
import { maskIdNumber } from '../identity/mask.rules.ts'
import { putRows } from './reference.store.ts'
import type { Verdict } from './verdict.rules.ts'

interface VectorRow {
  readonly scheme: string
  readonly valueSha256: string
  readonly valueShown: string
  readonly expected: 'valid' | 'invalid' | 'form-only'
  readonly source: string
}

const columns = columnReader({
  code: ['code'],
  id: ['id'],
  number: ['number_as_printed'],
  expected: ['expected', 'check_digit_ok'],
  source: ['source', 'note', 'taken_from'],
})

interface Scheme {
  readonly name: string
  readonly check: (value: string) => Verdict
  readonly shown: (value: string) => string
}

const plain = (value: string) => value

// The column in which a file of vectors carries its codes says which code it is about.
const SCHEMES: Readonly<Record<'code' | 'id' | 'number', Scheme>> = {
  code: { name: 'cn-credit-code', check: checkCreditCode, shown: plain },
  id: { name: 'cn-resident-id', check: checkResidentId, shown: maskIdNumber },
  number: { name: 'cn-patent-application', check: checkPatentApplication, shown: plain },
}

const EXPECTATIONS: Readonly<Record<string, VectorRow['expected']>> = {
  valid: 'valid',
  true: 'valid',
  invalid: 'invalid',
  false: 'invalid',
  'format-only': 'form-only',
}

/** Published examples: a row is accepted when our check says what the example says, and refused where it does not. */
export const vectorImport = defineImport<VectorRow>({
  kind: 'validators',
  title: { zh: '校验位样例', en: 'Examples for check digits' },
  columns: ['code + expected', 'id + expected', 'number_as_printed + check_digit_ok'],
  recognise: (header) =>
    columns.has(header, 'expected') &&
    (['code', 'id', 'number'] as const).some((field) => columns.has(header, field)),
  reasons: {
    'disagrees-with-our-check': ({ expected = '', found = '' }) => ({
      zh: `样例称 ${expected}，本平台判为 ${found}`,
      en: `the example says ${expected}; our check says ${found}`,
    }),
  },
  open: ({ name: fileName }) => ({
    read: (row) => readVector(row, fileName),
    claim: ({ scheme, valueSha256, expected, source }) => ({
      subject: `${scheme} ${valueSha256}`,
      says: { expected, source },
    }),
    apply: async (tx, _context, batch) => {
      const rows = batch.map(({ record }, row) => ({ row, values: { ...record } }))
      const put = await putRows(tx, 'identifierVector', ['scheme', 'valueSha256'], rows)
      return put.map(({ outcome }) => ({ outcome }))
    },
  }),
})

function readVector(row: TableRow, fileName: string): Read<VectorRow> {
  const cells = columns.read(row)
  const field = (['code', 'id', 'number'] as const).find((name) => cells[name] !== undefined)
  if (field === undefined) return { refused: { reason: 'missing' } }
  const value = cells[field] ?? ''
  const { name: scheme, check, shown } = SCHEMES[field]
  const expected = EXPECTATIONS[(cells.expected ?? '').toLowerCase()]
  if (expected === undefined) {
    const detail = { allowed: Object.keys(EXPECTATIONS).join(', ') }
    return { refused: { field: 'expected', value: cells.expected ?? '', reason: 'unknown-value', detail } }
  }
  const verdict = check(value)
  if (!agrees(verdict, expected)) {
    const found = verdict.valid ? 'valid' : verdict.reason
    return {
      refused: {
        field,
        value: shown(value),
        reason: 'disagrees-with-our-check',
        detail: { expected, found },
      },
    }
  }
  const valueSha256 = createHash('sha256').update(value).digest('hex')
  return {
    record: { scheme, valueSha256, valueShown: shown(value), expected, source: cells.source ?? fileName },
  }
}

/** `format-only` asserts the form and leaves the check character open. */
function agrees(verdict: Verdict, expected: VectorRow['expected']): boolean {
  if (expected === 'form-only') return verdict.valid || verdict.reason === 'check'
  return verdict.valid === (expected === 'valid')
}

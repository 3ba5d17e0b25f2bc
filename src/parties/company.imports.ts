import type { RefusedField } from '#platform/import-report.ts'
import type { TableRow } from '#platform/tabular/row.ts'
import type { Tx } from '#platform/database.ts'
import { defineImport, type Placed, type Read, type RowOutcome } from '../intake/declare.ts'
import { checkStockCode } from './identifiers.rules.ts'
import { nameKey, tidyName } from './names.rules.ts'
import { countCompaniesByName, findKnownStockCodes, findNamesBorne, putRows } from './reference.store.ts'

const refused = (why: RefusedField): { refused: RefusedField } => ({ refused: why })

interface CompanyRow {
  readonly stockCode: string
  readonly shortName: string
  readonly nameKey: string
  readonly board: string | null
  readonly industries: Readonly<Record<string, readonly string[]>>
}

// Each classification has its own columns, from the widest class to the narrowest.
const CLASSIFICATIONS: Readonly<Record<string, RegExp>> = {
  csrc: /^证监会行业$/,
  wind: /^Wind.级行业$/,
  shenwan: /^申银万国.级行业$/,
  citic: /^中信.级行业$/,
  hangseng: /^恒生.级行业$/,
}

/** Listed companies with their place in the classifications of industries, by stock code. */
const companyIndustries = defineImport<CompanyRow>({
  kind: 'company-industries',
  title: { zh: '上市公司行业', en: 'Industries of listed companies' },
  joins: true,
  columns: ['代码', '简称', '证监会行业 …'],
  recognise: (header) => ['代码', '简称', '证监会行业'].every((name) => header.includes(name)),
  open: ({ name: source }) => ({
    read: readCompany,
    claim: ({ stockCode, ...says }) => ({ subject: stockCode, says }),
    apply: (tx, _context, batch) => applyCompanies(tx, source, batch),
  }),
})

function readCompany({ cells }: TableRow): Read<CompanyRow> {
  const { 代码: code = '', 简称: shortName = '', 上市板: board = '' } = cells
  const verdict = checkStockCode(code)
  if (!verdict.valid) return refused({ field: '代码', value: code, reason: verdict.reason })
  if (shortName === '') return refused({ field: '简称', reason: 'missing' })
  const industries = Object.fromEntries(
    Object.entries(CLASSIFICATIONS).flatMap(([scheme, columns]) => {
      const names = Object.entries(cells).filter(([name, value]) => columns.test(name) && value !== '')
      return names.length === 0 ? [] : [[scheme, names.map(([, value]) => value)]]
    }),
  )
  const name = tidyName(shortName)
  return {
    record: {
      stockCode: verdict.value,
      shortName: name,
      nameKey: nameKey(name),
      board: board === '' ? null : board,
      industries,
    },
  }
}

async function applyCompanies(
  tx: Tx,
  source: string,
  batch: readonly Placed<CompanyRow>[],
): Promise<RowOutcome[]> {
  const put = await putRows(
    tx,
    'listedCompany',
    ['stockCode'],
    batch.map(({ record }, row) => ({ row, values: { ...record, source } })),
  )
  const known = await findKnownStockCodes(
    tx,
    batch.map(({ record }) => record.stockCode),
  )
  return joined(put, batch, ({ stockCode, shortName }) =>
    known.has(stockCode) ? true : { unmatched: `${stockCode} ${shortName}` },
  )
}

interface ProfileRow {
  readonly nameKey: string
  readonly shortName: string
  readonly byKind: Counts
  readonly byStatus: Counts
  readonly appliedByYear: Counts
  readonly publishedByYear: Counts
}

type Counts = Readonly<Record<string, number>>

const KINDS: Readonly<Record<string, string>> = {
  外观设计: 'design',
  实用新型: 'utility-model',
  发明公布: 'invention-published',
  发明授权: 'invention-granted',
}
const STATUSES: Readonly<Record<string, string>> = {
  权利终止: 'terminated',
  授权: 'granted',
  未缴年费: 'fee-unpaid',
  实质审查: 'under-examination',
  期限届满: 'expired',
  驳回: 'refused',
  公开: 'published',
  撤回: 'withdrawn',
  避重授权: 'double-patenting-waived',
  权利恢复: 'restored',
  全部无效: 'invalid',
  部分无效: 'partly-invalid',
  放弃: 'abandoned',
}

/** Counts of a company's patents by kind, legal status and year. The file names companies by their short names only. */
const companyPatentProfiles = defineImport<ProfileRow>({
  kind: 'company-patent-profiles',
  title: { zh: '上市公司专利概况', en: 'Patent profiles of listed companies' },
  joins: true,
  columns: [
    '公司名称',
    '外观设计',
    '实用新型',
    '发明公布',
    '发明授权',
    '…',
    '2012–2021',
    'public2013–public2022',
  ],
  recognise: (header) =>
    ['公司名称', '外观设计', '实用新型', '发明授权'].every((name) => header.includes(name)),
  open: ({ name: source }) => ({
    read: readProfile,
    claim: ({ nameKey: subject, ...says }) => ({ subject, says }),
    apply: (tx, _context, batch) => applyProfiles(tx, source, batch),
  }),
})

function readProfile({ cells }: TableRow): Read<ProfileRow> {
  const { 公司名称: given = '', ...columns } = cells
  const shortName = tidyName(given)
  if (shortName === '') return refused({ field: '公司名称', reason: 'missing' })
  const counts = { byKind: {}, byStatus: {}, appliedByYear: {}, publishedByYear: {} } as Record<
    string,
    Record<string, number>
  >
  for (const [column, value] of Object.entries(columns)) {
    if (value === '') continue
    if (!/^\d+$/.test(value)) return refused({ field: column, value, reason: 'not-a-number' })
    const [group, name] = groupOf(column)
    if (group !== undefined) counts[group]![name] = Number(value)
  }
  return {
    record: {
      nameKey: nameKey(shortName),
      shortName,
      ...(counts as unknown as Omit<ProfileRow, 'nameKey' | 'shortName'>),
    },
  }
}

function groupOf(column: string): [keyof ProfileRow | undefined, string] {
  if (KINDS[column] !== undefined) return ['byKind', KINDS[column]]
  if (STATUSES[column] !== undefined) return ['byStatus', STATUSES[column]]
  if (/^\d{4}$/.test(column)) return ['appliedByYear', column]
  const year = /^public(\d{4})$/.exec(column)?.[1]
  return year === undefined ? [undefined, column] : ['publishedByYear', year]
}

async function applyProfiles(
  tx: Tx,
  source: string,
  batch: readonly Placed<ProfileRow>[],
): Promise<RowOutcome[]> {
  const put = await putRows(
    tx,
    'companyPatentProfile',
    ['nameKey'],
    batch.map(({ record }, row) => ({ row, values: { ...record, source } })),
  )
  const companies = await countCompaniesByName(
    tx,
    batch.map(({ record }) => record.nameKey),
  )
  // Two companies with one short name leave the row unjoined: guessing would be worse.
  return joined(put, batch, (row) => (companies.get(row.nameKey) === 1 ? true : { unmatched: row.shortName }))
}

function joined<Item>(
  put: Awaited<ReturnType<typeof putRows>>,
  batch: readonly Placed<Item>[],
  match: (record: Item) => true | { unmatched: string },
): RowOutcome[] {
  return batch.map(({ record }, row) => ({
    outcome: put[row]?.outcome ?? 'unchanged',
    matched: match(record),
  }))
}

interface PenaltyRow {
  readonly agencyName: string
  readonly nameKey: string
  readonly sanction: string
  readonly months: number | null
  readonly abnormalApplications: number | null
  readonly refiledAfterWithdrawal: number | null
}

/**
 * Published sanctions of agencies. They name the agency and give neither code nor date, so they are kept as they stand and
 * joined to a party by a person; `matched` counts the names that a party bears.
 */
const agencyPenalties = defineImport<PenaltyRow>({
  kind: 'agency-penalties',
  title: { zh: '专利代理机构处罚决定', en: 'Sanctions of patent agencies' },
  joins: true,
  columns: ['agency', 'sanction', 'months', 'abnormal_applications', 'refiled_after_withdrawal'],
  recognise: (header) => header.includes('agency') && header.includes('sanction'),
  open: ({ name: source }) => ({
    read: readPenalty,
    claim: ({ nameKey: agency, sanction, ...says }) => ({ subject: `${agency} ${sanction}`, says }),
    apply: (tx, _context, batch) => applyPenalties(tx, source, batch),
  }),
})

function readPenalty({ cells }: TableRow): Read<PenaltyRow> {
  const { agency = '', sanction = '' } = cells
  if (agency === '') return refused({ field: 'agency', reason: 'missing' })
  if (sanction === '') return refused({ field: 'sanction', reason: 'missing' })
  for (const field of ['months', 'abnormal_applications', 'refiled_after_withdrawal']) {
    const value = cells[field] ?? ''
    if (value !== '' && !/^\d{1,6}$/.test(value)) return refused({ field, value, reason: 'not-a-number' })
  }
  const number = (field: string) => (cells[field] ? Number(cells[field]) : null)
  const agencyName = tidyName(agency)
  return {
    record: {
      agencyName,
      nameKey: nameKey(agencyName),
      sanction: sanction.trim(),
      months: number('months'),
      abnormalApplications: number('abnormal_applications'),
      refiledAfterWithdrawal: number('refiled_after_withdrawal'),
    },
  }
}

async function applyPenalties(
  tx: Tx,
  source: string,
  batch: readonly Placed<PenaltyRow>[],
): Promise<RowOutcome[]> {
  const put = await putRows(
    tx,
    'agencyPenalty',
    ['nameKey', 'sanction'],
    batch.map(({ record }, row) => ({ row, values: { ...record, source } })),
  )
  const known = await findNamesBorne(
    tx,
    batch.map(({ record }) => record.nameKey),
  )
  return joined(put, batch, (row) => (known.has(row.nameKey) ? true : { unmatched: row.agencyName }))
}

export const companyImports = [companyIndustries, companyPatentProfiles, agencyPenalties]

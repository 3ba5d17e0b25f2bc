import type { CalendarDate } from '#platform/calendar.ts'
import { isDate } from '#platform/calendar.ts'
import type { RefusedField } from '#platform/import-report.ts'
import {
  columnReader,
  defineImport,
  type AnyImporter,
  type Claim,
  type Placed,
  type Read,
  type RowOutcome,
} from '../intake/declare.ts'
import { nameKey } from './names.rules.ts'
import type { IdentifierGiven, OrganisationGiven, StandingGiven } from './rules.ts'
import { readOrganisation, STANDING_NAMES, STANDINGS } from './rules.ts'
import { upsertOrganisations } from './register.store.ts'
import type { Recording, Registered } from './state.store.ts'
import type { Tx } from '#platform/database.ts'
import { referenceImports } from './reference.imports.ts'
import { companyImports } from './company.imports.ts'
import { vectorImport } from './vector.imports.ts'

const organisationColumns = columnReader({
  name: ['名称', '企业名称', '单位名称', '机构名称', '公司名称', 'name', 'organisation', 'company'],
  creditCode: [
    '统一社会信用代码',
    '社会信用代码',
    '信用代码',
    'creditCode',
    'unified social credit code',
    'uscc',
  ],
  nameEn: ['英文名称', 'nameEn', 'english name'],
  regionCode: ['行政区划代码', '区划代码', 'regionCode', 'region'],
  industryCode: ['行业代码', 'industryCode', 'industry'],
  address: ['地址', '住所', 'address'],
  country: ['国家', '国家或地区', 'country'],
  registration: ['注册号', '登记号', 'registrationNumber', 'registration'],
  lei: ['LEI', '法人识别编码'],
  formerName: ['曾用名', '原名称', 'formerName', 'former name'],
  standing: ['资质', '称号', 'standing'],
  standingFrom: ['资质起始日', '认定日期', 'standingFrom', 'valid from'],
  standingTo: ['资质截止日', '有效期至', 'standingTo', 'valid to'],
})

type OrganisationCells = ReturnType<typeof organisationColumns.read>

const organisations = defineImport<OrganisationGiven>({
  kind: 'organisations',
  title: { zh: '单位', en: 'Organisations' },
  joins: true,
  columns: ['名称 / name', '统一社会信用代码 / creditCode', '国家 / country + 注册号 / registration', '…'],
  recognise: (header) => organisationColumns.has(header, 'name'),
  open: ({ name }) => ({
    read: (row) => readRow(organisationColumns.read(row)),
    columnOf: organisationColumns.columnOf,
    claim: claimOf,
    apply: (tx, { today }, batch) => register(tx, { on: today, source: name }, batch),
  }),
})

function readRow(cells: OrganisationCells): Read<OrganisationGiven> {
  const { name, creditCode, nameEn, regionCode, industryCode, address, country, formerName } = cells
  if (name === undefined) return refused({ field: 'name', reason: 'missing' })
  const tooLong = longer({ name, nameEn, formerName }, 300) ?? longer({ address }, 500)
  if (tooLong) return refused(tooLong)
  if (regionCode !== undefined && !/^\d{6}$/.test(regionCode)) {
    return refused({ field: 'regionCode', value: regionCode, reason: 'region' })
  }
  if (industryCode !== undefined && !/^[A-Z]?\d{0,4}$/.test(industryCode)) {
    return refused({ field: 'industryCode', value: industryCode, reason: 'form' })
  }
  const standing = readStanding(cells)
  if ('refused' in standing) return standing
  const read = readOrganisation({
    name,
    ...(creditCode === undefined ? {} : { creditCode }),
    ...(nameEn === undefined ? {} : { nameEn }),
    ...(regionCode === undefined ? {} : { regionCode }),
    ...(industryCode === undefined ? {} : { industryCode }),
    ...(address === undefined ? {} : { address }),
    ...(country === undefined ? {} : { country: country.toUpperCase() }),
    identifiers: foreignIdentifiers(cells),
    aliases: formerName === undefined ? [] : [{ kind: 'former', name: formerName }],
    standings: standing.record,
  })
  return 'ok' in read ? { record: read.ok } : refusedCode(read.problem)
}

function foreignIdentifiers({ country, registration, lei }: OrganisationCells): IdentifierGiven[] {
  const identifiers: IdentifierGiven[] = []
  if (registration !== undefined) {
    identifiers.push({
      scheme: 'foreign-registration',
      country: country?.toUpperCase() ?? '',
      value: registration,
    })
  }
  if (lei !== undefined) identifiers.push({ scheme: 'lei', value: lei })
  return identifiers
}

function readStanding({ standing, standingFrom, standingTo }: OrganisationCells): Read<StandingGiven[]> {
  if (standing === undefined) return { record: [] }
  const name = STANDING_NAMES.find((code) => code === standing || STANDINGS[code].zh === standing)
  if (name === undefined) {
    const allowed = STANDING_NAMES.map((code) => STANDINGS[code].zh).join('、')
    return refused({ field: 'standing', value: standing, reason: 'unknown-value', detail: { allowed } })
  }
  if (standingFrom === undefined) return refused({ field: 'standingFrom', reason: 'missing' })
  const from = readDay(standingFrom)
  if (from === undefined) return refused({ field: 'standingFrom', value: standingFrom, reason: 'not-a-day' })
  const to = standingTo === undefined ? undefined : readDay(standingTo)
  if (standingTo !== undefined && (to === undefined || to <= from)) {
    return refused({ field: 'standingTo', value: standingTo, reason: 'not-a-day' })
  }
  return { record: [{ standing: name, validFrom: from, ...(to === undefined ? {} : { validTo: to }) }] }
}

/** `2024-01-31`, `2024/1/31`, `2024.1.31` and `2024年1月31日` are one day. */
function readDay(text: string): CalendarDate | undefined {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC').trim())
  const [, year = '', month = '', day = ''] = parts ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDate(iso) ? iso : undefined
}

function longer(
  fields: Readonly<Record<string, string | undefined>>,
  most: number,
): RefusedField | undefined {
  const [field, value] = Object.entries(fields).find(([, text]) => (text?.length ?? 0) > most) ?? []
  return field === undefined || value === undefined
    ? undefined
    : { field, value, reason: 'too-long', detail: { most } }
}

/** By its code the row says who it is about; one without a code is about the name. */
function claimOf(organisation: OrganisationGiven): Claim {
  const {
    name,
    creditCode,
    nameEn,
    regionCode,
    industryCode,
    address,
    identifiers = [],
    standings = [],
  } = organisation
  const [identifier] = identifiers
  const subject =
    creditCode ??
    (identifier ? `${identifier.scheme} ${identifier.country ?? ''} ${identifier.value}` : nameKey(name))
  const terms = standings.map(({ standing, validFrom, validTo = null }) => [
    `${standing} ${validFrom}`,
    validTo,
  ])
  return { subject, says: { name, nameEn, regionCode, industryCode, address, ...Object.fromEntries(terms) } }
}

const refused = (why: RefusedField): { refused: RefusedField } => ({ refused: why })

function refusedCode({
  field,
  value,
  reason,
  expectedCheck,
}: {
  field: string
  value: string
  reason: string
  expectedCheck?: string
}): { refused: RefusedField } {
  return refused({
    field,
    value,
    reason,
    ...(expectedCheck === undefined ? {} : { detail: { expectedCheck } }),
  })
}

async function register(
  tx: Tx,
  recording: Recording,
  batch: readonly Placed<OrganisationGiven>[],
): Promise<RowOutcome[]> {
  const registered = await upsertOrganisations(
    tx,
    recording,
    batch.map(({ record }) => record),
  )
  return registered.map(asOutcome)
}

function asOutcome({ id, outcome, matchedBy }: Registered): RowOutcome {
  return {
    outcome: outcome === 'created' ? 'accepted' : outcome,
    ...(matchedBy === null ? {} : { matched: true }),
    ...(outcome === 'unchanged' ? {} : { seals: [{ table: 'party', id }] }),
  }
}

const agencyColumns = columnReader({
  code: ['agency_code', '机构代码', '代理机构代码', 'agencyCode'],
  name: ['agency_name', '机构名称', '代理机构名称', 'agencyName'],
})

/** Patent agencies as records and registers name them: code and name. The same code is the same agency whatever its name. */
const agencies = defineImport<OrganisationGiven>({
  kind: 'agencies',
  title: { zh: '专利代理机构代码与名称', en: 'Codes and names of patent agencies' },
  joins: true,
  columns: ['agency_code / 机构代码', 'agency_name / 机构名称'],
  recognise: (header) => agencyColumns.has(header, 'code', 'name'),
  open: ({ name: source }) => ({
    read: (row) => {
      const { code, name } = agencyColumns.read(row)
      if (code === undefined) return refused({ field: 'code', reason: 'missing' })
      if (name === undefined) return refused({ field: 'name', reason: 'missing' })
      const tooLong = longer({ name }, 300)
      if (tooLong) return refused(tooLong)
      const read = readOrganisation({ name, identifiers: [{ scheme: 'cn-patent-agency-code', value: code }] })
      return 'ok' in read ? { record: read.ok } : refusedCode({ ...read.problem, field: 'code' })
    },
    claim: claimOf,
    columnOf: agencyColumns.columnOf,
    apply: (tx, { today }, batch) => register(tx, { on: today, source }, batch),
  }),
})

/** Every kind of file that this room takes. */
export const partyImports: readonly AnyImporter[] = [
  organisations,
  agencies,
  ...referenceImports,
  ...companyImports,
  vectorImport,
]

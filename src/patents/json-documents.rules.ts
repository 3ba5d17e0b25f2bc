/** JSON of others: a register of companies' patents as data vendors give it, and the open data of the USPTO. */
import { symbol, locarnoClass } from './classes.rules.ts'
import { dayIn } from './days.rules.ts'
import { agencyIn, namesIn, partyOf } from './names.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import {
  emptyDraft,
  type LegalEvent,
  type PatentDraft,
  type PatentParty,
  type Transfer,
} from './record.rules.ts'
import { legalEvent, settledStatus, statusInWords } from './status.rules.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])
const objects = (value: unknown): readonly Json[] => list(value).filter(isObject)
const day = (value: unknown): string | null => dayIn(text(value)) ?? null
const member = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, name) => (isObject(found) ? found[name] : undefined), value)

/** A list that may be written as a list, as JSON inside a text, or as a text with separators. */
function names(value: unknown): string[] {
  const given = text(value)
  if (given.startsWith('[')) {
    try {
      return list(JSON.parse(given)).map(text).filter(Boolean)
    } catch {
      return namesIn(given)
    }
  }
  return Array.isArray(value) ? list(value).map(text).filter(Boolean) : namesIn(given)
}

export const isVendorRecord = (value: unknown): boolean =>
  isObject(value) &&
  'PublicationNumber' in value &&
  ('AssigneestringList' in value || 'KindCodeDesc' in value || 'IPCList' in value)

/** As Qichacha and its like answer; undefined where no number can be read. */
export function draftOfVendor(value: unknown): PatentDraft | undefined {
  if (!isObject(value)) return undefined
  const read = documentNumber(text(value['PublicationNumber']))
  const { right: _right, ...number } = applicationNumber(text(value['ApplicationNumber']))
  const key = read?.publicationNumber ?? number.applicationKey
  if (key === null) return undefined
  const publishedOn = day(value['PublicationDate'])
  const classes = names(value['IPCList'])
  const design = read?.right === 'design'
  const ipc = design ? [] : [...new Set(classes.flatMap((one) => symbol(one) ?? []))]
  const said = statusInWords(text(value['LegalStatusDesc']))
  const title = text(value['Title'])
  const abstract = text(value['Abstract'])
  const stage = read?.stage ?? 'unknown'
  return settledStatus({
    ...emptyDraft({ publicationNumber: key, office: read?.office ?? key.slice(0, 2) }),
    ...number,
    ...(read === undefined
      ? { keyedBy: 'application' as const }
      : { kind: read.kind, right: read.right, stage }),
    filedOn: day(value['ApplicationDate']),
    publishedOn,
    grantedOn: stage === 'grant' ? publishedOn : null,
    titles: title === '' ? {} : { zh: title },
    abstracts: abstract === '' ? {} : { zh: abstract },
    applicants: names(value['AssigneestringList']).map((name) => partyOf(name)),
    inventors: names(value['InventorStringList']),
    agency: agencyIn(names(value['Agency'])[0] ?? ''),
    attorneys: names(value['Agent']),
    mainIpc: ipc[0] ?? null,
    ipc,
    locarno: design ? classes.flatMap((one) => locarnoClass(one) ?? []) : [],
    legalStatus: said ?? 'unknown',
    legalStatusOn: said === undefined ? null : day(value['LegalStatusDate']),
    events: objects(value['PatentLegalHistory']).map((one) =>
      legalEvent('CN', '', day(one['LegalStatusDate']), text(one['Desc'])),
    ),
  })
}

export const isFileWrapper = (value: unknown): boolean =>
  isObject(value) &&
  'applicationNumberText' in value &&
  ('applicationMetaData' in value || 'assignmentBag' in value)

/** One American application: its publication, its patent, or, where neither is known, the application itself. */
export function draftsOfFileWrapper(value: unknown): PatentDraft[] {
  if (!isObject(value)) return []
  const about = isObject(value['applicationMetaData']) ? value['applicationMetaData'] : {}
  const { right: _right, ...number } = applicationNumber(text(value['applicationNumberText']), {
    office: 'US',
  })
  const observedOn = day(value['lastIngestionDateTime']) ?? undefined
  const shared: Partial<PatentDraft> = { ...number, ...biblioOf(about, value), observedOn }
  const published = documentNumber(text(about['earliestPublicationNumber']))
  const patent = text(about['patentNumber'])
  const granted =
    patent === ''
      ? undefined
      : documentNumber(patent, { office: 'US', kind: kindOfPatent(patent, published !== undefined) })
  const drafts: PatentDraft[] = []
  const grantedOn = day(about['grantDate'])
  if (granted !== undefined)
    drafts.push({
      ...emptyDraft(granted),
      ...shared,
      kind: granted.kind,
      right: granted.right,
      stage: 'grant',
      publishedOn: grantedOn,
      grantedOn,
    })
  if (published !== undefined)
    drafts.push({
      ...emptyDraft(published),
      ...shared,
      kind: published.kind,
      right: published.right,
      stage: 'application',
      publishedOn: day(about['earliestPublicationDate']),
    })
  if (drafts.length === 0 && number.applicationKey !== null)
    drafts.push({
      ...emptyDraft({ publicationNumber: number.applicationKey, office: 'US' }),
      ...shared,
      keyedBy: 'application',
    })
  return drafts.map(settledStatus)
}

/** Since 2001 a patent is B2 when its application was published before, else B1 (USPTO kind codes). */
function kindOfPatent(number: string, publishedBefore: boolean): string {
  if (number.startsWith('D')) return 'S1'
  if (number.startsWith('PP')) return publishedBefore ? 'P3' : 'P2'
  return publishedBefore ? 'B2' : 'B1'
}

function biblioOf(about: Json, value: Json): Partial<PatentDraft> {
  const title = text(about['inventionTitle'])
  const cpc = list(about['cpcClassificationBag']).flatMap((one) => symbol(text(one)) ?? [])
  const applicants = objects(about['applicantBag']).map((one) => party(one, 'applicantNameText'))
  const attorneys = objects(member(value, 'recordAttorney', 'attorneyBag'))
  const status = statusInWords(text(about['applicationStatusDescriptionText']))
  return {
    filedOn: day(about['filingDate']) ?? day(about['effectiveFilingDate']),
    titles: title === '' ? {} : { en: title },
    applicants,
    inventors: objects(about['inventorBag'])
      .map((one) => text(one['inventorNameText']))
      .filter(Boolean),
    attorneys: attorneys
      .map((one) => [text(one['firstName']), text(one['lastName'])].filter(Boolean).join(' '))
      .filter(Boolean),
    address: applicants[0]?.address ?? null,
    cpc: [...new Set(cpc)],
    legalStatus: status ?? ('unknown' as const),
    legalStatusOn: status === undefined ? null : day(about['applicationStatusDate']),
    events: objects(value['eventDataBag']).map((one): LegalEvent =>
      legalEvent('US', text(one['eventCode']), day(one['eventDate']), text(one['eventDescriptionText'])),
    ),
    transfers: objects(value['assignmentBag']).map(transferOf),
  }
}

function party(value: Json, name: string): PatentParty {
  const place =
    objects(value['correspondenceAddressBag'])[0] ??
    (isObject(value['assigneeAddress']) ? value['assigneeAddress'] : {})
  const address = ['addressLineOneText', 'cityName', 'geographicRegionName', 'countryName']
    .map((part) => text(place[part]))
    .filter(Boolean)
  const country = text(place['countryCode'])
  return {
    name: text(value[name]),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    address: address.join(', ').slice(0, 1000) || null,
  }
}

function transferOf(value: Json): Transfer {
  const from = objects(value['assignorBag'])
  const executed = from
    .flatMap((one) => day(one['executionDate']) ?? [])
    .toSorted()
    .at(-1)
  const recordedOn = day(value['assignmentRecordedDate'])
  return {
    on: executed ?? recordedOn,
    recordedOn,
    from: from.map((one) => ({ name: text(one['assignorName']), country: null, address: null })),
    to: objects(value['assigneeBag']).map((one) => party(one, 'assigneeNameText')),
    text: `${text(value['conveyanceText'])} ${text(value['reelAndFrameNumber'])}`.trim(),
  }
}

export const isTrial = (value: unknown): boolean =>
  isObject(value) && isObject(value['patentOwnerData']) && 'trialNumber' in value

/** A proceeding before the board of the USPTO against a patent, as an event of that patent. */
export function draftsOfTrial(value: unknown): PatentDraft[] {
  const owner = member(value, 'patentOwnerData')
  const { right: _right, ...number } = applicationNumber(text(member(owner, 'applicationNumberText')), {
    office: 'US',
  })
  const read = documentNumber(text(member(owner, 'patentNumber')), { office: 'US' })
  const key = number.applicationKey ?? read?.publicationNumber
  if (key === undefined) return []
  const on =
    day(member(value, 'decisionData', 'decisionIssueDate')) ??
    day(member(value, 'documentData', 'documentFilingDate')) ??
    day(member(value, 'trialMetaData', 'petitionFilingDate'))
  const words = [
    text(member(value, 'trialNumber')),
    text(member(value, 'documentData', 'documentTitleText')) ||
      text(member(value, 'trialMetaData', 'trialStatusCategory')),
    text(member(value, 'decisionData', 'trialOutcomeCategory')),
    text(member(value, 'regularPetitionerData', 'realPartyInInterestName')),
  ]
  const event = {
    code: 'PTAB',
    scheme: 'US',
    on,
    text: words.filter(Boolean).join(' · ').slice(0, 4000),
    effect: null,
  }
  const draft = emptyDraft({ publicationNumber: key, office: 'US' })
  return [
    {
      ...draft,
      ...number,
      keyedBy: number.applicationKey === null ? 'publication' : 'application',
      right: 'invention',
      events: [event],
    },
  ]
}

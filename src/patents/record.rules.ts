/**
 * The normal form: what every file of patents becomes, whatever office or vendor it came from. Import writes it, search and
 * landscapes read it, and one JSON line of it is a format of its own that can be imported again.
 */
import { z } from 'zod'

/** A day, `YYYY-MM-DD`. Days that no calendar has are never stored. */
const Day = z.iso.date()
const Name = z.string().min(1).max(500)
/** By language, ISO 639-1 (`zh`, `en`, …); `und` where the file does not say. */
const ByLanguage = z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().min(1).max(200_000))

/**
 * What is known of an application number.
 * `sound`: Chinese, with its check digit, which is right. `unchecked`: nothing to check it by (no check digit given, another
 * office). `checkDigitFails`: kept as given, joined to nothing. `destroyed`: a spreadsheet made `2.01E+12` of it; kept as it
 * stands and never guessed. `malformed`: not in the form of a number of its office, kept as given. `missing`: the file has none.
 */
export const NumberState = z.enum([
  'sound',
  'unchecked',
  'checkDigitFails',
  'destroyed',
  'malformed',
  'missing',
])
export type NumberState = z.infer<typeof NumberState>

export const Right = z.enum(['invention', 'utility-model', 'design', 'plant', 'other'])
export type Right = z.infer<typeof Right>

/** Whether the document publishes an application or a right that was granted; decides which of two documents is later. */
export const Stage = z.enum(['application', 'grant', 'unknown'])
export type Stage = z.infer<typeof Stage>

/**
 * `pending` filed or published and not decided; `in-force` granted and alive; `lapsed` ended by unpaid fees; `expired` ended by
 * its term; `abandoned` given up; `withdrawn` (or deemed so), `refused`, `revoked` (invalidated as a whole); `ended` some other or
 * unnamed end; `unknown` where no file says.
 */
export const LegalStatus = z.enum([
  'pending',
  'in-force',
  'lapsed',
  'expired',
  'abandoned',
  'withdrawn',
  'refused',
  'revoked',
  'ended',
  'unknown',
])
export type LegalStatus = z.infer<typeof LegalStatus>

/** An applicant, owner, assignor or assignee. `country` is ISO 3166-1 alpha-2 (WIPO ST.3 for organisations such as EP). */
export const PatentParty = z.object({
  name: Name,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  address: z.string().max(1000).nullable().default(null),
})
export type PatentParty = z.infer<typeof PatentParty>

const Priority = z.object({
  office: z.string().max(4).nullable().default(null),
  number: z.string().min(1).max(60),
  on: Day.nullable().default(null),
})
export type Priority = z.infer<typeof Priority>

const Citation = z.object({
  /** Of a patent document, normalised like a publication number; null for other literature. */
  number: z.string().max(60).nullable().default(null),
  text: z.string().max(4000).nullable().default(null),
  by: z.enum(['examiner', 'applicant', 'other']).nullable().default(null),
})
export type Citation = z.infer<typeof Citation>

/** Something that happened to an application or a right. `effect` is the status it brings; null when it changes none. */
export const LegalEvent = z.object({
  code: z.string().max(20),
  /** Whose code it is: the gazette's own (`CN`, `EP`, `US` …), or `text` where the file gives words only. */
  scheme: z.string().max(10),
  on: Day.nullable(),
  text: z.string().max(4000).default(''),
  effect: LegalStatus.nullable().default(null),
})
export type LegalEvent = z.infer<typeof LegalEvent>

/** A right changed hands. `on` is the day it took effect, else the day it was recorded. */
export const Transfer = z.object({
  on: Day.nullable(),
  recordedOn: Day.nullable().default(null),
  from: z.array(PatentParty).max(200),
  to: z.array(PatentParty).max(200),
  text: z.string().max(4000).default(''),
})
export type Transfer = z.infer<typeof Transfer>

/** The fee of one year of a right. Amounts in the smallest unit of the currency (fen for CNY). */
export const Annuity = z.object({
  year: z.int().min(1).max(30),
  dueOn: Day.nullable().default(null),
  paidOn: Day.nullable().default(null),
  amount: z.int().min(0).nullable().default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('CNY'),
  state: z.enum(['due', 'paid', 'overdue', 'lapsed']),
})
export type Annuity = z.infer<typeof Annuity>

const Claims = z.object({
  language: z.string().regex(/^[a-z]{2,3}$/),
  /** False where the file gives the first or the independent ones only. */
  complete: z.boolean(),
  texts: z.array(z.string().min(1).max(200_000)).min(1).max(2000),
})
export type Claims = z.infer<typeof Claims>

const International = z.object({
  applicationNumber: z.string().max(60).nullable().default(null),
  publicationNumber: z.string().max(60).nullable().default(null),
  nationalPhaseOn: Day.nullable().default(null),
})

/** Where a record was last read from, so that any value can be looked up in what was really sent. */
export const RecordSource = z.object({
  /** The run of the import (`patent_import.id`). */
  run: z.string().max(60),
  file: z.string().max(300),
  line: z.int().min(1),
  sheet: z.string().max(100).nullable().default(null),
  format: z.string().max(40),
  /** The day whose state of affairs it shows: what the importer said of the file, otherwise the latest day in the record. */
  observedOn: Day,
  /** When this very file (by its hash) was first imported; of two files of one day the one that came first is the older. */
  seenAt: z.iso.datetime().default('1970-01-01T00:00:00Z'),
})
export type RecordSource = z.infer<typeof RecordSource>

const codes = (most: number) => z.array(z.string().min(1).max(40)).max(most).default([])

/** One published document, or one application of which no document is known yet. */
export const PatentRecord = z.object({
  /**
   * The key: office, number and kind, `CN104751825B`. Where only the application is known, its number without check digit
   * (`CN85105156`), which no document bears because it has no kind; `keyedBy` says which.
   */
  publicationNumber: z.string().regex(/^[A-Z]{2}[A-Z0-9/]{1,40}$/),
  keyedBy: z.enum(['publication', 'application']).default('publication'),
  /** `CN201510163325.6`; as given when it is destroyed or its check digit fails; empty when missing. */
  applicationNumber: z.string().max(60).default(''),
  numberState: NumberState.default('missing'),
  /** Joins the documents of one application: office and number without check digit; null unless sound or unchecked. */
  applicationKey: z.string().max(60).nullable().default(null),
  office: z.string().regex(/^[A-Z]{2}$/),
  kind: z.string().max(4).default(''),
  right: Right.default('other'),
  stage: Stage.default('unknown'),
  titles: ByLanguage.default({}),
  abstracts: ByLanguage.default({}),
  claims: Claims.nullable().default(null),
  filedOn: Day.nullable().default(null),
  publishedOn: Day.nullable().default(null),
  grantedOn: Day.nullable().default(null),
  priorities: z.array(Priority).max(500).default([]),
  international: International.nullable().default(null),
  /** The application that this one was divided from. */
  divisionOf: z.string().max(60).nullable().default(null),
  applicants: z.array(PatentParty).max(500).default([]),
  /** Who owns it now, where a file says so; otherwise empty, and the applicants stand. */
  owners: z.array(PatentParty).max(500).default([]),
  inventors: z.array(Name).max(1000).default([]),
  agency: z
    .object({
      name: z.string().max(300).nullable().default(null),
      code: z.string().max(20).nullable().default(null),
    })
    .nullable()
    .default(null),
  attorneys: z.array(Name).max(100).default([]),
  /** Of the first applicant, without its postcode. */
  address: z.string().max(1000).nullable().default(null),
  postcode: z.string().max(20).nullable().default(null),
  /** `G09G5/10`, without spaces and edition. */
  mainIpc: z.string().max(40).nullable().default(null),
  ipc: codes(1000),
  cpc: codes(2000),
  /** Locarno classes of designs, `01-01`. */
  locarno: codes(50),
  familyId: z.string().max(60).nullable().default(null),
  /** Publication numbers. */
  family: codes(2000),
  citations: z.array(Citation).max(5000).default([]),
  /** How often it is cited, as the source counts. */
  timesCited: z.int().min(0).nullable().default(null),
  legalStatus: LegalStatus.default('unknown'),
  legalStatusOn: Day.nullable().default(null),
  events: z.array(LegalEvent).max(5000).default([]),
  transfers: z.array(Transfer).max(1000).default([]),
  annuities: z.array(Annuity).max(100).default([]),
  source: RecordSource,
})
export type PatentRecord = z.infer<typeof PatentRecord>

/** A record without its source: what one row, element or object of a file says before it is known which file that was. */
export type PatentDraft = Omit<PatentRecord, 'source'> & { readonly observedOn?: string | undefined }

/** A draft of a document of which nothing else is known yet. */
export function emptyDraft(identity: Pick<PatentRecord, 'publicationNumber' | 'office'>): PatentDraft {
  return {
    ...identity,
    keyedBy: 'publication',
    applicationNumber: '',
    numberState: 'missing',
    applicationKey: null,
    kind: '',
    right: 'other',
    stage: 'unknown',
    titles: {},
    abstracts: {},
    claims: null,
    filedOn: null,
    publishedOn: null,
    grantedOn: null,
    priorities: [],
    international: null,
    divisionOf: null,
    applicants: [],
    owners: [],
    inventors: [],
    agency: null,
    attorneys: [],
    address: null,
    postcode: null,
    mainIpc: null,
    ipc: [],
    cpc: [],
    locarno: [],
    familyId: null,
    family: [],
    citations: [],
    timesCited: null,
    legalStatus: 'unknown',
    legalStatusOn: null,
    events: [],
    transfers: [],
    annuities: [],
  }
}

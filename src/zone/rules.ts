import { z } from 'zod'

import { type Deadline, DeadlinesFile, type ReceivingBody, ReceivingBodiesFile } from './deadline.rules.ts'
import { AssessmentCriteria } from './assessment.rules.ts'
import { AppraisalFile } from './appraisal.rules.ts'
import { type Governance, GovernanceFile } from './governance.rules.ts'
import { lintProfile } from './lint.rules.ts'
import {
  HolidayYear,
  type IndustrySystem,
  IndustriesFile,
  type PublishedFigure,
  type ServiceClass,
  ServiceTaxonomyFile,
  type StageRules,
  StageRulesFile,
  Suppression,
  type Target,
  TargetsFile,
  type Threshold,
  ThresholdsFile,
} from './measure.rules.ts'
import {
  type Carrier,
  CarriersFile,
  type Spaces,
  SpacesFile,
  type Station,
  StationsFile,
} from './place.rules.ts'
import { ExitFile, type ExitRules, PlacementFile, type PlacementRules } from './moving.rules.ts'
import {
  type Actors,
  ActorsFile,
  type Clause,
  ClausesFile,
  type Feature,
  FeaturesFile,
  PillarsFile,
  type Pillar,
  type Plan,
  PlanFile,
  PoliciesFile,
  type Policy,
} from './plan.rules.ts'
import { type IndustryCodes, IndustryCodesFile } from './industry-code.rules.ts'
import {
  type GradingRules,
  type IndustryDefinitions,
  IndustryPatentsFile,
  type ListingTerms,
  type NearDuplicateRules,
  PatentRulesFile,
} from './patent.rules.ts'
import { locateQuotes } from './quote.rules.ts'
import { type ReturnForms, ReturnsFile } from './returns.rules.ts'
import {
  type Bookings,
  BookingsFile,
  type SpecialServices,
  SpecialServicesFile,
} from './service-offer.rules.ts'
import { Bilingual, Code, Sample } from './words.rules.ts'

export type { Bilingual } from './words.rules.ts'
export type {
  Target,
  Threshold,
  StageRules,
  ServiceClass,
  HolidayYear,
  Suppression,
} from './measure.rules.ts'
export type { Deadline, ReceivingBody } from './deadline.rules.ts'
export type { Carrier, Station } from './place.rules.ts'
export type { Clause, Feature, Pillar, Plan, Policy } from './plan.rules.ts'

/** zone.json: who the zone is. */
export const ZoneFile = z.strictObject({
  id: Code,
  /** Raised when the shape of the folder changes, so that an old folder is refused with one clear sentence. */
  format: z.literal(1),
  names: Bilingual,
  shortNames: Bilingual,
  summary: Bilingual,
  office: Bilingual,
  region: z.strictObject({
    code: z.string().regex(/^\d{6}$/),
    names: Bilingual,
    city: z.strictObject({ code: z.string().regex(/^\d{6}$/), names: Bilingual }),
    province: z.strictObject({ code: z.string().regex(/^\d{6}$/), names: Bilingual }),
  }),
  timeZone: z.string().refine(isTimeZone, 'not a time zone of the IANA list'),
  currency: z.string().regex(/^[A-Z]{3}$/),
  languages: z.tuple([z.literal('zh'), z.literal('en')]),
  /** Words that belong to this zone alone and must therefore occur nowhere in the code. */
  ownWords: z.array(z.string().min(2)),
  contact: z.strictObject({
    sample: Sample,
    address: Bilingual.nullable(),
    telephone: z.string().min(1).nullable(),
    email: z.email().nullable(),
  }),
  /** The zone's standing so far, each step with its day. */
  milestones: z.array(z.strictObject({ on: z.string().min(4), names: Bilingual })),
})
export type ZoneFile = z.infer<typeof ZoneFile>

/** Everything that makes this zone this zone. Plain JSON: it is stored, compared and sent as it is. */
export interface ZoneProfile extends ZoneFile {
  /** SHA-256 over the folder's content: the same content is the same version wherever it is loaded. */
  version: string
  carrierModel: Bilingual
  carriers: Carrier[]
  stationKinds: Partial<Record<Station['kind'], Bilingual>>
  stations: Station[]
  industries: IndustrySystem[]
  spaces: Spaces
  plan: Plan
  clauses: Clause[]
  features: Feature[]
  pillars: Pillar[]
  actors: Actors
  targets: Target[]
  targetsNote: Bilingual
  published: PublishedFigure[]
  services: ServiceClass[]
  stageRules: StageRules[]
  stageRulesNote: Bilingual
  placement: PlacementRules[]
  exitRules: ExitRules[]
  returnForms: ReturnForms[]
  thresholds: Threshold[]
  holidays: HolidayYear[]
  policies: Policy[]
  suppression: Suppression
  governance: Governance
  appraisal: z.infer<typeof AppraisalFile>
  assessment: AssessmentCriteria
  /** Which patents belong to which industry, from the earliest version to the latest. */
  industryPatents: IndustryDefinitions[]
  industryPatentsNote: Bilingual
  /** How a university's patents are graded. */
  grading: GradingRules[]
  listingTerms: ListingTerms[]
  nearDuplicates: NearDuplicateRules[]
  /** Which firms belong to which industry, by the national classification. */
  industryCodes: IndustryCodes[]
  industryCodesNote: Bilingual
  deadlines: Deadline[]
  receivingBodies: ReceivingBody[]
  specialServices: SpecialServices
  bookings: Bookings
}

/** What the linter found: in which file, at which place of it, which rule, and what to do, in words for the zone's owner. */
export interface ZoneProblem {
  file: string
  field: string
  rule: string
  message: string
}

/** The text of every file of a zone folder by its path within the folder. */
export type ZoneFiles = Readonly<Record<string, string>>

export type ParsedZone = { profile: ZoneProfile } | { problems: ZoneProblem[] }

const SHAPES = {
  'zone.json': ZoneFile,
  'carriers.json': CarriersFile,
  'stations.json': StationsFile,
  'industries.json': IndustriesFile,
  'spaces.json': SpacesFile,
  'plan.json': PlanFile,
  'clauses.json': ClausesFile,
  'features.json': FeaturesFile,
  'pillars.json': PillarsFile,
  'actors.json': ActorsFile,
  'targets.json': TargetsFile,
  'service-taxonomy.json': ServiceTaxonomyFile,
  'stage-rules.json': StageRulesFile,
  'thresholds.json': ThresholdsFile,
  'policies.json': PoliciesFile,
  'placement.json': PlacementFile,
  'exit-rules.json': ExitFile,
  'returns.json': ReturnsFile,
  'suppression.json': Suppression,
  'governance.json': GovernanceFile,
  'appraisal.json': AppraisalFile,
  'assessment.json': AssessmentCriteria,
  'industry-patents.json': IndustryPatentsFile,
  'patent-rules.json': PatentRulesFile,
  'industry-codes.json': IndustryCodesFile,
  'deadlines.json': DeadlinesFile,
  'receiving-bodies.json': ReceivingBodiesFile,
  'special-services.json': SpecialServicesFile,
  'bookings.json': BookingsFile,
} as const

export const PLAN_TEXT = 'plan.zh.txt'
const HOLIDAY_FILE = /^calendar\/\d{4}\.json$/

type Shapes = typeof SHAPES
type Parsed = { [File in keyof Shapes]: z.infer<Shapes[File]> }

/**
 * Reads a zone folder. Shape comes first; rules across files are only asked of a folder whose every file has its shape.
 * A profile comes back only when nothing at all was found.
 */
export function parseProfile(files: ZoneFiles, version: string): ParsedZone {
  const problems: ZoneProblem[] = unknownFiles(files)
  const parsed: Record<string, unknown> = {}
  for (const [file, shape] of Object.entries(SHAPES)) parsed[file] = parseFile(files, file, shape, problems)
  const holidays = Object.keys(files)
    .filter((file) => HOLIDAY_FILE.test(file))
    .sort()
    .map((file) => parseFile(files, file, HolidayYear, problems))
  if (files[PLAN_TEXT] === undefined) problems.push(missing(PLAN_TEXT))
  if (problems.length > 0) return { problems }

  // Nothing is missing and every file has its shape, so each entry is what its schema says.
  const profile = assemble(parsed as Parsed, holidays as HolidayYear[], files[PLAN_TEXT] ?? '', version)
  const found = lintProfile(profile)
  return found.length > 0 ? { problems: found } : { profile }
}

function assemble(parsed: Parsed, holidays: HolidayYear[], planText: string, version: string): ZoneProfile {
  const lines = planText.replace(/^\uFEFF/, '').split(/\r\n|\n/)
  return {
    ...parsed['zone.json'],
    version,
    carrierModel: parsed['carriers.json'].model,
    carriers: parsed['carriers.json'].carriers,
    stationKinds: parsed['stations.json'].kinds,
    stations: parsed['stations.json'].stations,
    industries: parsed['industries.json'].systems,
    spaces: parsed['spaces.json'],
    plan: { ...parsed['plan.json'], lines },
    clauses: parsed['clauses.json'].map((clause) => ({
      ...clause,
      spans: locateQuotes(lines[clause.line - 1] ?? '', clause.quotes).spans,
    })),
    features: parsed['features.json'],
    pillars: parsed['pillars.json'].pillars,
    actors: parsed['actors.json'],
    targets: parsed['targets.json'].targets,
    targetsNote: parsed['targets.json'].note,
    published: parsed['targets.json'].published,
    services: parsed['service-taxonomy.json'].classes,
    stageRules: parsed['stage-rules.json'].versions,
    stageRulesNote: parsed['stage-rules.json'].note,
    placement: parsed['placement.json'].versions,
    exitRules: parsed['exit-rules.json'].versions,
    returnForms: parsed['returns.json'].versions,
    thresholds: parsed['thresholds.json'].thresholds,
    holidays,
    policies: parsed['policies.json'].policies,
    suppression: parsed['suppression.json'],
    governance: parsed['governance.json'],
    appraisal: parsed['appraisal.json'],
    assessment: parsed['assessment.json'],
    industryPatents: parsed['industry-patents.json'].versions,
    industryCodes: parsed['industry-codes.json'].industries,
    industryCodesNote: parsed['industry-codes.json'].note,
    industryPatentsNote: parsed['industry-patents.json'].note,
    grading: parsed['patent-rules.json'].grading,
    listingTerms: parsed['patent-rules.json'].listings,
    nearDuplicates: parsed['patent-rules.json'].nearDuplicates,
    deadlines: parsed['deadlines.json'].deadlines,
    receivingBodies: parsed['receiving-bodies.json'].bodies,
    specialServices: parsed['special-services.json'],
    bookings: parsed['bookings.json'],
  }
}

function parseFile(files: ZoneFiles, file: string, shape: z.ZodType, problems: ZoneProblem[]): unknown {
  const text = files[file]
  if (text === undefined) {
    problems.push(missing(file))
    return undefined
  }
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    problems.push({ file, field: '$', rule: 'json', message: `not JSON: ${message}` })
    return undefined
  }
  const result = shape.safeParse(json)
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    problems.push({ file, field: jsonPath(issue.path), rule: `shape/${issue.code}`, message: issue.message })
  }
  return undefined
}

function unknownFiles(files: ZoneFiles): ZoneProblem[] {
  return Object.keys(files)
    .filter((file) => !(file in SHAPES) && file !== PLAN_TEXT && !HOLIDAY_FILE.test(file))
    .map((file) => ({
      file,
      field: '$',
      rule: 'file/unknown',
      message: 'no file of a zone profile has this name',
    }))
}

function missing(file: string): ZoneProblem {
  return { file, field: '$', rule: 'file/missing', message: 'the folder lacks this file' }
}

/** A place in a JSON file as people write it: `$.targets[3].clause`. */
export function jsonPath(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
  return `$${steps.join('')}`
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Saved analyses: what a notebook consists of, who may read it, and what has moved between two counts. Pure. */
import { z } from 'zod'
import { text } from '#platform/contract.ts'
import { LandscapeFilter } from './landscape-filter.rules.ts'
import type { Landscape } from './landscape.contract.ts'
import { UNKNOWN } from './landscape.rules.ts'
import type { PatentRecord } from './record.rules.ts'

/** What a question can show, in the order in which it is shown. */
export const PANELS = [
  'trend',
  'owners',
  'fields',
  'white-space',
  'statuses',
  'conversion',
  'subclasses',
  'rights',
  'places',
  'inventors',
  'agencies',
  'list',
] as const
export type Panel = (typeof PANELS)[number]

export const SHARES = ['private', 'organisation', 'staff', 'public'] as const
export type Share = (typeof SHARES)[number]

export const SCOPES = ['mine', 'shared', 'public', 'deleted'] as const
export type Scope = (typeof SCOPES)[number]

/** What can become of a document between two counts. */
export const DIFFERENCES = ['came', 'left', 'changed'] as const
export type Difference = (typeof DIFFERENCES)[number]

/** A notebook is read by people. */
export const MOST_CELLS = 20

const Note = z.object({ id: z.uuid().optional(), kind: z.literal('note'), text: text(10_000).min(1) })
const Question = z.object({
  id: z.uuid().optional(),
  kind: z.literal('question'),
  title: text(200),
  filter: LandscapeFilter,
  panels: z.array(z.enum(PANELS)).min(1).max(PANELS.length),
})

/** A cell as a person writes it; one without an id is new. */
export const CellDraft = z.discriminatedUnion('kind', [Note, Question])
export type CellDraft = z.infer<typeof CellDraft>

/** A cell as it is kept: a question with the figures that were counted when it was asked. */
export type Cell = { readonly id: string } & (
  | z.infer<typeof Note>
  | (z.infer<typeof Question> & { readonly landscape: Landscape })
)
export type CountedQuestion = Extract<Cell, { kind: 'question' }>

/** One figure of a chart, with the condition that opens its documents beside those of the question. */
export interface Mark {
  readonly panel: Panel | 'total'
  readonly key: string
  readonly mark: LandscapeFilter
  readonly count: number
}

/** Rows of the white space that a page shows. */
export const WHITE_SPACE_SHOWN = 12

const MARKS: Readonly<Record<Panel, (landscape: Landscape) => Mark[]>> = {
  trend: ({ trend, yearUnknown }) => [
    ...trend.flatMap(({ year, filed, granted }): Mark[] => [
      { panel: 'trend', key: `filed ${year}`, mark: { year: String(year) }, count: filed },
      { panel: 'trend', key: `granted ${year}`, mark: { granted: String(year) }, count: granted },
    ]),
    { panel: 'trend', key: `filed ${UNKNOWN}`, mark: { year: UNKNOWN }, count: yearUnknown },
  ],
  owners: ({ owners }) => owners.items.map(({ key, count }) => one('owners', key, { owner: key }, count)),
  fields: ({ fields }) => fields.map(({ key, count }) => one('fields', key, { field: key }, count)),
  'white-space': ({ whiteSpace }) =>
    whiteSpace
      .slice(0, WHITE_SPACE_SHOWN)
      .flatMap(({ subclass, count, zone }) => [
        one('white-space', subclass, { subclass }, count),
        one('white-space', `${subclass} zone`, { subclass, zone: 'in' }, zone),
      ]),
  statuses: ({ statuses }) => statuses.map(({ key, count }) => one('statuses', key, { status: key }, count)),
  conversion: ({ deals, documents }) => [
    one('conversion', 'transfer', { deal: 'transfer' }, deals.transfer),
    one('conversion', 'licence', { deal: 'licence' }, deals.licence),
    one('conversion', 'open-licence', { deal: 'open-licence' }, deals.openLicence),
    one('conversion', 'none', { deal: 'none' }, documents - deals.dealt),
  ],
  subclasses: ({ subclasses }) =>
    subclasses.map(({ key, count }) => one('subclasses', key, { subclass: key }, count)),
  rights: ({ rights }) => rights.map(({ key, count }) => one('rights', key, { right: key }, count)),
  places: ({ zone, provinces, countries }) => [
    one('places', 'zone in', { zone: 'in' }, zone.in),
    one('places', 'zone out', { zone: 'out' }, zone.out),
    one('places', `zone ${UNKNOWN}`, { zone: UNKNOWN }, zone.unknown),
    ...provinces.map(({ key, count }) => one('places', `province ${key}`, { province: key }, count)),
    ...countries.map(({ key, count }) => one('places', `country ${key}`, { country: key }, count)),
  ],
  inventors: ({ inventors }) =>
    inventors.items.map(({ key, count }) => one('inventors', key, { inventor: key }, count)),
  agencies: ({ agencies }) => [
    ...agencies.items.map(({ key, count }) => one('agencies', key, { agency: key }, count)),
    one('agencies', UNKNOWN, { agency: UNKNOWN }, agencies.without),
  ],
  list: () => [],
}

function one(panel: Panel, key: string, mark: LandscapeFilter, count: number): Mark {
  return { panel, key, mark, count }
}

/** Every figure of the chosen panels that counts documents, the total first. */
export function marksOf(landscape: Landscape, panels: readonly Panel[]): Mark[] {
  const total: Mark = { panel: 'total', key: '', mark: {}, count: landscape.documents }
  return [
    total,
    ...PANELS.filter((panel) => panels.includes(panel)).flatMap((panel) => MARKS[panel](landscape)),
  ]
}

/** Everything of a count that the chosen panels show, as one text: equal texts are the same figures. */
export function figuresText(landscape: Landscape, panels: readonly Panel[]): string {
  const { owners, inventors, agencies, whiteSpace } = landscape
  return JSON.stringify([
    marksOf(landscape, panels).map(({ panel, key, count }) => [panel, key, count]),
    [owners.distinct, inventors.distinct, agencies.distinct],
    // Named one by one: a store may give the names of an object back in another order.
    panels.includes('white-space')
      ? whiteSpace.map(({ subclass, recent, presence, gap }) => [subclass, recent, presence, gap])
      : [],
  ])
}

export interface Moved {
  readonly panel: Mark['panel']
  readonly key: string
  readonly mark: LandscapeFilter
  readonly before: number
  readonly after: number
}

export const sameMark = ({ panel, key }: Pick<Mark, 'panel' | 'key'>) => `${panel} ${key}`

/** Figures that are not what they were. Both counts must say something of every figure. */
export function movedOf(before: readonly Mark[], after: readonly Mark[]): Moved[] {
  const now = new Map(after.map((mark) => [sameMark(mark), mark.count]))
  return before.flatMap(({ panel, key, mark, count }) => {
    const then = now.get(sameMark({ panel, key })) ?? 0
    return then === count ? [] : [{ panel, key, mark, before: count, after: then }]
  })
}

/** Marks of one that the other does not show: the largest twenty of a day are not those of another. */
export function missingFrom(marks: readonly Mark[], others: readonly Mark[]): Mark[] {
  const known = new Set(marks.map(sameMark))
  return others.filter((mark) => !known.has(sameMark(mark)))
}

export interface ChangedFact {
  readonly fact: string
  /** Null where it is empty, or is no short fact. */
  readonly before: string | null
  readonly after: string | null
}

/** Which facts of a record differ, by their names in the record; where it was read is no fact. */
export function changedFacts(before: PatentRecord, after: PatentRecord): ChangedFact[] {
  const names = (Object.keys(before) as (keyof PatentRecord)[]).filter((name) => name !== 'source')
  return names.flatMap((fact) =>
    JSON.stringify(before[fact]) === JSON.stringify(after[fact])
      ? []
      : [{ fact, before: shownOf(before, fact), after: shownOf(after, fact) }],
  )
}

/** Short facts are shown; that an address changed is said, and not which: where people live is not for us to hand on. */
const SHOWN_FACTS: readonly string[] = [
  'applicationNumber',
  'kind',
  'right',
  'stage',
  'filedOn',
  'publishedOn',
  'grantedOn',
  'mainIpc',
  'timesCited',
  'legalStatus',
  'legalStatusOn',
]

function shownOf(record: PatentRecord, fact: keyof PatentRecord): string | null {
  const value = record[fact]
  const short = typeof value === 'string' || typeof value === 'number'
  return short && value !== '' && SHOWN_FACTS.includes(fact) ? String(value) : null
}

export interface Reader {
  readonly accountId: string | null
  readonly organisationIds: readonly string[]
  readonly staff: boolean
}

export interface Shared {
  readonly ownerId: string
  readonly share: Share
  readonly organisationId: string | null
  readonly deleted: boolean
}

/** A deleted one is its owner's alone, so that he can take the deletion back. */
export function mayRead(reader: Reader, { ownerId, share, organisationId, deleted }: Shared): boolean {
  if (reader.accountId !== null && reader.accountId === ownerId) return true
  if (deleted) return false
  if (share === 'public') return true
  if (share === 'staff') return reader.staff
  return (
    share === 'organisation' && organisationId !== null && reader.organisationIds.includes(organisationId)
  )
}

export type ShareObstacle = 'NOT_YOURS' | 'NOT_A_MEMBER' | 'NOT_STAFF'

/** Its owner decides; staff may take what is public back out of the public. */
export function shareObstacle(
  reader: Reader,
  analysis: Shared,
  wanted: { readonly share: Share; readonly organisationId: string | null },
): ShareObstacle | undefined {
  if (reader.accountId !== analysis.ownerId)
    return reader.staff && analysis.share === 'public' && wanted.share === 'private' ? undefined : 'NOT_YOURS'
  if (wanted.share === 'staff' && !reader.staff) return 'NOT_STAFF'
  if (wanted.share !== 'organisation') return undefined
  const { organisationId } = wanted
  return organisationId !== null && reader.organisationIds.includes(organisationId)
    ? undefined
    : 'NOT_A_MEMBER'
}

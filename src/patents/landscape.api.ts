import { AnalyticsLimitExceeded } from '#platform/analytics.ts'
import { type Context, implementation } from '#platform/api.ts'
import { landscape } from './landscape.contract.ts'
import type { LandscapeFilter } from './landscape-filter.rules.ts'
import { type Condition, countDocuments, listDocuments } from './landscape.store.ts'
import { type Asked, basisOfToday, countIndustries, countLandscape, industryOf, read } from './landscape.ts'

const os = implementation(landscape)

const get = os.get.handler(({ input, context, errors }) =>
  within(errors, async () => {
    const basis = await basisOfToday(context)
    const asked = await understood(context, input, basis, errors)
    return countLandscape(context, input, basis, asked)
  }),
)

const documents = os.documents.handler(({ input, context, errors }) => {
  const { cursor, limit, ...filter } = input
  return within(errors, async () => {
    const basis = await basisOfToday(context)
    const { condition } = await understood(context, filter, basis, errors)
    return { basis, ...(await pageOf(context, condition, { cursor, limit }, errors)) }
  })
})

/** One page of the documents that a condition holds for, with the exact number of all. */
export async function pageOf(
  { analytics }: Context,
  condition: Condition,
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
  errors: { readonly INVALID_CURSOR: () => Error },
) {
  const after = cursor === undefined ? undefined : placeOf(cursor)
  if (cursor !== undefined && after === undefined) throw errors.INVALID_CURSOR()
  const [total, rows] = await Promise.all([
    countDocuments(analytics, condition),
    listDocuments(analytics, condition, { limit: limit + 1, after }),
  ])
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    total,
    items: items.map(({ sortOn: _sortOn, ...item }) => item),
    next: rows.length > limit && last ? `${last.sortOn}_${last.publicationNumber}` : null,
  }
}

const industries = os.industries.handler(async ({ context }) => {
  const { zone, analytics } = context
  const basis = await basisOfToday(context)
  const everything = await read(context, {}, basis)
  const [counts, all] = await Promise.all([
    countIndustries(context, basis),
    'refused' in everything ? 0 : countDocuments(analytics, everything.condition),
  ])
  return {
    basis,
    documents: all,
    note: zone.industryPatentsNote,
    systems: zone.industries.map(({ groups, source, ...system }) => ({
      ...system,
      source: { zh: source.zh, en: source.en },
      groups: groups.map((group) => ({
        ...group,
        members: group.members.map(({ code, names }) => ({
          code,
          names,
          defined: typeof industryOf(zone, code, basis.asOf) === 'object',
          documents: counts.get(code) ?? null,
        })),
      })),
    })),
  }
})

export const landscapeApi = { get, documents, industries }

type Refuse<Data> = (refusal: { data: Data }) => Error
export interface LandscapeErrors {
  UNKNOWN_INDUSTRY: Refuse<{ industry: string }>
  INDUSTRY_NOT_DEFINED: Refuse<{ industry: string }>
  QUERY_NOT_READ: Refuse<{ position: number; reason: string }>
  TOO_LARGE: Refuse<{ limit: string }>
}

export async function understood(
  context: Context,
  filter: LandscapeFilter,
  basis: Parameters<typeof read>[2],
  errors: LandscapeErrors,
): Promise<Exclude<Asked, { refused: string }>> {
  const asked = await read(context, filter, basis)
  if (!('refused' in asked)) return asked
  if (asked.refused === 'QUERY_NOT_READ') {
    const { position, reason } = asked
    throw errors.QUERY_NOT_READ({ data: { position, reason } })
  }
  throw errors[asked.refused]({ data: { industry: asked.industry } })
}

/** A question too large for its limits is refused in words; the store itself is well. */
export async function within<Result>(
  errors: Pick<LandscapeErrors, 'TOO_LARGE'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AnalyticsLimitExceeded) throw errors.TOO_LARGE({ data: { limit: error.limit } })
    throw error
  }
}

function placeOf(cursor: string): readonly [string, string] | undefined {
  const [, day, number] = /^(\d{4}-\d{2}-\d{2})_([A-Z0-9/]{1,50})$/.exec(cursor) ?? []
  if (day === undefined || number === undefined) return undefined
  const read = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? [day, number] : undefined
}

import { AnalyticsLimitExceeded } from '#platform/analytics.ts'
import { type Context, implementation } from '#platform/api.ts'
import type { z } from 'zod'
import { recordAudit } from '../ledger/public.ts'
import { inForceOn, type NearDuplicateRules } from '../zone/patent.rules.ts'
import { currentVersion, findRecords } from './corpus.store.ts'
import { findDocument } from './document.store.ts'
import { type NearDuplicate, nearDuplicates } from './near.contract.ts'
import { readMeasured } from './near-measured.ts'
import { compareRecords, type Comparison, type Relation, relationOf, verdictOf } from './near.rules.ts'
import { findCluster, findPair, listClusters } from './near-found.store.ts'
import { findOpenRun, findRun, insertRun, listRuns, type NearRun } from './near-run.store.ts'
import { countScope, findNearOf, NEAR_SECONDS, type NearScope } from './near.store.ts'
import type { PatentRecord } from './record.rules.ts'
import { titleOf } from './row.rules.ts'

const os = implementation(nearDuplicates)

/** Before the first rule nothing is near; no zone profile begins later than its data, and the form asks for one rule at least. */
function ruleOf({ zone, today }: Pick<Context, 'zone' | 'today'>): NearDuplicateRules {
  return inForceOn(zone.nearDuplicates, today) ?? zone.nearDuplicates[0]!
}

const shownRule = ({ from, sample, source, near, alike, leastShingles }: NearDuplicateRules) => ({
  from,
  sample,
  source: { zh: source.zh, en: source.en },
  near,
  alike,
  leastShingles,
})

const of = os.of.handler(async ({ input: { publicationNumber, limit }, context, errors }) => {
  const { analytics } = context
  try {
    const version = await currentVersion(analytics)
    const record = await findDocument(analytics, version, publicationNumber)
    if (record === undefined) throw errors.UNKNOWN_PATENT({ data: { publicationNumber } })
    return await nearOf(context, version, record, limit)
  } catch (error) {
    if (error instanceof AnalyticsLimitExceeded)
      throw errors.QUERY_TOO_HEAVY({ data: { seconds: NEAR_SECONDS } })
    throw error
  }
})

async function nearOf(context: Context, version: number, record: PatentRecord, limit: number) {
  const { analytics } = context
  const rule = ruleOf(context)
  const { publicationNumber } = record
  const answer = { version, publicationNumber, rule: shownRule(rule) }
  if (record.right === 'design') return { ...answer, held: 'design' as const, total: 0, items: [] }
  const sortOn = record.filedOn ?? record.publishedOn ?? '1900-01-01'
  const { size, total, found } = await findNearOf(
    analytics,
    version,
    { publicationNumber, sortOn },
    rule,
    limit,
  )
  if (size < rule.leastShingles) return { ...answer, held: 'too-short' as const, total: 0, items: [] }
  const records = await findRecords(
    analytics,
    found.map((one) => one.publicationNumber),
    version,
  )
  const byNumber = new Map(records.map((one) => [one.publicationNumber, one]))
  return {
    ...answer,
    held: 'yes' as const,
    total,
    items: found.flatMap((one) => {
      const other = byNumber.get(one.publicationNumber)
      return other === undefined ? [] : [itemOf(record, other, rule)]
    }),
  }
}

function itemOf(own: PatentRecord, other: PatentRecord, rule: NearDuplicateRules) {
  const compared = compareRecords(own, other)
  return {
    publicationNumber: other.publicationNumber,
    applicationNumber: other.applicationNumber,
    title: titleOf(other),
    applicants: other.applicants.map(({ name }) => name),
    agency: other.agency?.name ?? null,
    applicationDate: other.filedOn,
    right: other.right,
    similarity: compared.similarity,
    plainlyTheSame: verdictOf(compared, rule) === 'alike',
    shared: compared.shared,
    relation: relationOf(own, other),
    ...sideBySide(compared),
  }
}

function sideBySide({
  covered,
  texts,
}: Comparison): Pick<z.infer<typeof NearDuplicate>, 'covered' | 'texts'> {
  const side = (at: 0 | 1) =>
    texts[at].map((part) => ({
      ...part,
      marks: part.marks.map(([from, to]): [number, number] => [from, to]),
    }))
  return { covered: [covered[0], covered[1]], texts: [side(0), side(1)] }
}

const measured = os.measured.handler(async () => ({ measured: await readMeasured() }))

function shownRun({ scopeName, rule, failure, state, orderedAt, finishedAt, ...run }: NearRun) {
  return {
    ...run,
    name: scopeName,
    state: state as 'waiting' | 'running' | 'finished' | 'failed',
    rule: shownRule(rule),
    failure: failure as 'time' | 'memory' | 'size' | 'fault' | null,
    orderedAt: orderedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}

const runs = os.runs.handler(async ({ input: { cursor, limit }, context: { db }, errors }) => {
  const before = cursor === undefined ? undefined : placeOf(cursor)
  if (cursor !== undefined && before === undefined) throw errors.INVALID_CURSOR()
  const { total, rows } = await listRuns(db, limit + 1, before)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const next = rows.length > limit && last ? `${last.orderedAt.toISOString()}_${last.id}` : null
  return { total, items: items.map(shownRun), next }
})

function placeOf(cursor: string): { at: string; id: string } | undefined {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/.exec(cursor) ?? []
  const sound = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at)) || !sound.test(id))
    return undefined
  return { at, id }
}

const order = os.order.handler(async ({ input: { scope: kind, name }, context, errors }) => {
  if (kind !== 'corpus' && (name === null || name === '')) throw errors.NAME_MISSING()
  const scope: NearScope = kind === 'corpus' ? { kind } : { kind, name: name ?? '' }
  const { analytics } = context
  if (scope.kind !== 'corpus' && (await countScope(analytics, await currentVersion(analytics), scope)) === 0)
    throw errors.NOTHING_OF_THAT_NAME({ data: { name: scope.name } })
  const rule = ruleOf(context)
  return context.write(async (tx) => {
    const open = await findOpenRun(tx, scope)
    if (open !== undefined) throw errors.ALREADY_UNDER_WAY({ data: { id: open } })
    const { actor, now } = context
    const by = actor.kind === 'account' ? actor.accountId : actor.kind
    const run = await insertRun(tx, { scope, rule, by, at: now })
    await recordAudit(tx, context, {
      action: 'near-duplicates.ordered',
      subject: { kind: 'near-duplicate-run', id: run.id },
      detail: { ...scope },
    })
    return shownRun(run)
  })
})

const run = os.run.handler(async ({ input: { id }, context: { db }, errors }) => {
  const found = await findRun(db, id)
  if (found === undefined) throw errors.UNKNOWN_RUN()
  return shownRun(found)
})

const clusters = os.clusters.handler(async ({ input: { id, cursor, limit }, context: { db }, errors }) => {
  if (cursor !== undefined && !/^\d{1,7}$/.test(cursor)) throw errors.INVALID_CURSOR()
  const found = await findRun(db, id)
  if (found === undefined) throw errors.UNKNOWN_RUN()
  const rows = await listClusters(db, id, { after: Number(cursor ?? 0), limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { total: found.clusters ?? 0, items, next: rows.length > limit && last ? String(last.number) : null }
})

type StoredPair = NonNullable<Awaited<ReturnType<typeof findPair>>>

const shownPair = ({ relation, ...pair }: StoredPair, { alike }: NearDuplicateRules) => ({
  ...pair,
  plainlyTheSame: pair.similarity >= alike,
  relation: relation as Relation,
})

const cluster = os.cluster.handler(async ({ input: { id, number }, context: { db }, errors }) => {
  const ofRun = await findRun(db, id)
  if (ofRun === undefined) throw errors.UNKNOWN_RUN()
  const found = await findCluster(db, id, number)
  if (found === undefined) throw errors.UNKNOWN_CLUSTER()
  const { members, pairs, ...rest } = found
  return {
    ...rest,
    dataVersion: ofRun.dataVersion ?? 0,
    members: members.map(({ right, ...member }) => ({ ...member, right: right as PatentRecord['right'] })),
    pairs: { total: pairs.total, items: pairs.items.map((pair) => shownPair(pair, ofRun.rule)) },
  }
})

const pair = os.pair.handler(async ({ input: { id, one, other }, context: { db, analytics }, errors }) => {
  const ofRun = await findRun(db, id)
  if (ofRun === undefined) throw errors.UNKNOWN_RUN()
  const found = await findPair(db, id, one, other)
  if (found === undefined || ofRun.dataVersion === null) throw errors.UNKNOWN_PAIR()
  const records = await findRecords(analytics, [one, other], ofRun.dataVersion)
  const [left, right] = [one, other].map((number) =>
    records.find(({ publicationNumber }) => publicationNumber === number),
  )
  if (left === undefined || right === undefined) throw errors.UNKNOWN_PAIR()
  return {
    ...shownPair(found, ofRun.rule),
    dataVersion: ofRun.dataVersion,
    ...sideBySide(compareRecords(left, right)),
  }
})

export const nearDuplicatesApi = { of, measured, runs, order, run, clusters, cluster, pair }

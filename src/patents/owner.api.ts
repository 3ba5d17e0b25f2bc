import { implementation } from '#platform/api.ts'
import { owners } from './owner.contract.ts'
import { listDecisions, listQuestions } from './owner-decision.store.ts'
import { decidingApi, showDecision } from './owner-deciding.api.ts'
import { readOwners } from './owner.reading.ts'
import { OWNER_RULES_VERSION } from './owner.rules.ts'
import { countIndustries, countMatches, findOwner, type Order, searchOwners } from './owner-list.store.ts'
import {
  currentOwnerVersion,
  findLatestReading,
  findMembers,
  findOwnerByName,
  findPartyNames,
} from './owner.store.ts'
import type { ReadingCounts } from './owner.reading.ts'

const os = implementation(owners)

const list = os.list.handler(async ({ input, context: { db }, errors }) => {
  const { cursor, limit, ...search } = input
  const after = cursor === undefined ? undefined : orderOf(cursor)
  if (cursor !== undefined && after === undefined) throw errors.INVALID_CURSOR()
  const [{ total, rows }, ownerVersion] = await Promise.all([
    searchOwners(db, { ...search, after, limit: limit + 1 }),
    currentOwnerVersion(db),
  ])
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    total,
    ownerVersion,
    ruleVersion: OWNER_RULES_VERSION,
    items,
    next: rows.length > limit && last ? `${last.documents}_${last.id}` : null,
  }
})

const joins = os.joins.handler(async ({ context: { db } }) => {
  const [reading, matches, industries] = await Promise.all([
    findLatestReading(db),
    countMatches(db),
    countIndustries(db),
  ])
  const of = (match: string) => matches.find((one) => one.match === match)?.owners ?? 0
  const organisations = of('matched') + of('unmatched') + of('ambiguous')
  return {
    reading:
      reading === undefined
        ? null
        : {
            version: reading.version,
            dataVersion: reading.dataVersion,
            ruleVersion: reading.ruleVersion,
            at: reading.madeAt.toISOString(),
            counts: reading.counts as unknown as ReadingCounts,
          },
    matches,
    rate: organisations === 0 ? null : of('matched') / organisations,
    industries,
  }
})

const questions = os.questions.handler(async ({ input: { limit }, context: { db } }) => {
  const { total, rows } = await listQuestions(db, limit)
  return { total, items: rows }
})

const decisions = os.decisions.handler(async ({ input: { limit }, context: { db } }) => {
  const { total, rows } = await listDecisions(db, { limit })
  return { total, items: rows.map(showDecision) }
})

const named = os.named.handler(async ({ input: { name }, context: { db }, errors }) => {
  const found = await findOwnerByName(db, name)
  if (found === undefined) throw errors.UNKNOWN_OWNER()
  return { id: found.ownerId }
})

const get = os.get.handler(async ({ input: { id }, context: { db }, errors }) => {
  const owner = await findOwner(db, id)
  if (owner === undefined) throw errors.UNKNOWN_OWNER()
  const [members, ownerVersion, candidates, made] = await Promise.all([
    findMembers(db, id),
    currentOwnerVersion(db),
    findPartyNames(db, owner.candidates),
    listDecisions(db, { ownerId: id, limit: 50 }),
  ])
  return { ...owner, members, ownerVersion, candidates, decisions: made.rows.map(showDecision) }
})

const read = os.read.handler(({ context }) => readOwners(context))

export const ownersApi = { list, joins, questions, decisions, named, get, read, ...decidingApi }

function orderOf(cursor: string): Order | undefined {
  const [, documents, id] = /^(\d{1,9})_([0-9a-f-]{36})$/.exec(cursor) ?? []
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
  return documents === undefined || id === undefined || !uuid.test(id)
    ? undefined
    : { documents: Number(documents), id }
}

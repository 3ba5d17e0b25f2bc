/** Reads the names of the corpus and joins them into owners: after an import, and whenever an officer asks. */
import { randomUUID } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { currentVersion, type DataVersion } from './corpus.store.ts'
import {
  candidatesOf,
  type Group,
  matchOwner,
  normaliseOwners,
  OWNER_RULES_VERSION,
  type PartyName,
  type ReadName,
  writingKey,
} from './owner.rules.ts'
import {
  currentOwnerVersion,
  dissolveEmpty,
  insertVersion,
  lockOwners,
  type NewLink,
  officerMatches,
  type OwnerRow,
  pairsApart,
  putLinks,
  putNames,
  putOwners,
  putQuestions,
  readInventors,
  readNames,
  readPartyNames,
  type StandingLink,
  standingLinks,
} from './owner.store.ts'

export interface ReadingCounts {
  readonly names: number
  readonly owners: number
  readonly matched: number
  readonly unmatched: number
  readonly ambiguous: number
  readonly people: number
  readonly questions: number
}

export async function readOwners(context: Context): Promise<ReadingCounts & { readonly version: number }> {
  const { analytics, db } = context
  const dataVersion = await currentVersion(analytics)
  const [names, parties] = await Promise.all([readNames(analytics, dataVersion), readPartyNames(db)])
  const common = await peopleInCommon(context, dataVersion, names)
  return context.write(async (tx) => {
    await lockOwners(tx)
    const links = await standingLinks(tx)
    const fixed = new Set(links.flatMap(({ name, basis }) => (basis === 'officer' ? [name] : [])))
    const apart = await pairsApart(tx)
    const { groups, questions } = normaliseOwners(names, { parties, common, fixed, apart })
    const version = (await currentOwnerVersion(tx)) + 1
    await putNames(
      tx,
      names.map((one) => ({ ...one, nameKey: writingKey(one.name) })),
    )
    const counts = await putGroups(tx, context, { groups, names, links, parties, version })
    await putQuestions(tx, questions)
    const found = { ...counts, questions: questions.length }
    await insertVersion(tx, {
      version,
      cause: 'reading',
      dataVersion,
      ruleVersion: OWNER_RULES_VERSION,
      madeBy: madeBy(context),
      madeOn: context.today,
      counts: found,
    })
    await recordAudit(tx, context, {
      action: 'patents.owners-read',
      subject: { kind: 'patentOwners', id: String(version) },
      detail: { dataVersion, ruleVersion: OWNER_RULES_VERSION, ...found },
    })
    return { version, ...found }
  })
}

async function peopleInCommon(
  { analytics }: Context,
  version: DataVersion,
  names: readonly ReadName[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const pairs = candidatesOf(names)
  const wanted = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))]
  const inventors = wanted.length === 0 ? new Map() : await readInventors(analytics, version, wanted)
  return new Map(
    pairs.map(({ first, second }) => {
      const [one, other] = [inventors.get(first), inventors.get(second)]
      const shared =
        one && other
          ? [...one].filter((person) => other.has(person)).toSorted((a, b) => (a < b ? -1 : 1))
          : []
      return [`${first}|${second}`, shared]
    }),
  )
}

interface Found {
  readonly groups: readonly Group[]
  readonly names: readonly ReadName[]
  readonly links: readonly StandingLink[]
  readonly parties: readonly PartyName[]
  readonly version: number
}

async function putGroups(
  tx: Tx,
  { today }: Context,
  found: Found,
): Promise<Omit<ReadingCounts, 'questions'>> {
  const { groups, names, links, version } = found
  const standing = new Map(links.map(({ name, ownerId }) => [name, ownerId]))
  const matches = await officerMatches(tx)
  const ids = ownerIds(groups, standing)
  const rows = new Map<string, OwnerRow>()
  const moved: NewLink[] = []
  for (const [index, group] of groups.entries()) {
    const id = ids[index] ?? randomUUID()
    rows.set(id, ownerRow(id, group, matches))
    for (const { name, evidence } of group.members)
      if (standing.get(name) !== id)
        moved.push({
          name,
          ownerId: id,
          basis: evidence.basis,
          rule: evidence.rule,
          evidence: evidence.detail,
        })
  }
  addFixed(rows, found, matches)
  await putOwners(tx, [...rows.values()], today)
  await putLinks(tx, moved, { version, ruleVersion: OWNER_RULES_VERSION })
  await dissolveEmpty(tx, today)
  const owners = [...rows.values()]
  const of = (match: OwnerRow['match']) => owners.filter((owner) => owner.match === match).length
  return {
    names: names.length,
    owners: owners.length,
    matched: of('matched'),
    unmatched: of('unmatched'),
    ambiguous: of('ambiguous'),
    people: of('person'),
  }
}

/** A group keeps the id of the owner that most of its documents had; no two groups keep the same. */
function ownerIds(groups: readonly Group[], standing: ReadonlyMap<string, string>): (string | undefined)[] {
  const taken = new Set<string>()
  return groups.map(({ members }) => {
    const weights = new Map<string, number>()
    for (const { name, documents } of members) {
      const id = standing.get(name)
      if (id !== undefined) weights.set(id, (weights.get(id) ?? 0) + documents + 1)
    }
    const [best] = [...weights].filter(([id]) => !taken.has(id)).sort((one, other) => other[1] - one[1])
    if (best === undefined) return undefined
    taken.add(best[0])
    return best[0]
  })
}

function ownerRow(id: string, group: Group, matches: ReadonlyMap<string, string>): OwnerRow {
  const { name, kind, members, candidates, match, partyId, matchBasis } = group
  const chosen = matches.get(id)
  return {
    id,
    name,
    kind,
    documents: members.reduce((sum, { documents }) => sum + documents, 0),
    names: members.length,
    candidates,
    ...(chosen === undefined
      ? { match, partyId, matchBasis }
      : { match: 'matched', partyId: chosen, matchBasis: 'officer' }),
  }
}

/** Names that officers put somewhere add to the owner they were put to. */
function addFixed(
  rows: Map<string, OwnerRow>,
  { names, links, parties }: Found,
  matches: ReadonlyMap<string, string>,
): void {
  const documents = new Map(names.map((one) => [one.name, one.documents]))
  const byOwner = Map.groupBy(
    links.filter(({ basis }) => basis === 'officer'),
    ({ ownerId }) => ownerId,
  )
  for (const [id, members] of byOwner) {
    const listed = members.map(({ name }) => ({ name, documents: documents.get(name) ?? 0 }))
    const added = listed.reduce((sum, one) => sum + one.documents, 0)
    const row = rows.get(id)
    if (row !== undefined) {
      rows.set(id, { ...row, documents: row.documents + added, names: row.names + listed.length })
      continue
    }
    const [main] = listed.toSorted((one, other) => other.documents - one.documents)
    const all = listed.map(({ name }) => name)
    const joined = matchOwner(all, parties)
    rows.set(
      id,
      ownerRow(id, { name: main?.name ?? '', kind: 'organisation', members: [], ...joined }, matches),
    )
    const made = rows.get(id)
    if (made !== undefined) rows.set(id, { ...made, documents: added, names: listed.length })
  }
}

function madeBy({ actor }: Context): string {
  if (actor.kind === 'account') return actor.accountId
  return actor.kind === 'system' ? `system:${actor.job}` : 'visitor'
}

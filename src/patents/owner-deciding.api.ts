/** What officers decide about owners. Each decision is a version of the owners, so what was counted before can be counted again. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type Context, implementation } from '#platform/api.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { recordAudit } from '../ledger/public.ts'
import { resolveParty } from '../parties/public.ts'
import { currentVersion } from './corpus.store.ts'
import { type OwnerDecision, owners } from './owner.contract.ts'
import {
  answerQuestion,
  closeDecision,
  type DecisionRow,
  findDecision,
  findEarlierLink,
  findOpenQuestion,
  insertDecision,
} from './owner-decision.store.ts'
import { matchOwner, OWNER_RULES_VERSION } from './owner.rules.ts'
import { findOwner, type ShownOwner } from './owner-list.store.ts'
import {
  currentOwnerVersion,
  findMembers,
  insertVersion,
  lockOwners,
  type NewLink,
  putLinks,
  putOwners,
  readPartyNames,
  recountOwners,
  setMatch,
} from './owner.store.ts'

const os = implementation(owners)

const split = os.split.handler(async ({ input, context, errors }) => {
  const { id, version, names, reason } = input
  const dataVersion = await currentVersion(context.analytics)
  return context.write(async (tx) => {
    await lockOwners(tx)
    const owner = await findOwner(tx, id)
    if (owner === undefined) throw errors.UNKNOWN_OWNER()
    if (owner.version !== version) throw errors.CHANGED({ data: { version: owner.version } })
    const members = await findMembers(tx, id)
    const known = new Set(members.map(({ name }) => name))
    const stranger = names.find((name) => !known.has(name))
    if (stranger !== undefined) throw errors.NOT_ITS_NAME({ data: { name: stranger } })
    if (new Set(names).size === members.length) throw errors.NOTHING_LEFT()
    const ownerId = randomUUID()
    await formOwner(tx, context, ownerId, { name: names[0] ?? '', kind: owner.kind })
    return decide(tx, context, { kind: 'split', fromId: id, toId: ownerId, names, reason, dataVersion })
  })
})

const merge = os.merge.handler(async ({ input, context, errors }) => {
  const { id, version, otherId, reason } = input
  if (id === otherId) throw errors.SAME_OWNER()
  const dataVersion = await currentVersion(context.analytics)
  return context.write(async (tx) => {
    await lockOwners(tx)
    const [owner, other] = [await findOwner(tx, id), await findOwner(tx, otherId)]
    if (owner === undefined || other === undefined || other.dissolvedOn !== null) throw errors.UNKNOWN_OWNER()
    if (owner.version !== version) throw errors.CHANGED({ data: { version: owner.version } })
    if (owner.kind === 'person' || other.kind === 'person') throw errors.PEOPLE_STAY_APART()
    const names = (await findMembers(tx, otherId)).map(({ name }) => name)
    return decide(tx, context, { kind: 'merge', fromId: otherId, toId: id, names, reason, dataVersion })
  })
})

const undo = os.undo.handler(async ({ input: { id, reason }, context, errors }) => {
  const dataVersion = await currentVersion(context.analytics)
  return context.write(async (tx) => {
    await lockOwners(tx)
    const decision = await findDecision(tx, id)
    if (decision === undefined) throw errors.UNKNOWN_DECISION()
    const undone = { undoneBy: accountOf(context), undoneAt: context.now, undoReason: reason }
    if (!(await closeDecision(tx, id, undone))) throw errors.ALREADY_UNDONE()
    const there = new Set((await findMembers(tx, decision.toId)).map(({ name }) => name))
    const gone = decision.names.find((name) => !there.has(name))
    if (gone !== undefined) throw errors.MOVED_SINCE({ data: { name: gone } })
    await moveBack(tx, context, decision, dataVersion)
    return showDecision((await findDecision(tx, id))!)
  })
})

const answer = os.answer.handler(async ({ input, context, errors }) => {
  const { id, reason } = input
  const dataVersion = await currentVersion(context.analytics)
  return context.write(async (tx) => {
    await lockOwners(tx)
    const question = await findOpenQuestion(tx, id)
    if (question === undefined) throw errors.UNKNOWN_QUESTION()
    const { firstOwnerId, secondOwnerId } = question
    await answerQuestion(tx, id, {
      answer: input.answer,
      answerReason: reason,
      answeredBy: accountOf(context),
      answeredAt: context.now,
    })
    const join = input.answer === 'joined' && firstOwnerId !== null && secondOwnerId !== null
    if (!join || firstOwnerId === secondOwnerId) {
      await recordAudit(tx, context, {
        action: 'patents.owner-question-answered',
        subject: { kind: 'patentOwnerQuestion', id },
        detail: { answer: input.answer, first: question.firstName, second: question.secondName },
      })
      return { decisionId: null }
    }
    const names = (await findMembers(tx, secondOwnerId)).map(({ name }) => name)
    const made = {
      kind: 'merge',
      fromId: secondOwnerId,
      toId: firstOwnerId,
      names,
      reason,
      dataVersion,
    } as const
    return { decisionId: (await decide(tx, context, made)).decisionId }
  })
})

const match = os.match.handler(({ input, context, errors }) => {
  const { id, version, partyId, reason } = input
  return context.write(async (tx) => {
    await lockOwners(tx)
    const owner = await findOwner(tx, id)
    if (owner === undefined) throw errors.UNKNOWN_OWNER()
    if (owner.version !== version) throw errors.CHANGED({ data: { version: owner.version } })
    if (owner.kind === 'person') throw errors.PEOPLE_STAY_APART()
    const party = partyId === null ? null : await resolveParty(tx, partyId)
    if (party === undefined) throw errors.UNKNOWN_PARTY({ data: { partyId: partyId ?? '' } })
    await setMatch(
      tx,
      id,
      party === null
        ? { match: 'unmatched', partyId: null, matchBasis: null, candidates: [] }
        : { match: 'matched', partyId: party, matchBasis: 'officer', candidates: [] },
    )
    await recountOwners(tx, [id], context.today)
    await recordAudit(tx, context, {
      action: 'patents.owner-matched',
      subject: { kind: 'patentOwner', id },
      detail: { party, reason },
    })
    return (await findOwner(tx, id)) as ShownOwner
  })
})

export const decidingApi = { split, merge, undo, answer, match }

interface Decision {
  readonly kind: 'split' | 'merge'
  readonly fromId: string
  readonly toId: string
  readonly names: readonly string[]
  readonly reason: string
  readonly dataVersion: number
}

async function decide(tx: Tx, context: Context, { dataVersion, ...decision }: Decision) {
  const { kind, fromId, toId, names, reason } = decision
  const decisionId = await insertDecision(tx, {
    ...decision,
    names: [...names],
    decidedBy: accountOf(context),
    decidedAt: context.now,
  })
  const links = names.map((name) => ({
    name,
    ownerId: toId,
    basis: 'officer',
    rule: kind,
    evidence: { decision: decisionId, reason },
  }))
  const ownerVersion = await move(tx, context, { links, owners: [fromId, toId], cause: kind, dataVersion })
  await recordAudit(tx, context, {
    action: kind === 'split' ? 'patents.owner-split' : 'patents.owners-merged',
    subject: { kind: 'patentOwner', id: fromId },
    detail: { decision: decisionId, to: toId, names: [...names], ownerVersion },
  })
  return { decisionId, ownerId: toId, ownerVersion }
}

/** Every name goes back by the link that had brought it there. */
async function moveBack(tx: Tx, context: Context, decision: DecisionRow, dataVersion: number): Promise<void> {
  const { id, fromId, toId, names } = decision
  const links: NewLink[] = []
  for (const name of names) {
    const before = await findEarlierLink(tx, name, fromId)
    if (before === undefined) throw new BrokenInvariant(`the name ${name} was never linked to ${fromId}`)
    const { basis, rule, evidence } = before
    links.push({ name, ownerId: fromId, basis, rule, evidence: evidence as object })
  }
  const ownerVersion = await move(tx, context, { links, owners: [fromId, toId], cause: 'undo', dataVersion })
  await recordAudit(tx, context, {
    action: 'patents.owner-decision-undone',
    subject: { kind: 'patentOwner', id: fromId },
    detail: { decision: id, names, ownerVersion },
  })
}

interface Move {
  readonly links: readonly NewLink[]
  readonly owners: readonly string[]
  readonly cause: 'split' | 'merge' | 'undo'
  readonly dataVersion: number
}

async function move(tx: Tx, context: Context, { links, owners: touched, cause, dataVersion }: Move) {
  const version = (await currentOwnerVersion(tx)) + 1
  await insertVersion(tx, {
    version,
    cause,
    dataVersion,
    ruleVersion: OWNER_RULES_VERSION,
    madeBy: accountOf(context),
    madeOn: context.today,
    counts: { names: links.length },
  })
  await putLinks(tx, links, { version, ruleVersion: OWNER_RULES_VERSION })
  await recountOwners(tx, touched, context.today)
  await rematch(tx, touched)
  return version
}

/** What an owner's names are now decides which party it is, unless an officer has said so. */
async function rematch(tx: Tx, ownerIds: readonly string[]): Promise<void> {
  const parties = await readPartyNames(tx)
  for (const id of ownerIds) {
    const owner = await findOwner(tx, id)
    if (owner === undefined || owner.matchBasis === 'officer') continue
    const names = (await findMembers(tx, id)).map(({ name }) => name)
    if (names.length > 0) await setMatch(tx, id, matchOwner(names, parties))
  }
}

async function formOwner(
  tx: Tx,
  { today }: Context,
  id: string,
  { name, kind }: Pick<ShownOwner, 'name' | 'kind'>,
): Promise<void> {
  const empty = {
    documents: 0,
    names: 0,
    match: 'unmatched',
    partyId: null,
    matchBasis: null,
    candidates: [],
  } as const
  await putOwners(tx, [{ id, name, kind, ...empty }], today)
}

export function showDecision(row: DecisionRow): z.infer<typeof OwnerDecision> {
  return {
    ...row,
    decidedAt: row.decidedAt.toISOString(),
    undoneAt: row.undoneAt?.toISOString() ?? null,
  }
}

function accountOf({ actor }: Context): string {
  return actor.kind === 'account' ? actor.accountId : actor.kind
}

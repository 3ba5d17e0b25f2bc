import { implementation } from '#platform/api.ts'
import { type CalendarDate, date } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { hasRole } from '#platform/access.ts'
import { maskName } from '../identity/mask.rules.ts'
import { recordAudit } from '../ledger/public.ts'
import { parties } from './contract.ts'
import { checkResidentId, mayBeOverridden } from './identifiers.rules.ts'
import { maySeePeople, showParty } from './presentation.ts'
import { findOwnerOfCode, findOwnerOfIdentifier } from './match.store.ts'
import { findOwnerOfResidentId, registerPeople } from './people.store.ts'
import { putStanding as writeStanding, upsertOrganisations } from './register.store.ts'
import { amend } from './state.store.ts'
import { readOrganisation, type CodeProblem, type OrganisationGiven, type Standing } from './rules.ts'
import { findParty, findStandings, findStates, lockParties, searchParties } from './store.ts'

const os = implementation(parties)

const list = os.list.handler(async ({ input, context, errors }) => {
  const { kind, cursor, limit, ...search } = input
  if (kind === 'person' && !maySeePeople(context)) throw errors.PEOPLE_NOT_PUBLIC()
  const after = cursor === undefined ? undefined : placeOf(cursor)
  if (cursor !== undefined && after === undefined) throw errors.INVALID_CURSOR()
  const { total, rows } = await searchParties(context.db, {
    ...withoutUndefined(search),
    kind,
    on: context.today,
    limit: limit + 1,
    ...(after === undefined ? {} : { after }),
  })
  const shown = rows.slice(0, limit)
  const standings = await standingsOn(
    context,
    shown.map(({ id }) => id),
  )
  const last = shown.at(-1)
  return {
    total,
    asOf: context.today,
    items: shown.map(({ id, name, nameEn, creditCode, country, regionCode, industryCode }) => ({
      id,
      kind,
      name: kind === 'person' ? maskName(name) : name,
      nameEn: kind === 'person' ? null : nameEn,
      creditCode,
      country,
      regionCode,
      industryCode,
      standings: standings.get(id) ?? [],
    })),
    next: rows.length > limit && last !== undefined ? cursorOf(last.nameKey, last.id) : null,
  }
})

async function standingsOn({ db, today }: Context, ids: readonly string[]): Promise<Map<string, Standing[]>> {
  if (ids.length === 0) return new Map()
  const terms = await findStandings(db, ids)
  const inForce = terms.filter(
    ({ validFrom, validTo }) => validFrom <= today && (validTo === null || today < validTo),
  )
  const byParty = Map.groupBy(inForce, ({ partyId }) => partyId)
  return new Map(
    [...byParty].map(([id, list]) => [id, [...new Set(list.map(({ standing }) => standing as Standing))]]),
  )
}

const get = os.get.handler(async ({ input: { id, asOf, purpose }, context, errors }) => {
  const on = asOf === undefined ? context.today : date(asOf)
  if (on > context.today) throw errors.DAY_AHEAD({ data: { field: 'asOf', today: context.today } })
  const shown = await showParty(context, { id, asOf: on, purpose })
  if (shown === undefined) throw errors.UNKNOWN_PARTY({ data: { id } })
  if (!('id' in shown)) throw errors.NOT_YET_RECORDED({ data: { since: shown.since } })
  return shown
})

const history = os.history.handler(async ({ input: { id }, context, errors }) => {
  const party = await findParty(context.db, id)
  if (party === undefined || (party.kind === 'person' && !maySeePeople(context)))
    throw errors.UNKNOWN_PARTY({ data: { id } })
  const states = await findStates(context.db, party.survivorId ?? id)
  const person = party.kind === 'person'
  return {
    items: states.map(({ name, nameEn, address, ...state }) => ({
      ...state,
      name: person ? maskName(name) : name,
      nameEn: person ? null : nameEn,
      address: person ? null : address,
    })),
  }
})

const create = os.create.handler(async ({ input, context, errors }) => {
  const { override, source, since, identifiers, ...fields } = input
  const overrides = [override, ...identifiers.map((one) => one.override)].some((one) => one !== undefined)
  if (overrides && !hasRole(context.actor, 'officer')) throw errors.OVERRIDE_NEEDS_OFFICER()
  if (since !== undefined && since > context.today)
    throw errors.DAY_AHEAD({ data: { field: 'since', today: context.today } })
  const read = readOrganisation({
    ...withoutUndefined(fields),
    ...(override === undefined ? {} : { creditCodeOverride: override.reason }),
    ...(since === undefined ? {} : { since: date(since) }),
    identifiers: identifiers.map(({ override: trusted, ...one }) => ({
      ...withoutUndefined(one),
      ...(trusted === undefined ? {} : { override: trusted.reason }),
    })),
  })
  if ('problem' in read) throw errors.CODE_NOT_VALID({ data: problemData(read.problem) })
  return context.write(async (tx) => {
    const owner = await ownerOf(tx, read.ok)
    if (owner !== undefined) throw errors.CODE_TAKEN({ data: owner })
    const [registered] = await upsertOrganisations(tx, { on: context.today, source }, [read.ok], 'always-new')
    // Somebody else entered the same code while this transaction waited: theirs stands, and it is not changed in passing.
    if (registered !== undefined && registered.outcome !== 'created') {
      throw errors.CODE_TAKEN({ data: { id: registered.id, name: read.ok.name } })
    }
    return recorded(tx, context, registered?.id, 'party.created', overrideDetail(read.ok))
  })
})

const createPerson = os.createPerson.handler(async ({ input, context, errors }) => {
  const { residentId, source, ...fields } = input
  const verdict = residentId === undefined ? undefined : checkResidentId(residentId)
  if (verdict?.valid === false) {
    const { reason, expectedCheck = null } = verdict
    // The number is personal: a refusal must not carry it into logs.
    throw errors.CODE_NOT_VALID({
      data: { field: 'residentId', value: '', reason, expectedCheck, mayOverride: false },
    })
  }
  const key = context.identifierKey?.()
  return context.write(async (tx) => {
    const owner = verdict?.valid === true ? await findOwnerOfResidentId(tx, verdict.value, key) : undefined
    if (owner !== undefined) throw errors.CODE_TAKEN({ data: { ...owner, name: maskName(owner.name) } })
    const person = {
      ...withoutUndefined(fields),
      ...(verdict?.valid === true ? { residentId: verdict.value } : {}),
    }
    const [registered] = await registerPeople(tx, { on: context.today, source }, [person], key)
    return recorded(tx, context, registered?.id, 'party.created', {})
  })
})

const update = os.update.handler(async ({ input, context, errors }) => {
  const { id, version, override, from, source, ...fields } = input
  if (override !== undefined && !hasRole(context.actor, 'officer')) throw errors.OVERRIDE_NEEDS_OFFICER()
  const on = from === undefined ? context.today : date(from)
  return context.write(async (tx) => {
    await lockParties(tx, [id])
    const party = await findParty(tx, id)
    if (party === undefined || party.kind !== 'organisation') throw errors.UNKNOWN_PARTY({ data: { id } })
    if (party.survivorId !== id) throw errors.MERGED({ data: { survivorId: party.survivorId ?? id } })
    if (party.version !== version) throw errors.CHANGED({ data: { version: party.version } })
    const given: OrganisationGiven = {
      name: party.name,
      ...withoutUndefined(fields),
      ...(override === undefined ? {} : { creditCodeOverride: override.reason }),
    }
    const read = readOrganisation(given)
    if ('problem' in read) throw errors.CODE_NOT_VALID({ data: problemData(read.problem) })
    if (
      party.creditCode !== null &&
      read.ok.creditCode !== undefined &&
      read.ok.creditCode !== party.creditCode
    ) {
      throw errors.CODE_CANNOT_CHANGE({ data: { creditCode: party.creditCode } })
    }
    const owner = party.creditCode === null ? await ownerOf(tx, read.ok) : undefined
    if (owner !== undefined) throw errors.CODE_TAKEN({ data: owner })
    const opened = (await findStates(tx, id)).at(-1)?.validFrom ?? on
    if (on < opened || on > context.today)
      throw errors.OUT_OF_ORDER({ data: { from: opened, to: context.today } })
    await amend(tx, party, read.ok, { on, source })
    return recorded(tx, context, id, 'party.changed', { from: on, ...overrideDetail(read.ok) })
  })
})

const putStanding = os.putStanding.handler(({ input: { id, source, ...term }, context, errors }) =>
  context.write(async (tx) => {
    await lockParties(tx, [id])
    const party = await findParty(tx, id)
    if (party === undefined || party.kind !== 'organisation') throw errors.UNKNOWN_PARTY({ data: { id } })
    if (party.survivorId !== id) throw errors.MERGED({ data: { survivorId: party.survivorId ?? id } })
    const { validFrom, validTo, standing, certificateNumber } = term
    if (validTo !== undefined && validTo <= validFrom)
      throw errors.OUT_OF_ORDER({ data: { from: validFrom, to: validTo } })
    await writeStanding(
      tx,
      id,
      {
        standing,
        validFrom: date(validFrom),
        ...(validTo === undefined ? {} : { validTo: date(validTo) }),
        ...(certificateNumber === undefined ? {} : { certificateNumber }),
      },
      source,
    )
    return recorded(tx, context, id, 'party.standing-recorded', {
      standing,
      validFrom,
      validTo: validTo ?? null,
    })
  }),
)

/** The audit entry, and the party as it now is. */
async function recorded(
  tx: Tx,
  context: Context,
  id: string | undefined,
  action: string,
  detail: Readonly<Record<string, string | null>>,
) {
  if (id === undefined) throw new BrokenInvariant(`${action} without a party`)
  await recordAudit(tx, context, {
    action,
    subject: { kind: 'party', id },
    detail,
    seals: [{ table: 'party', id }],
  })
  const opened = (await findStates(tx, id)).at(-1)?.validFrom
  const asOf = (opened !== undefined && opened > context.today ? opened : context.today) as CalendarDate
  const shown = await showParty({ ...context, db: tx }, { id, asOf })
  if (shown === undefined || !('id' in shown))
    throw new BrokenInvariant(`the party ${id} that was just written is not there`)
  return shown
}

/** The trail says that a code was entered against its check, and why it was trusted. */
function overrideDetail({ creditCodeOverride, identifiers = [] }: OrganisationGiven): Record<string, string> {
  const reasons = [creditCodeOverride, ...identifiers.map(({ override }) => override)].filter(
    (one) => one !== undefined,
  )
  return reasons.length === 0 ? {} : { override: reasons.join('; ') }
}

async function ownerOf(tx: Tx, { creditCode, identifiers = [] }: OrganisationGiven) {
  if (creditCode !== undefined) {
    const owner = await findOwnerOfCode(tx, creditCode)
    if (owner !== undefined) return owner
  }
  for (const one of identifiers) {
    const owner = await findOwnerOfIdentifier(tx, one)
    if (owner !== undefined) return owner
  }
  return undefined
}

function problemData({ field, value, reason, expectedCheck }: CodeProblem) {
  return {
    field,
    value,
    reason,
    expectedCheck: expectedCheck ?? null,
    mayOverride: mayBeOverridden({ valid: false, reason }),
  }
}

type Defined<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> }

function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<Fields>
}

function cursorOf(nameKey: string, id: string): string {
  return Buffer.from(JSON.stringify([nameKey, id])).toString('base64url')
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** Undefined for a text that no page ever gave out. */
function placeOf(cursor: string): { nameKey: string; id: string } | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(place) || place.length !== 2) return undefined
    const [nameKey, id] = place as unknown[]
    if (typeof nameKey !== 'string' || typeof id !== 'string' || !uuid.test(id) || nameKey.includes('\0'))
      return undefined
    return { nameKey, id }
  } catch {
    return undefined
  }
}

export const partyApi = { list, get, history, create, createPerson, update, putStanding }

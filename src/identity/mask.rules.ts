import type { Actor } from '#platform/access.ts'
import type { Role } from './roles.ts'

/** How an actor stands to the record itself, apart from any role. */
export type Relation = 'self' | 'own-organisation' | 'assigned'

export interface RecordTies {
  /** The account the record is about. */
  accountId?: string | null
  /** The organisations the record belongs to. */
  organisationIds?: readonly string[]
  /** The accounts that have been given the record to work on. */
  assigneeIds?: readonly string[]
}

type Classification = 'personal' | 'confidential'

type Mask = (value: string) => string

export interface FieldRule {
  readonly classification: Classification
  readonly mask: Mask
  /** Roles that may ask to see the field plain, stating a purpose. */
  readonly roles: readonly Role[]
  /** Relations that see the field plain: own data needs no purpose, assigned work does. */
  readonly relations: readonly Relation[]
}

const HIDDEN = '***'

/** 张*, 张*明, 欧阳** (from four characters on, a two-character surname is kept); a Latin name keeps its initials. */
export function maskName(name: string): string {
  const trimmed = name.trim()
  if (/^[\p{Script=Latin}\s.'-]+$/u.test(trimmed)) {
    return trimmed
      .split(/\s+/u)
      .map((word) => `${[...word][0] ?? ''}***`)
      .join(' ')
  }
  const letters = [...trimmed]
  if (letters.length <= 1) return '*'
  if (letters.length === 2) return `${letters[0]}*`
  if (letters.length === 3) return `${letters[0]}*${letters[2]}`
  return `${letters[0]}${letters[1]}${'*'.repeat(letters.length - 2)}`
}

/** 138****1234 for a mobile; of any other number the last four digits at most, and never more than a third. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/gu, '')
  if (/^1\d{10}$/u.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  return `****${digits.slice(digits.length - Math.min(4, Math.floor(digits.length / 3)))}`
}

/** Six digits of the place and the last one stay: neither birth date nor sequence can be read (GB 11643). */
export function maskIdNumber(idNumber: string): string {
  if (idNumber.length < 15) return HIDDEN
  return `${idNumber.slice(0, 6)}${'*'.repeat(idNumber.length - 7)}${idNumber.slice(-1)}`
}

export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? HIDDEN : `${[...email][0]}***${email.slice(at)}`
}

export function hide(): string {
  return HIDDEN
}

function personal(mask: Mask, roles: readonly Role[], relations: readonly Relation[] = ['self']): FieldRule {
  return { classification: 'personal', mask, roles, relations }
}

function confidential(mask: Mask, roles: readonly Role[], relations: readonly Relation[]): FieldRule {
  return { classification: 'confidential', mask, roles, relations }
}

const CASEWORK: readonly Role[] = ['officer', 'inspector']
const OWN: readonly Relation[] = ['self', 'own-organisation', 'assigned']

/**
 * Every field of a record that is personal or confidential, and who may see it plain (PIPL; S135).
 * A field that is not named here is public.
 */
export const MASKED_FIELDS = {
  account: {
    email: personal(maskEmail, ['administrator']),
    phone: personal(maskPhone, ['administrator']),
  },
  person: {
    name: personal(maskName, [...CASEWORK, 'statistician'], OWN),
    idNumber: personal(maskIdNumber, CASEWORK),
    phone: personal(maskPhone, [...CASEWORK, 'operator'], OWN),
    email: personal(maskEmail, [...CASEWORK, 'operator'], OWN),
    address: personal(hide, CASEWORK),
  },
  practitioner: {
    idNumber: personal(maskIdNumber, CASEWORK),
    phone: personal(maskPhone, [...CASEWORK, 'operator'], OWN),
    email: personal(maskEmail, [...CASEWORK, 'operator'], OWN),
  },
  organisation: {
    contactName: personal(maskName, [...CASEWORK, 'operator'], OWN),
    contactPhone: personal(maskPhone, [...CASEWORK, 'operator'], OWN),
    contactEmail: personal(maskEmail, [...CASEWORK, 'operator'], OWN),
    bankAccount: confidential(hide, ['officer'], ['own-organisation']),
    revenue: confidential(hide, ['officer', 'statistician'], ['own-organisation']),
  },
} as const satisfies Record<string, Record<string, FieldRule>>

export type MaskedKind = keyof typeof MASKED_FIELDS
export type MaskedField<K extends MaskedKind> = Extract<keyof (typeof MASKED_FIELDS)[K], string>

const NO_TIES: RecordTies = {}

/** The relations that really hold between an actor and a record. */
export function relationsOf(actor: Actor, ties: RecordTies): readonly Relation[] {
  if (actor.kind !== 'account' || actor.secondFactor === 'missing') return []
  const relations: Relation[] = []
  if (ties.accountId === actor.accountId) relations.push('self')
  if (ties.organisationIds?.some((id) => actor.organisationIds.includes(id)))
    relations.push('own-organisation')
  if (ties.assigneeIds?.includes(actor.accountId)) relations.push('assigned')
  return relations
}

/** The fields an actor would see plain after stating a purpose; reading them is logged for the subject. */
export function revealableFields<K extends MaskedKind>(
  kind: K,
  actor: Actor,
  ties: RecordTies = NO_TIES,
): readonly MaskedField<K>[] {
  const relations = relationsOf(actor, ties)
  return entriesOf(kind)
    .filter(([, rule]) => holdsRole(actor, rule) || rule.relations.some((one) => relations.includes(one)))
    .map(([field]) => field)
}

/** The fields an actor sees plain without being asked why: their own data, and that of their own organisation. */
export function ownFields<K extends MaskedKind>(
  kind: K,
  actor: Actor,
  ties: RecordTies = NO_TIES,
): readonly MaskedField<K>[] {
  const relations: readonly Relation[] = relationsOf(actor, ties).filter((one) => one !== 'assigned')
  return entriesOf(kind)
    .filter(([, rule]) => rule.relations.some((one) => relations.includes(one)))
    .map(([field]) => field)
}

/**
 * The record as an actor sees it without stating a purpose: own data plain, everything else masked,
 * whatever their role. Fields that are null stay null, so that an empty field does not look like a hidden one.
 */
export function maskRecord<R extends object>(
  kind: MaskedKind,
  record: R,
  actor: Actor,
  ties: RecordTies = NO_TIES,
): R {
  return maskAllBut(kind, record, ownFields(kind, actor, ties))
}

/** The record with only these fields plain. */
export function maskAllBut<K extends MaskedKind, R extends object>(
  kind: K,
  record: R,
  plain: readonly MaskedField<K>[],
): R {
  const masked = { ...record }
  for (const [field, rule] of entriesOf(kind)) {
    const value: unknown = Reflect.get(masked, field)
    if (plain.includes(field) || value === undefined || value === null) continue
    Reflect.set(masked, field, rule.mask(String(value)))
  }
  return masked
}

function holdsRole(actor: Actor, rule: FieldRule): boolean {
  return (
    actor.kind === 'account' &&
    actor.secondFactor !== 'missing' &&
    rule.roles.some((role) => actor.roles.includes(role))
  )
}

function entriesOf<K extends MaskedKind>(kind: K): [MaskedField<K>, FieldRule][] {
  return Object.entries(MASKED_FIELDS[kind]) as [MaskedField<K>, FieldRule][]
}

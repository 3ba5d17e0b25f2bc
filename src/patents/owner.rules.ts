/**
 * Which names are one owner. Pure: the names of the corpus and what the register of organisations knows come in; groups with their
 * evidence and open questions come out. A person's name never joins two owners, since it is not one person's alone.
 */
import { nameKey } from '../parties/names.rules.ts'

/** Raised whenever the same names could fall otherwise; every link carries the version that made it. */
export const OWNER_RULES_VERSION = 1

export type OwnerKind = 'organisation' | 'person' | 'unclear'

/** How two writings were found to be one name; the words of each are the web's. */
export type OwnerRule =
  /** Width, brackets, spaces, stops and the case of Latin letters differ. */
  | 'writing'
  /** A legal form of another country is written out or abbreviated. */
  | 'foreign-form'
  /** The register of organisations knows the name as one of this party's. */
  | 'party-name'
  | 'former-name'
  | 'short-name'
  | 'translation'
  /** Only brackets, only the legal form, or only 大学 and 学院 differ, and the inventors are the same people. */
  | 'brackets'
  | 'legal-form'
  | 'university-college'
  /** One name, several parties of the register. */
  | 'several-parties'

export interface ReadName {
  readonly name: string
  readonly documents: number
}

export interface PartyName {
  readonly partyId: string
  readonly name: string
  readonly kind: 'name' | 'former' | 'short' | 'trade' | 'translation'
  readonly source: string
}

export interface Evidence {
  readonly rule: OwnerRule | 'own'
  readonly basis: 'own' | 'rule' | 'alias'
  readonly detail: Readonly<Record<string, string | number | readonly string[]>>
}

export interface Member extends ReadName {
  readonly key: string
  readonly evidence: Evidence
}

export interface Group {
  /** The name it is shown under: that of most documents. */
  readonly name: string
  readonly kind: OwnerKind
  readonly members: readonly Member[]
  readonly match: 'matched' | 'unmatched' | 'ambiguous' | 'person'
  readonly partyId: string | null
  readonly matchBasis: PartyName['kind'] | null
  readonly candidates: readonly string[]
}

export interface Question {
  readonly first: string
  readonly second: string
  readonly rule: OwnerRule
  readonly detail: Evidence['detail']
  readonly documents: number
}

const ORGANISATION_WORDS =
  /公司|集团|企业|大学|学院|学校|中学|小学|研究|设计院|医院|科学院|委员会|银行|中心|工厂|厂$|局$|站$|所$|社$|部$|会$|室$|队$|店$|院$|株式会社|有限|合伙|基地|实验室/u
const LATIN_WORDS =
  /\b(?:co|corp|corporation|company|inc|incorporated|ltd|limited|llc|gmbh|ag|kg|sa|sas|bv|nv|plc|spa|oy|ab|kk|kabushiki|kaisha|university|univ|universit\w+|institute|inst|college|school|hospital|foundation|laborator\w+|centre|center|council|commission|agency|academy|bank|group|holding\w*|technolog\w+|electronics|industr\w+|systems?|pharma\w*)\b/iu

/** What a name names. A short Chinese name without a word of an organisation is taken for a person's. */
export function kindOf(name: string): OwnerKind {
  const plain = name.normalize('NFKC').trim()
  if (/\p{Script=Han}/u.test(plain)) {
    if (ORGANISATION_WORDS.test(plain)) return 'organisation'
    return /^[\p{Script=Han}·•]{2,12}$/u.test(plain) && (plain.length <= 4 || /[·•]/u.test(plain))
      ? 'person'
      : 'unclear'
  }
  return LATIN_WORDS.test(plain) ? 'organisation' : 'unclear'
}

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:company|co)\s+(?:limited|ltd)\b/g, 'co ltd'],
  [/\bkabushiki\s+kaisha\b|\bk\s+k\b/g, 'kk'],
  [/\bcorporation\b/g, 'corp'],
  [/\bincorporated\b/g, 'inc'],
  [/\blimited\b/g, 'ltd'],
  [/\bcompany\b/g, 'co'],
  [/\baktiengesellschaft\b/g, 'ag'],
  [/\bl\s+l\s+c\b/g, 'llc'],
  [/\bb\s+v\b/g, 'bv'],
  [/\bn\s+v\b/g, 'nv'],
  [/\bs\s+p\s+a\b/g, 'spa'],
  [/\bs\s+a\b/g, 'sa'],
  [/\buniv\b/g, 'university'],
  [/\binst\b/g, 'institute'],
]

/** A foreign name with its legal form abbreviated as is usual, without stops; its country in square brackets goes. */
export function foreignKey(name: string): string {
  let plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s*\[[a-z]{2}\]\s*$/u, '')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  for (const [long, short] of FORMS) plain = plain.replace(long, short)
  return plain.replace(/\s+/g, ' ')
}

/** How a name is written, once habits of writing are set aside. */
export function writingKey(name: string): string {
  const key = nameKey(name).replace(/[.。,，;；]+$/u, '')
  return /\p{Script=Han}/u.test(key) ? key : foreignKey(name)
}

type LooseRule = 'brackets' | 'legal-form' | 'university-college'

/** Keys under which different writings may be one owner and may not; people in common decide, or an officer. */
function looseKeys(key: string): readonly (readonly [LooseRule, string])[] {
  if (!/\p{Script=Han}/u.test(key)) return []
  const keys: [LooseRule, string][] = []
  const open = key.replace(/[()]/g, '')
  if (/公司|集团|厂/u.test(key)) keys.push(['brackets', open])
  if (key.endsWith('公司'))
    keys.push(['legal-form', open.replace(/(?:股份有限公司|有限责任公司|有限公司|公司)$/u, '公司')])
  if (/(?:大学|学院)$/u.test(key)) keys.push(['university-college', key.replace(/(?:大学|学院)$/u, '校')])
  return keys
}

/** So many inventors in common show that two similar names are one owner. */
const PEOPLE_IN_COMMON: Readonly<Record<LooseRule, number>> = {
  brackets: 2,
  'legal-form': 2,
  'university-college': 3,
}

export interface Candidate {
  readonly first: string
  readonly second: string
  readonly rule: LooseRule
}

interface Draft {
  readonly key: string
  readonly members: ReadName[]
}

/** The writings of each key. A person's name is written as it is: only width and spaces are set aside. */
function draftsOf(names: readonly ReadName[]): Map<string, Draft> {
  const drafts = new Map<string, Draft>()
  for (const one of names) {
    const key = kindOf(one.name) === 'organisation' ? writingKey(one.name) : nameKey(one.name)
    const draft = drafts.get(key) ?? { key, members: [] }
    draft.members.push(one)
    drafts.set(key, draft)
  }
  for (const { members } of drafts.values())
    members.sort((one, other) => other.documents - one.documents || (one.name < other.name ? -1 : 1))
  return drafts
}

/** The pairs of keys for which it must be known which inventors they have in common. */
export function candidatesOf(names: readonly ReadName[]): Candidate[] {
  const byLoose = new Map<string, string[]>()
  const drafts = draftsOf(names.filter(({ name }) => kindOf(name) === 'organisation'))
  for (const { key } of drafts.values())
    for (const [rule, loose] of looseKeys(key)) {
      const id = `${rule}|${loose}`
      byLoose.set(id, [...(byLoose.get(id) ?? []), key])
    }
  const seen = new Set<string>()
  const found: Candidate[] = []
  for (const [id, keys] of byLoose) {
    if (keys.length < 2) continue
    const [first = '', ...others] = keys
      .map((key) => drafts.get(key)?.members[0]?.name ?? '')
      .sort((one, other) => (one < other ? -1 : 1))
    for (const second of others) {
      if (seen.has(`${first}|${second}`)) continue
      seen.add(`${first}|${second}`)
      found.push({ first, second, rule: id.split('|')[0] as LooseRule })
    }
  }
  return found
}

export interface Knowledge {
  readonly parties: readonly PartyName[]
  /** Inventors in common of a candidate pair, keyed `first|second` as `candidatesOf` gave them. */
  readonly common: ReadonlyMap<string, readonly string[]>
  /** Names that officers put where they are: no rule moves them. */
  readonly fixed: ReadonlySet<string>
  /** Pairs that an officer found to be two, keyed `first|second`, smaller first. */
  readonly apart: ReadonlySet<string>
}

/** Joins what is one and asks about what may be. The order of the names changes nothing. */
export function normaliseOwners(
  names: readonly ReadName[],
  { parties, common, fixed, apart }: Knowledge,
): { groups: Group[]; questions: Question[] } {
  const free = names.filter(({ name }) => !fixed.has(name))
  const drafts = draftsOf(free)
  const known = new Map<string, PartyName[]>()
  for (const party of parties) {
    const key = writingKey(party.name)
    known.set(key, [...(known.get(key) ?? []), party])
  }
  const joins = new Joins([...drafts.keys()])
  const questions: Question[] = []
  const evidence = new Map<string, Evidence>()
  joinByParty(drafts, known, { joins, evidence, questions, apart })
  joinByPeople(free, drafts, common, { joins, evidence, questions, apart })
  return { groups: joins.groups().map((keys) => groupOf(keys, drafts, known, evidence)), questions }
}

interface Work {
  readonly joins: Joins
  readonly evidence: Map<string, Evidence>
  readonly questions: Question[]
  readonly apart: ReadonlySet<string>
}

const ALIAS_RULES: Readonly<Record<PartyName['kind'], OwnerRule>> = {
  name: 'party-name',
  former: 'former-name',
  short: 'short-name',
  trade: 'short-name',
  translation: 'translation',
}

/** Names of one party are one owner. A short name proves nothing by itself and becomes a question. */
function joinByParty(
  drafts: ReadonlyMap<string, Draft>,
  known: ReadonlyMap<string, readonly PartyName[]>,
  { joins, evidence, questions, apart }: Work,
): void {
  const byParty = new Map<string, { key: string; alias: PartyName }[]>()
  for (const { key, members } of drafts.values()) {
    if (kindOf(members[0]?.name ?? '') === 'person') continue
    const aliases = known.get(key) ?? []
    const ids = new Set(aliases.map(({ partyId }) => partyId))
    const [alias] = aliases
    if (alias === undefined || ids.size > 1) continue
    byParty.set(alias.partyId, [...(byParty.get(alias.partyId) ?? []), { key, alias }])
  }
  for (const [partyId, found] of byParty) {
    const main = found.find(({ alias }) => alias.kind === 'name') ?? found[0]
    for (const { key, alias } of found) {
      if (main === undefined || key === main.key) continue
      const [one, other] = [shownName(drafts, main.key), shownName(drafts, key)]
      const rule = ALIAS_RULES[alias.kind]
      const detail = { alias: alias.name, source: alias.source, partyId }
      if (apart.has(pairKey(one, other))) continue
      if (rule === 'short-name') {
        questions.push(question(one, other, rule, detail, drafts.get(key)))
        continue
      }
      joins.join(main.key, key)
      evidence.set(key, { rule, basis: 'alias', detail })
    }
  }
}

function joinByPeople(
  names: readonly ReadName[],
  drafts: ReadonlyMap<string, Draft>,
  common: Knowledge['common'],
  { joins, evidence, questions, apart }: Work,
): void {
  for (const { first, second, rule } of candidatesOf(names)) {
    const [one, other] = [writingKey(first), writingKey(second)]
    if (joins.joined(one, other) || apart.has(pairKey(first, second))) continue
    const people = common.get(`${first}|${second}`) ?? []
    const detail = { inventors: people.slice(0, 10), inCommon: people.length, needed: PEOPLE_IN_COMMON[rule] }
    if (people.length >= PEOPLE_IN_COMMON[rule]) {
      joins.join(one, other)
      evidence.set(other, { rule, basis: 'rule', detail: { ...detail, with: first } })
    } else questions.push(question(first, second, rule, detail, drafts.get(other)))
  }
}

function question(
  one: string,
  other: string,
  rule: OwnerRule,
  detail: Evidence['detail'],
  draft: Draft | undefined,
): Question {
  const [first, second] = one < other ? [one, other] : [other, one]
  const documents = (draft?.members ?? []).reduce((sum, member) => sum + member.documents, 0)
  return { first, second, rule, detail, documents }
}

function groupOf(
  keys: readonly string[],
  drafts: ReadonlyMap<string, Draft>,
  known: ReadonlyMap<string, readonly PartyName[]>,
  evidence: ReadonlyMap<string, Evidence>,
): Group {
  const all = keys
    .flatMap((key) => (drafts.get(key)?.members ?? []).map((member) => ({ ...member, key })))
    .sort((one, other) => other.documents - one.documents || (one.name < other.name ? -1 : 1))
  const [main] = all
  const name = main?.name ?? ''
  const members = all.map((member): Member => ({ ...member, evidence: evidenceOf(member, main, evidence) }))
  return { name, kind: kindOf(name), members, ...matchOf(keys, kindOf(name), known) }
}

function evidenceOf(
  member: ReadName & { readonly key: string },
  main: (ReadName & { readonly key: string }) | undefined,
  evidence: ReadonlyMap<string, Evidence>,
): Evidence {
  if (main === undefined || member.name === main.name) return { rule: 'own', basis: 'own', detail: {} }
  if (member.key !== main.key)
    return evidence.get(member.key) ?? evidence.get(main.key) ?? { rule: 'own', basis: 'own', detail: {} }
  const rule = nameKey(member.name) === nameKey(main.name) ? 'writing' : 'foreign-form'
  return { rule, basis: 'rule', detail: { with: main.name, key: member.key } }
}

function matchOf(
  keys: readonly string[],
  kind: OwnerKind,
  known: ReadonlyMap<string, readonly PartyName[]>,
): Pick<Group, 'match' | 'partyId' | 'matchBasis' | 'candidates'> {
  if (kind === 'person') return { match: 'person', partyId: null, matchBasis: null, candidates: [] }
  const found = keys.flatMap((key) => known.get(key) ?? [])
  const ids = [...new Set(found.map(({ partyId }) => partyId))].sort()
  const [only] = ids
  if (only === undefined) return { match: 'unmatched', partyId: null, matchBasis: null, candidates: [] }
  if (ids.length > 1) return { match: 'ambiguous', partyId: null, matchBasis: null, candidates: ids }
  const basis = found.find((one) => one.kind === 'name')?.kind ?? found[0]?.kind ?? null
  // A short name alone says too little to book patents to a firm.
  if (basis === 'short' || basis === 'trade')
    return { match: 'ambiguous', partyId: null, matchBasis: null, candidates: ids }
  return { match: 'matched', partyId: only, matchBasis: basis, candidates: [] }
}

/** The join of an owner whose names officers put together: by the same rule as any other. */
export function matchOwner(names: readonly string[], parties: readonly PartyName[]) {
  const known = new Map<string, PartyName[]>()
  for (const party of parties) {
    const key = writingKey(party.name)
    known.set(key, [...(known.get(key) ?? []), party])
  }
  return matchOf(names.map(writingKey), kindOf(names[0] ?? ''), known)
}

function shownName(drafts: ReadonlyMap<string, Draft>, key: string): string {
  return drafts.get(key)?.members[0]?.name ?? key
}

export const pairKey = (one: string, other: string) => (one < other ? `${one}|${other}` : `${other}|${one}`)

/** Sets that are joined two at a time. */
class Joins {
  readonly #parent: Map<string, string>

  constructor(keys: readonly string[]) {
    this.#parent = new Map(keys.map((key) => [key, key]))
  }

  #root(key: string): string {
    let root = key
    for (let up = this.#parent.get(root); up !== undefined && up !== root; up = this.#parent.get(root))
      root = up
    return root
  }

  joined(one: string, other: string): boolean {
    return this.#root(one) === this.#root(other)
  }

  join(one: string, other: string): void {
    this.#parent.set(this.#root(other), this.#root(one))
  }

  groups(): string[][] {
    const groups = new Map<string, string[]>()
    for (const key of this.#parent.keys()) {
      const root = this.#root(key)
      groups.set(root, [...(groups.get(root) ?? []), key])
    }
    return [...groups.values()]
  }
}

/** What a ledger entry may hold: JSON without numbers that other readers would round differently. */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined }

/**
 * The one text of a value, after RFC 8785: members sorted by UTF-16 code units, no spaces, numbers as ECMAScript
 * writes them. Members that are `undefined` are left out. Throws a TypeError on what JSON cannot carry faithfully.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') return canonicalObject(value)
  throw new TypeError(`a ledger entry cannot hold a ${typeof value}`)
}

function canonicalObject(value: { readonly [key: string]: CanonicalValue | undefined }): string {
  const members: string[] = []
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) members.push(`${canonicalString(key)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}

function canonicalString(value: string): string {
  // A lone surrogate has no UTF-8 form: two different texts would share one hash.
  if (!value.isWellFormed()) throw new TypeError('a ledger entry cannot hold half a character')
  return JSON.stringify(value)
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`a ledger entry cannot hold ${value}`)
  return JSON.stringify(value)
}

function isList(value: CanonicalValue): value is readonly CanonicalValue[] {
  return Array.isArray(value)
}

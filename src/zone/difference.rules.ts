import type { ZoneFiles } from './rules.ts'

export interface ZoneChange {
  file: string
  field: string
  kind: 'added' | 'removed' | 'changed'
  /** As JSON text; null where there was nothing. */
  before: string | null
  after: string | null
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What a profile's lists are known by, so that a line inserted above does not make every line below look changed. */
const KEYS = ['id', 'code', 'stage', 'kind', 'date', 'from', 'year'] as const

/** Every place at which two versions of a zone folder differ, in the order of the files. */
export function differences(before: ZoneFiles, after: ZoneFiles): ZoneChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names.flatMap((file) => {
    const [old, now] = [before[file], after[file]]
    if (old === now) return []
    if (old === undefined || now === undefined) {
      return [change(file, '$', old === undefined ? undefined : '…', now === undefined ? undefined : '…')]
    }
    return file.endsWith('.json') ? jsonChanges(file, old, now) : lineChanges(file, old, now)
  })
}

function jsonChanges(file: string, before: string, after: string): ZoneChange[] {
  const changes: ZoneChange[] = []
  compare(parse(before), parse(after), '$', (field, old, now) => changes.push(change(file, field, old, now)))
  return changes
}

function compare(
  before: Json | undefined,
  after: Json | undefined,
  field: string,
  report: (field: string, before: Json | undefined, after: Json | undefined) => void,
): void {
  if (Array.isArray(before) && Array.isArray(after)) {
    const key = keyOf([...before, ...after])
    return compareMembers(
      membersOf(before, key),
      membersOf(after, key),
      (member) => `${field}[${member}]`,
      report,
    )
  }
  if (isObject(before) && isObject(after)) {
    const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
    return compareMembers(old, now, (member) => `${field}.${member}`, report)
  }
  if (JSON.stringify(before) !== JSON.stringify(after)) report(field, before, after)
}

function compareMembers(
  before: Map<string, Json>,
  after: Map<string, Json>,
  at: (member: string) => string,
  report: Parameters<typeof compare>[3],
): void {
  for (const member of new Set([...before.keys(), ...after.keys()])) {
    compare(before.get(member), after.get(member), at(member), report)
  }
}

/** A field that every item has and no two items of one list share. */
function keyOf(items: readonly Json[]): string | undefined {
  return KEYS.find(
    (key) =>
      items.length > 0 &&
      items.every((item) => isObject(item) && typeof item[key] !== 'object' && item[key] !== undefined),
  )
}

function membersOf(items: readonly Json[], key: string | undefined): Map<string, Json> {
  const keyed = new Map(
    items.map((item, index) => [key && isObject(item) ? String(item[key]) : String(index), item]),
  )
  return keyed.size === items.length ? keyed : new Map(items.map((item, index) => [String(index), item]))
}

function lineChanges(file: string, before: string, after: string): ZoneChange[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => index)
    .filter((index) => old[index] !== now[index])
    .map((index) => change(file, `line ${index + 1}`, old[index], now[index]))
}

function change(file: string, field: string, before: Json | undefined, after: Json | undefined): ZoneChange {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return { file, field, kind, before: asText(before), after: asText(after) }
}

function asText(value: Json | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function parse(text: string): Json {
  return JSON.parse(text.replace(/^\uFEFF/, '')) as Json
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import fc from 'fast-check'
import { z } from 'zod'
import type { Audience, OperationMeta } from '#platform/contract.ts'
import { contract } from '../src/contract.ts'

export interface Operation {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly allow: Audience
  readonly meta: OperationMeta
  readonly input: z.ZodType | undefined
}

export type Input = Record<string, unknown>

/** Every operation of the whole contract. */
export function operations(node: unknown = contract, name = ''): Operation[] {
  if (typeof node !== 'object' || node === null) return []
  const definition: unknown = Reflect.get(node, '~orpc')
  if (typeof definition !== 'object' || definition === null) {
    return Object.entries(node).flatMap(([key, child]) =>
      operations(child, name === '' ? key : `${name}.${key}`),
    )
  }
  const { route, meta, inputSchema } = definition as {
    route: { method: string; path: string }
    meta: OperationMeta
    inputSchema?: z.ZodType
  }
  return [{ name, method: route.method, path: route.path, allow: meta.allow, meta, input: inputSchema }]
}

/** An input that the operation's own schema accepts, or its nearest; the same in every run. */
export function sampleInput({ input }: Operation): Input {
  if (input === undefined) return {}
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const sample = sampleOf(schema, schema)
  return typeof sample === 'object' && sample !== null ? (sample as Input) : {}
}

/** The names of the fields of an input that people fill with text. */
export function textFields(sample: Input): string[] {
  return Object.keys(sample).filter((field) => typeof sample[field] === 'string')
}

export interface Call {
  path: string
  body: Input | undefined
}

/** The input laid out as HTTP has it: in the path, then in the query of a read or the body of a write. */
export function callOf({ method, path }: Operation, input: Input): Call {
  const rest = { ...input }
  const filled = path.replaceAll(/\{\+?(\w+)\}/gu, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    // An address cannot carry half a character.
    return encodeURIComponent(String(value ?? 'x').toWellFormed())
  })
  if (method !== 'GET') return { path: `/api/v1${filled}`, body: rest }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined)
      query.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return { path: `/api/v1${filled}${query.size === 0 ? '' : `?${query.toString()}`}`, body: undefined }
}

interface JsonSchema {
  type?: string
  format?: string
  pattern?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  minLength?: number
  maxLength?: number
  minimum?: number
  minItems?: number
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  $ref?: string
  $defs?: Record<string, JsonSchema>
}

function sampleOf(schema: JsonSchema, root: JsonSchema, depth = 0): unknown {
  if (depth > 8) return null
  if (schema.$ref !== undefined) return sampleOf(refOf(schema.$ref, root), root, depth + 1)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.default !== undefined) return schema.default
  const [option] = schema.anyOf ?? schema.oneOf ?? []
  if (option !== undefined) return sampleOf(option, root, depth + 1)
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, root, depth + 1)))
  }
  return sampleOfType(schema, root, depth)
}

function sampleOfType(schema: JsonSchema, root: JsonSchema, depth: number): unknown {
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, field]) => [
          name,
          sampleOf(field, root, depth + 1),
        ]),
      )
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, () => sampleOf(schema.items ?? {}, root, depth + 1))
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return sampleText(schema)
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '01900000-0000-7000-8000-00000000dead',
  email: 'somebody@example.com',
  date: '2026-11-22',
  'date-time': '2026-11-22T04:00:00Z',
  uri: 'https://example.com/',
}

function sampleText({ format, pattern, minLength = 1, maxLength = 200 }: JsonSchema): string {
  if (format !== undefined && FORMATS[format] !== undefined) return FORMATS[format]
  if (pattern !== undefined) {
    return fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: 1, seed: 1 })[0] ?? ''
  }
  return 'sample text'.padEnd(minLength, 'x').slice(0, Math.max(1, maxLength))
}

function refOf(ref: string, root: JsonSchema): JsonSchema {
  return root.$defs?.[ref.split('/').at(-1) ?? ''] ?? {}
}

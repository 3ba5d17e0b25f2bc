import { queryOptions } from '@tanstack/react-query'

/** A JSON schema, as far as a reader needs it. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly description?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly $ref?: string
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

interface RawOperation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
  readonly 'x-allow': 'anyone' | 'signedIn' | readonly string[]
  readonly 'x-clauses'?: readonly string[]
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>
}

interface Refusal {
  readonly status: number
  readonly code: string
}

/** One operation, flattened for reading. */
export interface Operation {
  readonly id: string
  /** The room of the house it belongs to: the first part of its id. */
  readonly room: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string | undefined
  readonly allow: RawOperation['x-allow']
  readonly clauses: readonly string[]
  readonly parameters: readonly Parameter[]
  readonly body: Schema | undefined
  readonly answer: { readonly status: number; readonly schema: Schema | undefined }
  readonly refusals: readonly Refusal[]
}

export const API_ROOT = '/api/v1'

/** The platform's own description of its API; changes only with a release. */
export const openApiQuery = queryOptions({
  queryKey: ['openapi'],
  staleTime: Infinity,
  queryFn: async (): Promise<readonly Operation[]> => {
    const response = await fetch(`${API_ROOT}/openapi.json`)
    if (!response.ok)
      throw Object.assign(new Error('openapi'), { code: 'UNAVAILABLE', status: response.status })
    return operationsOf((await response.json()) as ApiDocument)
  },
})

function operationsOf(document: ApiDocument): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => flatten(method.toUpperCase(), path, raw)),
  )
}

function flatten(method: string, path: string, raw: RawOperation): Operation {
  const answers = Object.entries(raw.responses)
  const [status, success] = answers.find(([code]) => code.startsWith('2')) ?? ['200', {}]
  return {
    id: raw.operationId,
    room: raw.operationId.split('.')[0] ?? '',
    method,
    path,
    summary: raw.summary,
    description: raw.description,
    allow: raw['x-allow'],
    clauses: raw['x-clauses'] ?? [],
    parameters: raw.parameters ?? [],
    body: schemaOf(raw.requestBody?.content),
    answer: { status: Number(status), schema: schemaOf(success.content) },
    refusals: answers.flatMap(([code, { content }]) =>
      code.startsWith('2') ? [] : refusalsOf(Number(code), schemaOf(content)),
    ),
  }
}

function schemaOf(content: Content | undefined): Schema | undefined {
  return content && Object.values(content)[0]?.schema
}

/** The typed refusals of one status: each alternative names its code as a constant. */
function refusalsOf(status: number, schema: Schema | undefined): Refusal[] {
  return (schema?.oneOf ?? schema?.anyOf ?? [])
    .map((alternative) => alternative.properties?.['code']?.const)
    .filter((code) => typeof code === 'string')
    .map((code) => ({ status, code }))
}

/** Rooms in the order in which they are first met, each with its operations. */
export function byRoom(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  return Map.groupBy(operations, (operation) => operation.room)
}

/** What can be taken as a whole by anybody: read, open, and with nothing to fill in. */
export function isDataset({ method, allow, path, answer }: Operation): boolean {
  return (
    method === 'GET' &&
    allow === 'anyone' &&
    !path.includes('{') &&
    !path.endsWith('.csv') &&
    answer.schema !== undefined
  )
}

/** A schema in a few words: `string`, `date | null`, `list of object`. */
export function typeInWords(schema: Schema): string {
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return [...new Set(alternatives.map(typeInWords))].join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  if (schema.type === 'array') return schema.items ? `list of ${typeInWords(schema.items)}` : 'list'
  if (schema.format) return schema.format
  return typeof schema.type === 'string' ? schema.type : (schema.type?.join(' | ') ?? 'any')
}

/** The fields that a schema names, through lists and alternatives with null. */
export function fieldsOf(schema: Schema): readonly (readonly [string, Schema])[] {
  if (schema.properties) return Object.entries(schema.properties)
  if (schema.items) return fieldsOf(schema.items)
  const alternatives = (schema.anyOf ?? schema.oneOf ?? []).map(fieldsOf)
  return alternatives.find((fields) => fields.length > 0) ?? []
}

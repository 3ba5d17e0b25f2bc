import { useNavigate, useParams, useSearch } from '@tanstack/react-router'

export type SearchValues = Readonly<Record<string, string | readonly string[] | undefined>>

export interface SearchState {
  /** The one value of a name, or the empty text. */
  readonly text: (name: string) => string
  /** All values of a name that may be repeated: `?stage=growth&stage=mature`. */
  readonly all: (name: string) => readonly string[]
  /** Changes some names and keeps the others. Empty values leave the address. Replaces the history entry by default. */
  readonly set: (values: SearchValues, options?: { readonly push?: boolean }) => void
  readonly clear: () => void
}

/** Filters live in the address: a filtered list can be sent to a colleague, and Back undoes a step. */
export function useSearchState(): SearchState {
  const search: SearchValues = useSearch({ strict: false })
  const navigate = useNavigate()
  const all = (name: string) => {
    const value = search[name]
    if (value === undefined) return []
    return typeof value === 'string' ? [value] : value
  }
  return {
    text: (name) => all(name)[0] ?? '',
    all,
    set: (values, { push = false } = {}) =>
      void navigate({
        to: '.',
        search: () => withoutEmpty({ ...search, ...values }),
        replace: !push,
        resetScroll: false,
      }),
    clear: () => void navigate({ to: '.', search: () => ({}), resetScroll: false }),
  }
}

function withoutEmpty(values: SearchValues): SearchValues {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value.length > 0),
  )
}

/** Plain query strings instead of the router's JSON: what people write by hand and other systems link to. */
export function parseSearch(text: string): SearchValues {
  const values = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(text)) {
    const before = values.get(name)
    values.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(values)
}

export function stringifySearch(values: Record<string, unknown>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') parameters.append(name, String(one))
    }
  }
  const text = parameters.toString()
  return text ? `?${text}` : ''
}

/** A parameter of the address: `usePathParameter('code')` on `/agencies/$code`. */
export function usePathParameter(name: string): string {
  const parameters: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
  const value = parameters[name]
  if (value === undefined) throw new Error(`the address of this page has no parameter "${name}"`)
  return value
}

/** The query that lists what a facet counted. Pure. */

type FacetName = 'right' | 'status' | 'year' | 'subclass' | 'applicant'

const FIELD: Readonly<Record<FacetName, (value: string) => string>> = {
  right: (value) => `right=${value}`,
  status: (value) => `status=${value}`,
  year: (value) => `ad=${value}`,
  subclass: (value) => `ipc=${value}`,
  applicant: (value) => `pa=="${value.replaceAll(/["“”]/g, ' ')}"`,
}

export function facetQuery(q: string, facet: FacetName, value: string): string {
  const one = FIELD[facet](value)
  if (q.trim() === '') return one
  return /\bor\b|[|或]/i.test(q) ? `(${q.trim()}) ${one}` : `${q.trim()} ${one}`
}

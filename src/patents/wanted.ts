import { piecesOfTerm } from './condition.store.ts'
import type { Cluster } from './cluster.rules.ts'
import type { Query } from './query.rules.ts'
import { classLevels } from './row.rules.ts'
import { readPhrase } from './segmentation.ts'
import { normalised, type Piece } from './text.rules.ts'
import type { Wanted, WhyField } from './why.rules.ts'

type Term = Extract<Query, { kind: 'term' }>

const TEXTS: Readonly<Record<string, readonly WhyField[]>> = {
  all: ['title', 'abstract', 'claims', 'applicants', 'owners', 'inventors', 'agency', 'attorneys'],
  ti: ['title'],
  ab: ['abstract'],
  cl: ['claims'],
  ta: ['title', 'abstract'],
}
const NAMES: Readonly<Record<string, readonly WhyField[]>> = {
  pa: ['applicants'],
  ow: ['owners', 'applicants'],
  in: ['inventors'],
  ag: ['agency'],
  at: ['attorneys'],
}
const WORDS: Readonly<Record<string, readonly WhyField[]>> = {
  status: ['legalStatus'],
  right: ['right'],
  stage: ['other'],
}
const DAYS = { filed_on: 'filedOn', published_on: 'publishedOn', granted_on: 'grantedOn' } as const

/** What each part of a query wants to see in a document that it found; what it excludes wants nothing. */
export function wantedBy(
  query: Query | undefined,
  cluster: (named: string) => Cluster | undefined,
): Wanted[] {
  switch (query?.kind) {
    case undefined:
    case 'not':
      return []
    case 'and':
    case 'or':
      return query.of.flatMap((part) => wantedBy(part, cluster))
    case 'days':
      return [{ kind: 'days', field: DAYS[query.field.column], span: query.span }]
    case 'term':
      return wantedByTerm(query, cluster)
  }
}

function wantedByTerm(term: Term, cluster: (named: string) => Cluster | undefined): Wanted[] {
  const { field } = term
  switch (field?.kind) {
    case undefined:
      return [...inTexts('all', term), begins(squeezed(term.text), ['number', 'ipc', 'cpc'])]
    case 'text':
      return inTexts(field.field, term)
    case 'name':
      return [
        {
          kind: 'pieces',
          pieces: pieces(readPhrase(term.text.replace(/\*$/, ''))),
          fields: NAMES[field.field] ?? [],
        },
      ]
    case 'number':
      return [begins(squeezed(term.text).replace(/\*$/, ''), ['number'])]
    case 'class': {
      const code = squeezed(term.text).replace(/\*$/, '')
      return [
        begins(classLevels(code).at(-1) ?? code, field.marks.includes('cpc') ? ['ipc', 'cpc'] : ['ipc']),
      ]
    }
    case 'word': {
      const value = field.values[term.text.normalize('NFKC').toLowerCase()] ?? ''
      return [begins(value, WORDS[field.mark] ?? ['other'])]
    }
    case 'code':
      return [begins(term.text, field.mark === 'oc' ? ['office'] : ['agency', 'other'])]
    case 'cluster': {
      const { ipc = [], keywords = [] } = cluster(term.text) ?? {}
      const words = keywords.flatMap((keyword) => inTexts('all', { ...term, text: keyword, quoted: true }))
      return [...ipc.map((code) => begins(code, ['ipc'])), ...words]
    }
  }
}

function inTexts(field: string, term: Term): Wanted[] {
  const fields = TEXTS[field] ?? []
  if (!term.quoted && term.text.endsWith('*')) return [begins(term.text.slice(0, -1), fields)]
  return [{ kind: 'pieces', pieces: piecesOfTerm(term), fields }]
}

const pieces = (piece: Piece | undefined) => (piece === undefined ? [] : [piece])
const begins = (start: string, fields: readonly WhyField[]): Wanted => ({
  kind: 'begins',
  start: normalised(start),
  fields,
})
const squeezed = (text: string) =>
  text.normalize('NFKC').replaceAll(/[\s,]/g, '').toUpperCase().replace(/^ZL/, 'CN')

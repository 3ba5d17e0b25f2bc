/** Documents after WIPO ST.36 and its kin: EPO OPS, USPTO full text from version 4, and national profiles with the same names. */
import { symbol, locarnoClass } from './classes.rules.ts'
import { dayIn } from './days.rules.ts'
import { partyOf } from './names.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { opsFacts } from './ops-events.rules.ts'
import { emptyDraft, type Citation, type Claims, type PatentDraft, type PatentParty } from './record.rules.ts'
import { settledStatus } from './status.rules.ts'
import { all, first, said, textOf, within, type XmlNode } from './xml-tree.rules.ts'

const languageOf = (node: XmlNode | undefined, fallback: string): string => {
  const given = (node?.attributes['lang'] ?? node?.attributes['xml:lang'] ?? '').toLowerCase().slice(0, 2)
  return /^[a-z]{2}$/.test(given) ? given : fallback
}

/** The record of a document element; undefined where it names no document. */
export function draftOfSt36(root: XmlNode): PatentDraft | undefined {
  const biblio =
    within(
      root,
      'bibliographic-data',
      'us-bibliographic-data-grant',
      'us-bibliographic-data-application',
      'cn-bibliographic-data',
    )[0] ?? root
  const id =
    documentId(all(biblio, 'publication-reference/document-id')) ??
    documentId(all(biblio, 'publication-reference'))
  const { country, 'doc-number': number, kind } = root.attributes
  const office = country ?? said(id, 'country')
  const read = documentNumber(said(id, 'doc-number') || (number ?? ''), {
    office,
    kind: said(id, 'kind') || (kind ?? ''),
  })
  if (read === undefined) return undefined
  const own = languageOf(root, read.office === 'CN' ? 'zh' : 'en')
  const publishedOn = dayIn(said(id, 'date') || (root.attributes['date-publ'] ?? '')) ?? null
  const application = applicationOf(biblio, read.office)
  return settledStatus({
    ...emptyDraft(read),
    kind: read.kind,
    right: read.right,
    stage: read.stage,
    ...application,
    publishedOn,
    grantedOn: read.stage === 'grant' ? publishedOn : null,
    titles: byLanguage(all(biblio, 'invention-title'), own),
    abstracts: byLanguage(
      all(root, 'abstract').filter(({ attributes }) => attributes['abstract-source'] === undefined),
      own,
    ),
    claims: claimsOf(root, own),
    priorities: all(biblio, 'priority-claims/priority-claim').flatMap(priorityOf),
    ...peopleOf(biblio),
    ...classesOf(biblio, read.right === 'design'),
    familyId: root.attributes['family-id'] ?? null,
    citations: [
      ...all(biblio, 'references-cited/citation'),
      ...all(biblio, 'us-references-cited/us-citation'),
      ...all(biblio, 'references-cited/us-citation'),
    ].flatMap(citationOf),
    ...opsFacts(root, read.office),
  })
}

/** Of the same number in several notations the one of the databases; `epodoc` runs office and number together. */
function documentId(ids: readonly XmlNode[]): XmlNode | undefined {
  const notation = (name: string) => ids.find(({ attributes }) => attributes['document-id-type'] === name)
  return notation('docdb') ?? notation('original') ?? ids.find((id) => said(id, 'doc-number') !== '')
}

function applicationOf(biblio: XmlNode, office: string) {
  const ids = all(biblio, 'application-reference/document-id')
  const id = documentId(ids)
  const filedOn = ids.map((one) => dayIn(said(one, 'date'))).find((day) => day !== undefined) ?? null
  const filedYear = filedOn === null ? undefined : Number(filedOn.slice(0, 4))
  const { right: _right, ...number } = applicationNumber(said(id, 'doc-number'), {
    office: said(id, 'country') || office,
    filedYear,
  })
  return { ...number, filedOn }
}

function byLanguage(nodes: readonly XmlNode[], own: string): Record<string, string> {
  return Object.fromEntries(
    nodes.flatMap((node) => {
      const text = textOf(node)
      return text === '' ? [] : [[languageOf(node, own), text]]
    }),
  )
}

function claimsOf(root: XmlNode, own: string): Claims | null {
  const container = all(root, 'claims')[0]
  const claims = all(container, 'claim')
  // OPS puts every claim as a text of its own into one claim.
  const parts = claims.length === 1 ? all(claims[0], 'claim-text') : []
  const texts = (parts.length > 1 ? parts : claims).map(textOf).filter((text) => text !== '')
  return texts.length === 0 ? null : { language: languageOf(container, own), complete: true, texts }
}

function priorityOf(claim: XmlNode) {
  const id = documentId(all(claim, 'document-id')) ?? claim
  const number = said(id, 'doc-number')
  if (number === '') return []
  return [
    {
      office: said(id, 'country') || (/^[A-Z]{2}/.exec(number)?.[0] ?? null),
      number,
      on: dayIn(said(id, 'date')) ?? null,
    },
  ]
}

function peopleOf(
  biblio: XmlNode,
): Pick<
  PatentDraft,
  'applicants' | 'inventors' | 'owners' | 'agency' | 'attorneys' | 'address' | 'postcode'
> {
  const parties = first(biblio, 'parties') ?? first(biblio, 'us-parties')
  const listed = [...all(parties, 'applicants/applicant'), ...all(parties, 'us-applicants/us-applicant')]
  const assignees = all(biblio, 'assignees/assignee').map(party)
  // Until 2012 the applicants of an American document are its inventors; who it was assigned to is the applicant elsewhere.
  const inventing = listed.filter(({ attributes }) => attributes['app-type'] === 'applicant-inventor')
  const applying = listed.filter((one) => !inventing.includes(one))
  const applicants = preferred(applying.length > 0 ? applying : []).map(party)
  const inventors = [...preferred(all(parties, 'inventors/inventor')), ...inventing].map(
    (one) => party(one).name,
  )
  const fallback = assignees.length > 0 ? assignees : inventing.map(party)
  const agents = all(parties, 'agents/agent')
  const named = (applicants.length > 0 ? applicants : fallback).filter(({ name }) => name !== '')
  return {
    applicants: named,
    owners: [],
    inventors: [...new Set(inventors.filter((name) => name !== ''))],
    agency:
      agents
        .flatMap((agent) => said(agent, 'addressbook/orgname') || [])
        .map((name) => ({ name, code: null }))[0] ?? null,
    attorneys: agents.flatMap((agent) =>
      said(agent, 'addressbook/orgname') === '' ? party(agent).name || [] : [],
    ),
    address: named[0]?.address ?? null,
    postcode: null,
  }
}

/** OPS gives each party twice, normalised with its country and as filed; one of them is enough. */
function preferred(nodes: readonly XmlNode[]): readonly XmlNode[] {
  const normalised = nodes.filter(({ attributes }) => attributes['data-format'] === 'epodoc')
  return normalised.length > 0 ? normalised : nodes
}

function party(node: XmlNode): PatentParty {
  const book =
    first(node, 'addressbook') ?? first(node, 'applicant-name') ?? first(node, 'inventor-name') ?? node
  const person = [said(book, 'first-name'), said(book, 'middle-name'), said(book, 'last-name')]
    .filter(Boolean)
    .join(' ')
  const name = said(book, 'orgname') || said(book, 'name') || person
  const address = first(book, 'address')
  const country =
    said(address, 'country') || said(node, 'residence/country') || said(node, 'nationality/country')
  const lines = (address?.children ?? []).flatMap((line) =>
    typeof line === 'string' || line.name === 'country' ? [] : textOf(line),
  )
  return partyOf(
    name,
    lines.filter(Boolean).join(', ').slice(0, 1000) || null,
    /^[A-Z]{2}$/.test(country) ? country : null,
  )
}

function classesOf(
  biblio: XmlNode,
  design: boolean,
): Pick<PatentDraft, 'mainIpc' | 'ipc' | 'cpc' | 'locarno'> {
  const old = first(biblio, 'classification-ipc')
  const ipc = [
    ...all(biblio, 'classifications-ipcr/classification-ipcr').map(composed),
    ...all(old, 'main-classification').map(textOf),
    ...all(old, 'further-classification').map(textOf),
    ...all(old, 'text').map(textOf),
  ].flatMap((text) => symbol(text) ?? [])
  const cpc = [
    ...within(first(biblio, 'classifications-cpc'), 'classification-cpc').map(composed),
    ...all(biblio, 'patent-classifications/patent-classification')
      .filter((one) =>
        (first(one, 'classification-scheme')?.attributes['scheme'] ?? 'CPCI').startsWith('CPC'),
      )
      .map(composed),
  ].flatMap((text) => symbol(text) ?? [])
  const locarno = all(biblio, 'classification-locarno/main-classification').flatMap(
    (one) => locarnoClass(textOf(one)) ?? [],
  )
  const codes = [...new Set(ipc)]
  return {
    mainIpc: design ? null : (codes[0] ?? null),
    ipc: design ? [] : codes,
    cpc: [...new Set(cpc)],
    locarno,
  }
}

function composed(node: XmlNode): string {
  const text = said(node, 'text')
  if (text !== '') return text
  const [section, cls, subclass] = [said(node, 'section'), said(node, 'class'), said(node, 'subclass')]
  return `${section}${cls}${subclass}${said(node, 'main-group')}/${said(node, 'subgroup')}`
}

function citationOf(node: XmlNode): Citation[] {
  const id = documentId(within(node, 'document-id'))
  const category = `${said(node, 'category')} ${node.attributes['cited-by'] ?? ''} ${node.attributes['cited-phase'] ?? ''}`
  const by = /examiner|search|sea|examination/i.test(category)
    ? 'examiner'
    : /applicant|other/i.test(category)
      ? 'applicant'
      : null
  const number =
    id === undefined
      ? undefined
      : documentNumber(said(id, 'doc-number'), { office: said(id, 'country'), kind: said(id, 'kind') })
  const text = within(node, 'nplcit', 'othercit').map(textOf)[0] ?? ''
  if (number !== undefined) return [{ number: number.publicationNumber, text: null, by }]
  const literature = text || textOf(id)
  return literature === '' ? [] : [{ number: null, text: literature.slice(0, 4000), by }]
}

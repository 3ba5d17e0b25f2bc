/** Documents of CNIPA's data (PatentDocumentAndRelated, v2.2.1) and of WIPO ST.96, which name the same things alike. */
import { locarnoClass, symbol } from './classes.rules.ts'
import { dayIn } from './days.rules.ts'
import { agencyIn, countryOfAddress, postalAddress } from './names.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { emptyDraft, type Citation, type Claims, type PatentDraft, type PatentParty } from './record.rules.ts'
import { settledStatus } from './status.rules.ts'
import { first, said, textOf, within, type XmlNode } from './xml-tree.rules.ts'

export function draftOfCnipa(root: XmlNode): PatentDraft | undefined {
  const biblio = first(root, 'BibliographicData') ?? first(root, 'DesignBibliographicData') ?? root
  const id = first(first(biblio, 'PublicationReference'), 'DocumentID')
  const { country, docNumber, kind, datePublication } = root.attributes
  const read = documentNumber(said(id, 'DocNumber') || (docNumber ?? ''), {
    office: said(id, 'WIPOST3Code') || (country ?? 'CN'),
    kind: said(id, 'Kind') || (kind ?? ''),
  })
  if (read === undefined) return undefined
  const application = first(first(biblio, 'ApplicationReference'), 'DocumentID')
  const { right: _right, ...number } = applicationNumber(said(application, 'DocNumber'), {
    office: said(application, 'WIPOST3Code') || read.office,
  })
  const publishedOn = dayIn(said(id, 'Date') || (datePublication ?? '')) ?? null
  const language = /^[a-z]{2}$/.test(root.attributes['lang'] ?? '') ? (root.attributes['lang'] ?? 'zh') : 'zh'
  const [title, abstract] = [
    textOf(within(biblio, 'InventionTitle', 'DesignTitle')[0]),
    textOf(within(root, 'Abstract')[0]),
  ]
  return settledStatus({
    ...emptyDraft(read),
    ...number,
    kind: read.kind,
    right: read.right,
    stage: read.stage,
    filedOn: dayIn(said(application, 'Date')) ?? null,
    publishedOn,
    grantedOn: dayIn(textOf(within(biblio, 'GrantDate')[0])) ?? (read.stage === 'grant' ? publishedOn : null),
    titles: title === '' ? {} : { [language]: title },
    abstracts: abstract === '' ? {} : { [language]: abstract },
    claims: claimsOf(root, language),
    priorities: within(biblio, 'PriorityClaim', 'Priority').flatMap(priorityOf),
    ...peopleOf(biblio),
    ...classesOf(biblio),
    citations: within(first(biblio, 'ReferencesCited'), 'Citation').flatMap(citationOf),
  })
}

function claimsOf(root: XmlNode, language: string): Claims | null {
  const texts = within(within(root, 'Claims')[0], 'Claim')
    .map(textOf)
    .filter((text) => text !== '')
  return texts.length === 0 ? null : { language, complete: true, texts }
}

function priorityOf(node: XmlNode) {
  const number = textOf(within(node, 'DocNumber')[0])
  if (number === '') return []
  return [
    {
      office: textOf(within(node, 'WIPOST3Code')[0]) || null,
      number,
      on: dayIn(textOf(within(node, 'Date')[0])) ?? null,
    },
  ]
}

function party(node: XmlNode): PatentParty {
  const book = within(node, 'AddressBook')[0] ?? node
  const { address } = postalAddress(said(book, 'Address/Text'))
  const parts = ['Province', 'City', 'County']
    .map((name) => said(book, `Address/${name}`))
    .filter((part) => part !== '' && part !== '市辖区')
  const place = address ?? (parts.length === 0 ? null : parts.join(''))
  const country = said(book, 'Address/WIPOST3Code') || (place === null ? '' : (countryOfAddress(place) ?? ''))
  return {
    name: said(book, 'Name') || said(book, 'OrganizationName'),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    address: place,
  }
}

const named = ({ name }: PatentParty) => name !== ''

function peopleOf(biblio: XmlNode) {
  const parties = first(biblio, 'Parties')
  const applicants = within(parties, 'Applicant').map(party).filter(named)
  const owners = within(first(biblio, 'AssigneeDetails') ?? first(parties, 'AssigneeDetails'), 'Assignee')
    .map(party)
    .filter(named)
  const agents = within(parties, 'Agent')
  const agency = agencyIn(textOf(within(agents[0], 'OrganizationName')[0]))
  const code = said(parties, 'AgentDetails/CustomerNumber')
  const given = textOf(within(parties, 'PostCode')[0])
  return {
    applicants,
    // The assignee of a granted document is its owner on the day of grant.
    owners,
    inventors: within(parties, 'Inventor')
      .map((one) => party(one).name)
      .filter((name) => name !== '' && !name.startsWith('不公告')),
    agency: agency === null ? null : { ...agency, code: agency.code ?? (code === '' ? null : code) },
    attorneys: agents.flatMap((agent) => said(agent, 'AddressBook/Name') || []),
    address: (applicants[0] ?? owners[0])?.address ?? null,
    postcode: given === '' ? null : given.slice(0, 20),
  }
}

function classesOf(biblio: XmlNode): Pick<PatentDraft, 'mainIpc' | 'ipc' | 'locarno'> {
  const codes = within(biblio, 'ClassificationIPCR', 'ClassificationIPC').flatMap((one) => {
    const composed = `${said(one, 'Section')}${said(one, 'MainClass')}${said(one, 'Subclass')}${said(one, 'MainGroup')}/${said(one, 'Subgroup')}`
    return symbol(composed) ?? symbol(said(one, 'Text')) ?? symbol(textOf(one)) ?? []
  })
  const locarno = within(biblio, 'ClassificationLocarno').flatMap((one) => locarnoClass(textOf(one)) ?? [])
  const ipc = [...new Set(codes)]
  return { mainIpc: ipc[0] ?? null, ipc, locarno: [...new Set(locarno)] }
}

function citationOf(node: XmlNode): Citation[] {
  const by = /SEA|EXA|search|exam/i.test(node.attributes['srepPhase'] ?? '') ? 'examiner' : null
  const id = within(node, 'DocumentID')[0]
  const read =
    id === undefined
      ? undefined
      : documentNumber(said(id, 'DocNumber'), { office: said(id, 'WIPOST3Code'), kind: said(id, 'Kind') })
  if (read !== undefined) return [{ number: read.publicationNumber, text: null, by }]
  const text = textOf(node)
  return text === '' ? [] : [{ number: null, text: text.slice(0, 4000), by }]
}

/** WIPO ST.96 (PatentPublication) and the American file wrapper in the same vocabulary (claims, specification, abstract). */
import { locarnoClass, symbol } from './classes.rules.ts'
import { dayIn } from './days.rules.ts'
import { countryOfAddress } from './names.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { emptyDraft, type Claims, type PatentDraft, type PatentParty } from './record.rules.ts'
import { settledStatus } from './status.rules.ts'
import { said, textOf, within, type XmlNode } from './xml-tree.rules.ts'

const one = (node: XmlNode | undefined, ...names: readonly string[]) => textOf(within(node, ...names)[0])

export function draftOfSt96(root: XmlNode): PatentDraft | undefined {
  const id = within(root, 'PatentPublicationIdentification', 'PatentGrantIdentification')[0]
  const read = documentNumber(one(id, 'PublicationNumber', 'PatentNumber'), {
    office: one(id, 'IPOfficeCode'),
    kind: one(id, 'PatentDocumentKindCode'),
  })
  if (read === undefined) return undefined
  const application = within(root, 'ApplicationIdentification')[0]
  const given = one(application, 'ApplicationNumberText', 'ApplicationNumber')
  const { right: _right, ...number } = applicationNumber(given, {
    office: one(application, 'IPOfficeCode') || read.office,
  })
  const publishedOn = dayIn(one(id, 'PublicationDate', 'GrantDate')) ?? null
  const language = read.office === 'CN' ? 'zh' : 'en'
  return settledStatus({
    ...emptyDraft(read),
    ...number,
    kind: read.kind,
    right: read.right,
    stage: read.stage,
    filedOn: dayIn(one(application, 'FilingDate')) ?? null,
    publishedOn,
    grantedOn: read.stage === 'grant' ? publishedOn : null,
    titles: texts(within(root, 'InventionTitle'), language),
    abstracts: texts(within(root, 'Abstract'), language),
    claims: claimsOf(root, language),
    ...peopleOf(root),
    ...classesOf(root, read.right === 'design'),
  })
}

function texts(nodes: readonly XmlNode[], own: string): Record<string, string> {
  return Object.fromEntries(
    nodes.flatMap((node) => {
      const given = (node.attributes['com:languageCode'] ?? node.attributes['languageCode'] ?? own)
        .slice(0, 2)
        .toLowerCase()
      const text = textOf(node)
      return text === '' ? [] : [[/^[a-z]{2}$/.test(given) ? given : own, text]]
    }),
  )
}

function claimsOf(root: XmlNode, language: string): Claims | null {
  const claims = within(root, 'Claim').flatMap((claim) => {
    const text = within(claim, 'ClaimText').map(textOf).join(' ')
    return text === '' || /cancell?ed\)?\.?\s*$/i.test(text) ? [] : [text]
  })
  return claims.length === 0 ? null : { language, complete: true, texts: claims }
}

function party(node: XmlNode): PatentParty {
  const person = [one(node, 'FirstName'), one(node, 'MiddleName'), one(node, 'LastName')]
    .filter(Boolean)
    .join(' ')
  const name =
    one(node, 'OrganizationStandardName', 'OrganizationName') ||
    one(node, 'PersonFullName', 'EntityName') ||
    person
  const address = one(node, 'PostalAddressText', 'PostalStructuredAddress') || null
  const country = one(node, 'CountryCode') || (address === null ? '' : (countryOfAddress(address) ?? ''))
  return { name, country: /^[A-Z]{2}$/.test(country) ? country : null, address }
}

const named = (nodes: readonly XmlNode[]) => nodes.map(party).filter(({ name }) => name !== '')

function peopleOf(root: XmlNode) {
  const inventors = named(within(root, 'Inventor'))
  const applicants = named([...within(root, 'Applicant')])
  const assignees = named(within(root, 'Assignee'))
  const applying = applicants.length > 0 ? applicants : assignees
  return {
    applicants: applying.length > 0 ? applying : inventors,
    inventors: inventors.map(({ name }) => name),
    address: applying[0]?.address ?? null,
  }
}

const composed = (node: XmlNode) =>
  `${said(node, 'Section')}${said(node, 'Class')}${said(node, 'Subclass')}${said(node, 'MainGroup')}/${said(node, 'Subgroup')}`

const symbolsOf = (nodes: readonly XmlNode[]) => [
  ...new Set(nodes.flatMap((node) => symbol(composed(node)) ?? symbol(textOf(node)) ?? [])),
]

function classesOf(root: XmlNode, design: boolean): Pick<PatentDraft, 'mainIpc' | 'ipc' | 'cpc' | 'locarno'> {
  const ipc = design ? [] : symbolsOf(within(root, 'IPCRClassification', 'IPCClassification'))
  const locarno = within(root, 'LocarnoClassification').flatMap(
    (node) => locarnoClass(one(node, 'LocarnoClass') || textOf(node)) ?? [],
  )
  return { mainIpc: ipc[0] ?? null, ipc, cpc: symbolsOf(within(root, 'CPCClassification')), locarno }
}

/** Claims, abstract or specification of an American application on its way: known by its application number alone. */
export function draftOfFileWrapper(root: XmlNode): PatentDraft | undefined {
  const { right: _right, ...number } = applicationNumber(one(root, 'ApplicationNumber'), { office: 'US' })
  if (number.applicationKey === null) return undefined
  const code = one(root, 'DocumentCode')
  const draft = emptyDraft({ publicationNumber: number.applicationKey, office: 'US' })
  const filed = dayIn(one(root, 'MailRoomDate'))
  const paragraphs = within(root, 'Paragraph', 'P')
    .map(textOf)
    .filter((text) => text !== '')
  const abstract = code === 'ABST' ? paragraphs.join(' ') : ''
  return {
    ...draft,
    ...number,
    keyedBy: 'application',
    claims: code === 'CLM' ? claimsOf(root, 'en') : null,
    abstracts: abstract === '' ? {} : { en: abstract.slice(0, 200_000) },
    ...(filed === undefined ? {} : { observedOn: filed }),
  }
}

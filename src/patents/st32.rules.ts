/** American full text of 2001 to 2004, after WIPO ST.32: the fields are numbered as on the first page of a document (INID). */
import { locarnoClass, symbolWithoutSlash } from './classes.rules.ts'
import { dayIn } from './days.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { emptyDraft, type Citation, type PatentDraft, type PatentParty } from './record.rules.ts'
import { settledStatus } from './status.rules.ts'
import { all, first, said, textOf, within, type XmlNode } from './xml-tree.rules.ts'

export function draftOfSt32(root: XmlNode): PatentDraft | undefined {
  const biblio = first(root, 'SDOBI')
  const office = said(biblio, 'B100/B190') || 'US'
  const read = documentNumber(said(biblio, 'B100/B110'), { office, kind: said(biblio, 'B100/B130') })
  if (read === undefined) return undefined
  const publishedOn = dayIn(said(biblio, 'B100/B140')) ?? null
  const filedOn = dayIn(said(biblio, 'B200/B220')) ?? null
  const filedYear = filedOn === null ? undefined : Number(filedOn.slice(0, 4))
  const { right: _right, ...number } = applicationNumber(said(biblio, 'B200/B210'), { office, filedYear })
  const title = said(biblio, 'B500/B540')
  const abstract = said(root, 'SDOAB')
  const claims = within(first(root, 'SDOCL'), 'CLM')
    .map(textOf)
    .filter((text) => text !== '')
  return settledStatus({
    ...emptyDraft(read),
    ...number,
    kind: read.kind,
    right: read.right,
    stage: read.stage,
    filedOn,
    publishedOn,
    grantedOn: read.stage === 'grant' ? publishedOn : null,
    titles: title === '' ? {} : { en: title },
    abstracts: abstract === '' ? {} : { en: abstract },
    claims: claims.length === 0 ? null : { language: 'en', complete: true, texts: claims },
    priorities: prioritiesOf(first(biblio, 'B300')),
    ...peopleOf(first(biblio, 'B700')),
    ...classesOf(first(biblio, 'B500'), read.right === 'design'),
    citations: [...all(biblio, 'B500/B560/B561'), ...all(biblio, 'B500/B560/B562')].flatMap(citationOf),
  })
}

function prioritiesOf(claims: XmlNode | undefined) {
  const [days, offices] = [all(claims, 'B320'), all(claims, 'B330')]
  return all(claims, 'B310').map((number, index) => ({
    office: textOf(offices[index]) || null,
    number: textOf(number),
    on: dayIn(textOf(days[index])) ?? null,
  }))
}

function party(node: XmlNode): PatentParty {
  const name = within(node, 'NAM')[0]
  const organisation = said(name, 'ONM')
  const person = [said(name, 'FNM'), said(name, 'SNM')].filter(Boolean).join(' ')
  const address = within(node, 'ADR')[0]
  const country = said(address, 'CTRY') || (said(address, 'STATE') === '' ? '' : 'US')
  const place = [said(address, 'CITY'), said(address, 'STATE')].filter(Boolean).join(', ')
  return {
    name: organisation || person,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    address: place || null,
  }
}

function peopleOf(people: XmlNode | undefined) {
  const inventors = all(people, 'B720/B721')
    .map(party)
    .filter(({ name }) => name !== '')
  const assignees = all(people, 'B730/B731')
    .map(party)
    .filter(({ name }) => name !== '')
  const agent = all(people, 'B740/B741').map(party)[0]
  return {
    applicants: assignees.length > 0 ? assignees : inventors,
    inventors: inventors.map(({ name }) => name),
    agency: agent === undefined || agent.name === '' ? null : { name: agent.name, code: null },
    address: (assignees[0] ?? inventors[0])?.address ?? null,
  }
}

function classesOf(
  technical: XmlNode | undefined,
  design: boolean,
): Pick<PatentDraft, 'mainIpc' | 'ipc' | 'locarno'> {
  const given = [...all(technical, 'B510/B511'), ...all(technical, 'B510/B512')].map(textOf)
  if (design) return { mainIpc: null, ipc: [], locarno: given.flatMap((one) => locarnoClass(one) ?? []) }
  const ipc = [...new Set(given.flatMap((one) => symbolWithoutSlash(one) ?? []))]
  return { mainIpc: ipc[0] ?? null, ipc, locarno: [] }
}

function citationOf(node: XmlNode): Citation[] {
  const document = within(node, 'DOC')[0]
  const by = within(node, 'CITED-BY-EXAMINER').length > 0 ? 'examiner' : 'applicant'
  if (document !== undefined) {
    const number = said(document, 'DNUM').replace(/\.\s*/g, '')
    const read = documentNumber(number, {
      office: said(document, 'CTRY') || 'US',
      kind: said(document, 'KIND'),
    })
    return read === undefined
      ? [{ number: null, text: number, by }]
      : [{ number: read.publicationNumber, text: null, by }]
  }
  const text = textOf(within(node, 'NCIT')[0])
  return text === '' ? [] : [{ number: null, text: text.slice(0, 4000), by }]
}

import { Readable } from 'node:stream'
import { type ArchivedFile, readArchive } from '#platform/tabular/archive.ts'
import { decoded } from '#platform/tabular/delimited.ts'
import { UnreadableFile } from '#platform/tabular/finding.ts'
import { sourceFromBytes } from '#platform/tabular/source.ts'
import { survey } from '#platform/tabular/survey.ts'
import { draftOfCnipa } from './cnipa-xml.rules.ts'
import { type ReadRow, type Reading, wholeOf } from './read-row.ts'
import type { PatentDraft } from './record.rules.ts'
import { draftOfSt32 } from './st32.rules.ts'
import { draftOfSt36 } from './st36.rules.ts'
import { draftOfFileWrapper, draftOfSt96 } from './st96.rules.ts'
import { xmlElements } from './xml-reading.ts'
import type { XmlNode } from './xml-tree.rules.ts'

/** The elements that are a patent document each, by their local names. */
const READERS: Readonly<Record<string, (node: XmlNode) => PatentDraft | undefined>> = {
  PatentDocumentAndRelated: draftOfCnipa,
  PatentPublication: draftOfSt96,
  PatentGrant: draftOfSt96,
  ClaimsDocument: draftOfFileWrapper,
  SpecificationDocument: draftOfFileWrapper,
  PATDOC: draftOfSt32,
  'exchange-document': draftOfSt36,
  'family-member': draftOfSt36,
  'fulltext-document': draftOfSt36,
  'us-patent-grant': draftOfSt36,
  'us-patent-application': draftOfSt36,
  'cn-patent-document': draftOfSt36,
  'ep-patent-document': draftOfSt36,
  'patent-document': draftOfSt36,
}
const NAMES = new Set(Object.keys(READERS))

/** The documents of an XML file, one at a time. */
export async function* xmlRows({ source, encoding, seen }: Reading): AsyncGenerator<ReadRow> {
  let found = 0
  for await (const row of elementRows(decoded(source, encoding))) {
    found += 1
    yield row
  }
  if (found === 0) throw new UnreadableFile('holds-no-patents', { seen: rootOf(seen.head) })
}

async function* elementRows(text: AsyncIterable<string>, sheet?: string): AsyncGenerator<ReadRow> {
  for await (const element of xmlElements(text, NAMES)) {
    const place = { line: element.line, ...(sheet !== undefined && { sheet }) }
    if ('trouble' in element) {
      yield { place, refused: { reason: element.trouble } }
      continue
    }
    const { node } = element
    const draft = READERS[node.name]?.(node)
    yield draft === undefined
      ? { place, refused: { field: node.name, reason: 'no-number' } }
      : saysNothing(draft)
        ? { place, refused: { field: node.name, reason: 'nothing-to-keep' } }
        : { place, drafts: [draft] }
  }
}

/** A document with its description alone: of a patent we keep what identifies, claims and happened. */
function saysNothing({
  titles,
  abstracts,
  claims,
  applicants,
  publishedOn,
  filedOn,
  events,
  ipc,
}: PatentDraft): boolean {
  const texts = [titles, abstracts].some((text) => Object.keys(text).length > 0)
  const lists = [applicants, events, ipc].some((list) => list.length > 0)
  return !texts && !lists && claims === null && publishedOn === null && filedOn === null
}

/** What the file begins with, for whoever has to be told that it is something else. */
function rootOf(head: Uint8Array): string {
  const text = Buffer.from(head).toString('utf8')
  return /<(?![?!])([^\s>/]+)/.exec(text)?.[1] ?? ''
}

export const isXmlArchive = (bytes: Uint8Array): boolean => {
  const files = readArchive(bytes)
  return !files.some(({ name }) => name.startsWith('xl/')) && files.some(isXml)
}

const isXml = ({ name }: ArchivedFile) => /\.(?:xml|sgml?)$/i.test(name)

/** The documents of all XML files in an archive; other files in it are named and left alone. */
export async function* archiveRows({ source, findings }: Reading): AsyncGenerator<ReadRow> {
  let found = 0
  for (const file of readArchive(await wholeOf(source))) {
    const sheet = file.name.slice(-100)
    const before = found
    if (isXml(file)) {
      for await (const row of elementRows(await textOf(file), sheet)) {
        found += 1
        yield row
      }
    }
    if (found === before) findings.note('file-not-read', { line: 1, sheet })
  }
  if (found === 0) throw new UnreadableFile('holds-no-patents', { seen: 'ZIP' })
}

async function textOf(file: ArchivedFile): Promise<AsyncIterable<string>> {
  const content = file.content()
  if (content.length === 0) return Readable.from([])
  const source = sourceFromBytes(file.name, content)
  return decoded(source, (await survey(source)).encoding ?? 'utf-8')
}

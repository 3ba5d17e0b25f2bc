import { date } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { renderRecord } from '#platform/documents.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { recordOpenEntry } from '../ledger/public.ts'
import type { DocumentContent, Procedure } from './define.ts'
import { countDocuments, insertDocument } from './document.store.ts'
import { asMatter } from './filing.ts'
import type { Answers } from './form.rules.ts'
import { insertReceipt, type MatterRow } from './matter.store.ts'
import { documentNumber } from './number.rules.ts'
import type { Standing } from './standing.ts'

const LARGEST = 20 * 1024 * 1024

export interface StoredContent extends DocumentContent {
  readonly station: { readonly zh: string; readonly en: string }
  readonly issuedOn: string
}

export interface PreparedDocument {
  readonly code: string
  readonly number: string
  readonly content: StoredContent
  readonly sha256: { readonly zh: string; readonly en: string }
}

/** Sets the document in both languages and stores the files, before the transaction that issues it begins. */
export async function prepareDocument(
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  code: string,
  answers: Answers,
): Promise<PreparedDocument> {
  const declared = procedure.documents?.[code]
  if (declared === undefined) throw new BrokenInvariant(`procedure ${procedure.code} has no document ${code}`)
  const number = documentNumber(matter.number, (await countDocuments(context.db, matter.id)) + 1)
  const station =
    context.zone.stations.find(({ id }) => id === matter.stationCode)?.names ?? context.zone.office
  const content: StoredContent = {
    ...declared.content(asMatter(matter) as never, answers, context),
    station,
    issuedOn: context.today,
  }
  const zh = await store(context, content, number, 'zh')
  const en = await store(context, content, number, 'en')
  return { code, number, content, sha256: { zh, en } }
}

async function store(context: Context, content: StoredContent, number: string, language: 'zh' | 'en') {
  const bytes = await renderDocument(content, number, language, context.publicUrl)
  const { hash } = await context.files.put(bytes, { maxBytes: LARGEST })
  return hash
}

const WORDS = {
  zh: {
    proof: '核验本文书',
    explain: '扫描二维码或打开下列网址，核对编号、日期和文件摘要；账本条目可离线验证。',
    number: '文书编号',
  },
  en: {
    proof: 'Verify this document',
    explain:
      'Scan the code or open the address to compare number, day and digest; the entry in the ledger verifies offline.',
    number: 'Document number',
  },
} as const

function renderDocument(content: StoredContent, number: string, language: 'zh' | 'en', publicUrl: string) {
  const words = WORDS[language]
  const path = language === 'en' ? `/en/documents/${number}` : `/documents/${number}`
  const said = (value: string | { zh: string; en: string }) =>
    typeof value === 'string' ? value : value[language]
  return renderRecord({
    language,
    title: content.title[language],
    issuer: content.station[language],
    date: date(content.issuedOn),
    facts: content.facts.map(([label, value]) => [label[language], said(value)] as const),
    notes: (content.notes ?? []).map((note) => note[language]),
    proof: { heading: words.proof, explanation: words.explain, address: new URL(path, publicUrl).href },
    footer: `${words.number} ${number}`,
  })
}

/** Puts the prepared document on record: its digests stand in the open log, so that a copy proves itself. */
export async function issueDocument(
  tx: Tx,
  context: Context,
  matter: MatterRow,
  { code, number, content, sha256 }: PreparedDocument,
  standing: Standing,
): Promise<void> {
  const { id } = await insertDocument(tx, {
    matterId: matter.id,
    code,
    number,
    content,
    sha256Zh: sha256.zh,
    sha256En: sha256.en,
    issuedBy: standing.accountId,
    issuedName: standing.name,
    issuedAt: context.now,
  })
  const publish = (language: 'zh' | 'en') =>
    recordOpenEntry(tx, context, {
      kind: 'certificate',
      action: 'matter.document-issued',
      subject: { kind: 'document', id: number },
      document: {
        sha256: sha256[language],
        mediaType: 'application/pdf',
        // The title may name people; the log is open for ever and carries the number alone.
        title: number,
      },
      detail: { language },
    })
  const entryId = await publish('zh')
  await publish('en')
  await insertReceipt(tx, {
    kind: 'document',
    matterId: matter.id,
    subjectId: id,
    entryId,
    issuedAt: context.now,
  })
}

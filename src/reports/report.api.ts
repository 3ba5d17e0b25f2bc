import type { z } from 'zod'
import { implementation } from '#platform/api.ts'
import { hasRole } from '#platform/access.ts'
import { date, yearOf } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { isSynthetic } from '#platform/installation.ts'
import { recordAudit, recordOpenEntry } from '../ledger/public.ts'
import { publishedRestatements, publishedSnapshot, snapshotRows } from '../statistics/public.ts'
import { reports } from './contract.ts'
import { renderReport } from './report.document.ts'
import {
  commentarySections,
  contentDigest,
  type Language,
  type ReportContent,
  reportContent,
  yearlyHistory,
} from './report.rules.ts'
import {
  filesOf,
  findDraftOf,
  findReport,
  insertReport,
  listReports,
  lockReport,
  publishReport,
  type ReportFileRow,
  type ReportRow,
  writeCommentary,
} from './report.store.ts'

const os = implementation(reports)
const LANGUAGES: readonly Language[] = ['zh', 'en']
const LARGEST_REPORT = 64 * 1024 * 1024
const PDF = 'application/pdf'

const writes = (context: Context) => hasRole(context.actor, 'statistician')
const accountOf = ({ actor }: Context) => {
  if (actor.kind !== 'account') throw new BrokenInvariant('a report is written by somebody')
  return actor.accountId
}

/** A draft is seen by those who write it; to everybody else there is none. */
async function visibleReport(context: Context, id: string): Promise<ReportRow | undefined> {
  const report = await findReport(context.db, id)
  return report === undefined || (report.publishedAt === null && !writes(context)) ? undefined : report
}

/** What a draft would say now; what a published report says is what was stored with it. */
async function assemble(
  { db, zone }: Context,
  report: ReportRow,
): Promise<Readonly<Record<Language, ReportContent>>> {
  const snapshot = await publishedSnapshot(db, zone, report.snapshotId)
  if (snapshot === undefined) throw new BrokenInvariant(`report ${report.id} has no snapshot`)
  const rows = yearlyHistory(await snapshotRows(db), snapshot.asOf)
  const earlier = await Promise.all(rows.map(({ id }) => publishedSnapshot(db, zone, id)))
  const restated = await publishedRestatements(db, zone, snapshot.id)
  const sources = {
    year: report.year,
    edition: report.edition,
    zone: { names: zone.shortNames, office: zone.office, planNumber: zone.plan.number },
    pillars: zone.pillars.map(({ code, names }) => ({
      code,
      names,
      codes: zone.targets.filter(({ pillar }) => pillar === code).map((target) => target.code),
    })),
    snapshot,
    earlier: earlier.filter((one) => one !== undefined),
    restated: restated.map(({ madeAt, ...one }) => ({ ...one, madeOn: madeAt.slice(0, 10) })),
    commentary: report.commentary,
    synthetic: await isSynthetic(db),
  }
  return { zh: reportContent(sources, 'zh'), en: reportContent(sources, 'en') }
}

type Summary = z.infer<NonNullable<(typeof reports.list)['~orpc']['outputSchema']>>['items'][number]

async function summaries({ db }: Context, rows: readonly ReportRow[]): Promise<Summary[]> {
  const files = await filesOf(
    db,
    rows.map(({ id }) => id),
  )
  const snapshots = new Map((await snapshotRows(db)).map((row) => [row.id, row]))
  return rows.map(({ id, year, edition, snapshotId, publishedAt, superseded }) => {
    const { asOf = '', digest = '', title = '' } = snapshots.get(snapshotId) ?? {}
    return {
      id,
      year,
      edition,
      state: publishedAt === null ? ('draft' as const) : ('published' as const),
      snapshot: { id: snapshotId, asOf, digest, title },
      publishedAt: publishedAt?.toISOString() ?? null,
      superseded,
      files: files.filter(({ reportId }) => reportId === id).map((file) => fileView(id, file)),
    }
  })
}

const fileView = (id: string, { language, fileHash, bytes, entryId }: ReportFileRow) => ({
  language,
  sha256: fileHash,
  bytes,
  entryId,
  url: `/api/v1/reports/${id}/file?language=${language}`,
  proofUrl: `/api/v1/ledger/proof?receipt=${entryId}`,
})

const list = os.list.handler(async ({ context }) => {
  const items = await summaries(context, await listReports(context.db, { drafts: writes(context) }))
  return { total: items.length, items }
})

const get = os.get.handler(async ({ input: { id, language }, context, errors }) => {
  const report = await visibleReport(context, id)
  if (report === undefined) throw errors.UNKNOWN_REPORT()
  const [summary] = await summaries(context, [report])
  if (summary === undefined) throw new BrokenInvariant(`report ${id} has no summary`)
  const { title, tally, foreword, sections } = (report.content ?? (await assemble(context, report)))[language]
  const since = report.publishedAt
  const restated =
    since === null ? [] : await publishedRestatements(context.db, context.zone, report.snapshotId)
  return {
    ...summary,
    version: report.version,
    contentDigest: report.contentDigest,
    commentary: { ...report.commentary },
    content: {
      title,
      tally,
      foreword,
      sections: sections.map(({ figures, ...section }) => ({
        ...section,
        figures: figures.map(
          ({ code, name, value, goal, verdict, verdictWords, digest, revision, snapshotId }) => ({
            code,
            name,
            value,
            goal,
            verdict,
            verdictWords,
            digest,
            revision,
            recordsUrl: `/api/v1/snapshots/${snapshotId}/figures/${code}/records?revision=${revision}`,
          }),
        ),
      })),
    },
    restatedSince: restated
      .filter(({ madeAt }) => since !== null && new Date(madeAt) > since)
      .map(({ code, names, cause, madeAt, entryId }) => ({ code, names, cause, madeAt, entryId })),
  }
})

const file = os.file.handler(async ({ input: { id, language }, context, errors }) => {
  const report = await visibleReport(context, id)
  if (report === undefined) throw errors.UNKNOWN_REPORT()
  const published = (await filesOf(context.db, [id])).find((one) => one.language === language)
  const content = published
    ? await context.files.read(published.fileHash)
    : await renderReport((await assemble(context, report))[language], reportAddress(context, id))
  const name = `report-${report.year}-${report.edition}-${language}${published ? '' : '-draft'}.pdf`
  return new File([new Uint8Array(content)], name, { type: PDF })
})

const reportAddress = ({ publicUrl }: Context, id: string) => new URL(`/reports/${id}`, publicUrl).href

const begin = os.begin.handler(({ input: { year, snapshotId }, context, errors }) =>
  context.write(async (tx) => {
    const snapshot = (await snapshotRows(tx)).find(({ id }) => id === snapshotId)
    if (snapshot === undefined) throw errors.UNKNOWN_SNAPSHOT()
    if (yearOf(date(snapshot.asOf)) !== year)
      throw errors.SNAPSHOT_OF_ANOTHER_YEAR({ data: { asOf: snapshot.asOf } })
    const draft = await findDraftOf(tx, year)
    if (draft !== undefined) throw errors.DRAFT_EXISTS({ data: draft })
    const id = await insertReport(tx, { year, snapshotId, by: accountOf(context), at: context.now })
    await recordAudit(tx, context, {
      action: 'report.begun',
      subject: { kind: 'report', id },
      detail: { year, snapshot: snapshotId },
    })
    return { id }
  }),
)

const write = os.write.handler(({ input: { id, version, commentary }, context, errors }) =>
  context.write(async (tx) => {
    const report = await lockReport(tx, id)
    if (report === undefined) throw errors.UNKNOWN_REPORT()
    if (report.publishedAt !== null) throw errors.ALREADY_PUBLISHED()
    if (report.version !== version) throw errors.CHANGED_MEANWHILE({ data: { version: report.version } })
    const sections = commentarySections(context.zone.pillars)
    const section = Object.keys(commentary).find((name) => !sections.includes(name))
    if (section !== undefined) throw errors.UNKNOWN_SECTION({ data: { section } })
    const next = await writeCommentary(tx, report, commentary)
    await recordAudit(tx, context, {
      action: 'report.written',
      subject: { kind: 'report', id },
      detail: { version: next, sections: Object.keys(commentary) },
    })
    return { version: next }
  }),
)

/** Set before the transaction, which then only has to find the draft unchanged: nobody waits for two PDFs under a lock. */
const publish = os.publish.handler(async ({ input: { id, version }, context, errors }) => {
  const draft = await visibleReport(context, id)
  if (draft === undefined) throw errors.UNKNOWN_REPORT()
  if (draft.publishedAt !== null) throw errors.ALREADY_PUBLISHED()
  const contents = await assemble(context, draft)
  const documents = await Promise.all(
    LANGUAGES.map(async (language) => {
      const pdf = await renderReport(contents[language], reportAddress(context, id))
      return { language, ...(await context.files.put(pdf, { maxBytes: LARGEST_REPORT })) }
    }),
  )
  return context.write(async (tx) => {
    const report = await lockReport(tx, id)
    if (report === undefined) throw errors.UNKNOWN_REPORT()
    if (report.publishedAt !== null) throw errors.ALREADY_PUBLISHED()
    if (report.version !== version || draft.version !== version)
      throw errors.CHANGED_MEANWHILE({ data: { version: report.version } })
    const digest = contentDigest(LANGUAGES.map((language) => contents[language]))
    const files: ReportFileRow[] = []
    for (const { language, hash, size } of documents) {
      const entryId = await recordOpenEntry(tx, context, {
        kind: 'publication',
        action: 'report.published',
        subject: { kind: 'report', id },
        document: { sha256: hash, mediaType: PDF, title: contents[language].title },
        detail: {
          year: report.year,
          edition: report.edition,
          language,
          content: digest,
          snapshot: report.snapshotId,
        },
      })
      files.push({ language, fileHash: hash, bytes: size, entryId })
    }
    await publishReport(tx, report, {
      files,
      content: contents,
      contentDigest: digest,
      by: accountOf(context),
      at: context.now,
    })
    await recordAudit(tx, context, {
      action: 'report.published',
      subject: { kind: 'report', id },
      detail: { year: report.year, edition: report.edition, content: digest },
    })
    return { files: files.map((one) => fileView(id, one)) }
  })
})

export const reportHandlers = { list, get, file, begin, write, publish }

import type { z } from 'zod'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database.ts'
import { publishedSnapshot } from '../statistics/public.ts'
import { type Filed, gapsFirst, gapsOf } from './assessment.rules.ts'
import { type AssessmentRow, type EvidenceRow, findAnswers, findEvidence } from './assessment.store.ts'
import type { reports } from './contract.ts'
import { figureText, goalWords, type Language, type PublicSnapshot } from './report.rules.ts'

export type AssessmentView = z.infer<NonNullable<(typeof reports.assessment)['~orpc']['outputSchema']>>
export type AssessmentSummary = z.infer<
  NonNullable<(typeof reports.assessments)['~orpc']['outputSchema']>
>['items'][number]

interface Material {
  readonly snapshot: PublicSnapshot
  readonly filed: Filed
  readonly answers: Awaited<ReturnType<typeof findAnswers>>
  readonly evidence: readonly EvidenceRow[]
}

async function materialOf(db: Db, zone: Context['zone'], row: AssessmentRow): Promise<Material | undefined> {
  const snapshot = await publishedSnapshot(db, zone, row.snapshotId)
  if (snapshot === undefined) return undefined
  const [answers, evidence] = [await findAnswers(db, [row.id]), await findEvidence(db, [row.id])]
  const filed = {
    figures: new Map(snapshot.figures.map((figure) => [figure.code, figure])),
    evidenced: new Set(evidence.map(({ item }) => item)),
    answered: new Set(answers.map(({ item }) => item)),
  }
  return { snapshot, filed, answers, evidence }
}

function summaryOf(row: AssessmentRow, { snapshot, filed }: Material): AssessmentSummary {
  const standings = gapsFirst(row.criteria, filed)
  return {
    id: row.id,
    title: row.title,
    state: row.closedAt === null ? 'open' : 'closed',
    snapshot: { id: snapshot.id, asOf: snapshot.asOf, digest: snapshot.digest, title: snapshot.title },
    createdAt: row.createdAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    complete: standings.filter(({ gaps }) => gaps.length === 0).length,
    items: standings.length,
  }
}

export async function summarise(db: Db, zone: Context['zone'], rows: readonly AssessmentRow[]) {
  const summaries: AssessmentSummary[] = []
  for (const row of rows) {
    const material = await materialOf(db, zone, row)
    if (material !== undefined) summaries.push(summaryOf(row, material))
  }
  return summaries
}

/** One assessment with all that is filed. Undefined where its snapshot is gone, which a database never is without its rows. */
export async function assessmentView(
  db: Db,
  zone: Context['zone'],
  row: AssessmentRow,
  language: Language,
): Promise<AssessmentView | undefined> {
  const material = await materialOf(db, zone, row)
  if (material === undefined) return undefined
  const { criteria } = row
  return {
    ...summaryOf(row, material),
    version: row.version,
    criteria: {
      names: criteria.names,
      version: criteria.version,
      sample: criteria.sample,
      source: criteria.source,
    },
    dimensions: criteria.dimensions.map(({ code, names, items }) => ({
      code,
      names,
      items: items.map((item) => itemView(row, item, material, language)),
    })),
    gapsFirst: gapsFirst(criteria, material.filed).map(({ code }) => code),
    pack:
      row.packHash === null || row.entryId === null
        ? null
        : {
            sha256: row.packHash,
            entryId: row.entryId,
            proofUrl: `/api/v1/ledger/proof?receipt=${row.entryId}`,
          },
  }
}

type Item = AssessmentRow['criteria']['dimensions'][number]['items'][number]

function itemView(
  row: AssessmentRow,
  item: Item,
  { snapshot, filed, answers, evidence }: Material,
  language: Language,
) {
  const answer = answers.find((one) => one.item === item.code)
  const figures = snapshot.figures.filter(({ code }) => item.indicators.includes(code))
  return {
    code: item.code,
    names: item.names,
    clauses: item.clauses,
    asks: item.evidence,
    figures: figures.map((figure) => ({
      code: figure.code,
      names: figure.names,
      value: figureText(figure, language),
      goal: goalWords(figure, language),
      verdict: figure.verdict,
      digest: figure.digest,
      recordsUrl: `/api/v1/snapshots/${snapshot.id}/figures/${figure.code}/records?revision=${figure.revision}`,
    })),
    evidence: evidence.filter((one) => one.item === item.code).map((one) => evidenceView(row.id, one)),
    answer:
      answer === undefined
        ? null
        : { text: answer.answer, version: answer.version, writtenAt: answer.writtenAt.toISOString() },
    gaps: gapsOf(item, filed),
  }
}

export const evidenceView = (
  assessmentId: string,
  { id, title, fileName, fileHash, mediaType, bytes, addedAt }: EvidenceRow,
) => ({
  id,
  title,
  fileName,
  sha256: fileHash,
  mediaType,
  bytes,
  addedAt: addedAt.toISOString(),
  url: `/api/v1/assessments/${assessmentId}/evidence/${id}/file`,
})

import type { ImportReport, Refusal, Words } from '#platform/import-report.ts'
import type { Finding } from '#platform/tabular/finding.ts'
import type { AnyImporter } from './declare.ts'
import { reasonWords } from './reasons.ts'

/** A refusal with its reason in words, as programs and people receive it. */
interface RefusalJson extends Refusal {
  readonly words: Words
}

/** What `zhiyuan import … --json` prints. */
export interface ReportJson extends Omit<ImportReport, 'refusals' | 'findings'> {
  readonly kind: string
  readonly run: string
  readonly refusals: readonly RefusalJson[]
  readonly findings: readonly Finding<string>[]
}

export function reportJson(importer: AnyImporter, run: string, report: ImportReport): ReportJson {
  const { rows, accepted, updated, unchanged, refused, matched, unmatched, refusals, findings } = report
  return {
    kind: importer.kind,
    run,
    rows,
    accepted,
    updated,
    unchanged,
    refused,
    matched,
    unmatched,
    refusals: refusals.map((refusal) => ({
      ...refusal,
      words: reasonWords(refusal.reason, refusal.detail, importer.reasons),
    })),
    findings,
  }
}

const REFUSALS_SHOWN = 20

/** The report for a terminal. */
export function reportLines(report: ReportJson, language: 'zh' | 'en'): string[] {
  const { rows, accepted, updated, unchanged, refused, matched, refusals, findings } = report
  const counts =
    language === 'zh'
      ? `共 ${rows} 行：新增 ${accepted}，更新 ${updated}，无变化 ${unchanged}，拒收 ${refused}${matched === null ? '' : `；匹配 ${matched}`}`
      : `${rows} rows: ${accepted} accepted, ${updated} updated, ${unchanged} unchanged, ${refused} refused${matched === null ? '' : `; ${matched} matched`}`
  const places = refusals.slice(0, REFUSALS_SHOWN).map(({ line, sheet, field, value, words }) => {
    const cell = [field, value === null || value === '' ? undefined : `“${value}”`].filter(Boolean).join(' ')
    return `  ${sheet === null ? '' : `${sheet}!`}${line}${cell === '' ? '' : ` ${cell}`}: ${words[language]}`
  })
  const rest = refusals.length - places.length
  const noticed = findings.map(
    ({ code, count, detail }) =>
      `  * ${code} × ${count}${detail === undefined ? '' : ` ${JSON.stringify(detail)}`}`,
  )
  return [counts, ...places, ...(rest > 0 ? [`  … +${rest}`] : []), ...noticed]
}

/** The final list on paper: whom it names, by which criteria, and how to check it. */
import { date } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import { renderRecord } from '#platform/documents.ts'
import { isSynthetic } from '#platform/installation.ts'
import type { EditionRow, ResultRow, RoundRow } from './round.store.ts'
import { type PublishedList, wordsOf } from './words.rules.ts'

const LARGEST = 20 * 1024 * 1024

export async function setList(
  context: Context,
  round: RoundRow,
  { digest, computedAt }: EditionRow,
  results: readonly ResultRow[],
) {
  const list: PublishedList = {
    year: round.year,
    scheme: round.scheme,
    cutoffOn: round.cutoffOn,
    computedOn: computedAt.toISOString().slice(0, 10),
    digest,
    results,
  }
  const synthetic = await isSynthetic(context.db)
  const address = (language: 'zh' | 'en') =>
    new URL(`${language === 'en' ? '/en' : ''}/appraisal/${round.year}`, context.publicUrl).href
  return Promise.all(
    (['zh', 'en'] as const).map(async (language) => {
      const words = wordsOf(list, language)
      const bytes = await renderRecord({
        language,
        title: words.title,
        issuer: context.zone.office[language],
        date: date(context.today),
        ...(synthetic ? { mark: words.synthetic } : {}),
        facts: words.facts,
        notes: words.notes,
        proof: { ...words.proof, address: address(language) },
        footer: words.footer,
      })
      return { language, title: words.title, ...(await context.files.put(bytes, { maxBytes: LARGEST })) }
    }),
  )
}

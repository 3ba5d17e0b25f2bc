/** Citations of patents after GB/T 7714, as CNKI and reference managers export them: one a line. */
import type { RefusedField } from '#platform/import-report.ts'
import { dayIn } from './days.rules.ts'
import { countryOfAddress, namesIn } from './names.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { emptyDraft, type PatentDraft } from './record.rules.ts'
import { languageOf } from './sheet-row.rules.ts'
import { settledStatus } from './status.rules.ts'

const CITATION = /^\[\d+\]\s*(?:(.*?)\.\s+)?(.+?)\s*\[P(?:\/OL)?\]\s*[.．]?\s*(.*)$/u
/** `上海：CN108467855A,2018-08-31.`; the place may be missing, and a colon may be of either width. */
const REST =
  /^(?:([^:：,，]*)[:：])?\s*([A-Z]{2}[\dA-Z./ -]+?)?\s*[,，.]?\s*(\d{4}[-./]\d{1,2}[-./]\d{1,2})?\s*[.．]?\s*$/u
const NUMBER_AFTER_TITLE = /^(.*?)\s*[:：]\s*(?:[^:：,，]*[,，]\s*)?([A-Z]{2}\s?\d[\dA-Z./]+)$/u

/** Whether text is a list of such citations. */
export const isCitationList = (text: string): boolean =>
  /^\s*\[\d+\].*\[P(?:\/OL)?\]/mu.test(text.slice(0, 20_000))

export function draftOfCitation(
  line: string,
): { readonly draft: PatentDraft } | { readonly refused: RefusedField } {
  const parts = CITATION.exec(line.normalize('NFC').trim())
  const rest = REST.exec(parts?.[3] ?? '')
  if (parts === null || rest === null) return { refused: { value: line, reason: 'not-a-citation' } }
  const titled = rest[2] === undefined ? NUMBER_AFTER_TITLE.exec(parts[2] ?? '') : null
  const number = (rest[2] ?? titled?.[2] ?? '').replace(/\.$/, '')
  const title = (titled?.[1] ?? parts[2] ?? '').trim()
  const read = documentNumber(number)
  const application = read === undefined ? applicationNumber(number) : undefined
  const key = read?.publicationNumber ?? application?.applicationKey
  if (key == null)
    return {
      refused: {
        field: 'P',
        value: number || line,
        reason: number === '' ? 'no-number' : 'not-a-publication-number',
      },
    }
  const place = (rest[1] ?? '').trim()
  const publishedOn = dayIn(rest[3] ?? '') ?? null
  const stage = read?.stage ?? 'unknown'
  const { right: _right, ...numbered } = application ?? applicationNumber('')
  const country = place === '' ? undefined : countryOfAddress(place)
  return {
    draft: settledStatus({
      ...emptyDraft({ publicationNumber: key, office: read?.office ?? key.slice(0, 2) }),
      ...numbered,
      ...(read === undefined
        ? { keyedBy: 'application' as const }
        : { kind: read.kind, right: read.right, stage }),
      titles: title === '' ? {} : { [languageOf(title, read?.office ?? 'CN')]: title },
      publishedOn,
      grantedOn: stage === 'grant' ? publishedOn : null,
      inventors: namesIn(parts[1] ?? '', { people: true }),
      // Where the applicant is: a province, or the name of a country.
      address: place === '' || country === undefined ? null : place,
    }),
  }
}

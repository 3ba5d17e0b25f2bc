/** A saved page of Google Patents: its micro-data are read, not its looks. */
import { symbol } from './classes.rules.ts'
import { dayIn } from './days.rules.ts'
import { partyOf } from './names.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { emptyDraft, type PatentDraft } from './record.rules.ts'
import { legalEvent, settledStatus, statusInWords } from './status.rules.ts'

export const isGooglePage = (head: string): boolean =>
  /itemprop="publicationNumber"|name="citation_patent_number"/.test(head)

const plain = (html: string) =>
  html
    .replace(/<(?:sub|sup|b|i)\b[^>]*>|<\/(?:sub|sup|b|i)>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(
      /&(amp|lt|gt|quot|#39|nbsp);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' })[name] ?? ' ',
    )
    .replace(/\s+/g, ' ')
    .trim()

const property = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`itemprop="${name}"(?:\\s[^>]*)?>([^<]*)<`, 'g'))]
    .map(([, text = '']) => plain(text))
    .filter(Boolean)

const day = (html: string, name: string): string | null =>
  dayIn(
    new RegExp(`itemprop="${name}"[^>]*datetime="([^"]+)"`).exec(html)?.[1] ?? property(html, name)[0] ?? '',
  ) ?? null

/** From the tag that opens a section to the one that closes it; sections of these pages do not nest. */
function section(html: string, name: string): string {
  const start = html.indexOf(`<section itemprop="${name}"`)
  return start < 0 ? '' : html.slice(start, html.indexOf('</section>', start))
}

const rows = (html: string, name: string): string[] =>
  html
    .split(`<tr itemprop="${name}"`)
    .slice(1)
    .map((row) => row.slice(0, row.indexOf('</tr>')))

const language = (part: string) => (/lang="([A-Za-z]{2})"/.exec(part)?.[1] ?? 'en').toLowerCase()

export function draftOfGooglePage(html: string): PatentDraft | undefined {
  const read = documentNumber(property(html, 'publicationNumber')[0] ?? '')
  if (read === undefined) return undefined
  const filedOn = day(html, 'filingDate')
  const publishedOn = day(html, 'publicationDate')
  const { right: _right, ...number } = applicationNumber(property(html, 'applicationNumber')[0] ?? '', {
    office: read.office,
  })
  const [abstract, claims] = [section(html, 'abstract'), section(html, 'claims')]
  const title = plain(/itemprop="title">([^<]*)</.exec(html)?.[1] ?? '')
  const texts = claims
    .split(/<div id="[^"]*" num="\d+" class="claim">/)
    .slice(1)
    .map(plain)
  const words = statusInWords(
    property(section(html, 'application') || html, 'ifiStatus')[0] ?? property(html, 'status')[0] ?? '',
  )
  const owners = property(html, 'assigneeCurrent').map((name) => partyOf(name))
  const original = property(html, 'assigneeOriginal').slice(0, Math.max(1, owners.length))
  const codes = [
    ...new Set(
      [...html.matchAll(/itemprop="Code">([^<]+)</gi)].flatMap(([, code = '']) =>
        code.includes('/') ? (symbol(code) ?? []) : [],
      ),
    ),
  ]
  const summary = plain(abstract.replace(/<h2>.*?<\/h2>/s, '').replace(/^<section[^>]*>/, ''))
  return settledStatus({
    ...emptyDraft(read),
    ...number,
    kind: read.kind,
    right: read.right,
    stage: read.stage,
    filedOn,
    publishedOn,
    grantedOn: read.stage === 'grant' ? publishedOn : null,
    titles: title === '' ? {} : { [/\p{Script=Han}/u.test(title) ? 'zh' : 'en']: title },
    abstracts: summary === '' ? {} : { [language(abstract)]: summary },
    claims: texts.length === 0 ? null : { language: language(claims), complete: true, texts },
    priorities: [],
    applicants: original.map((name) => partyOf(name)),
    owners,
    inventors: property(html.slice(0, html.indexOf('<section') >>> 0), 'inventor'),
    mainIpc: codes[0] ?? null,
    ipc: codes,
    family: rows(html, 'docdbFamily').flatMap((row) => property(row, 'publicationNumber')),
    citations: rows(html, 'backwardReferencesOrig').flatMap((row) => {
      const cited = documentNumber(property(row, 'publicationNumber')[0] ?? '')
      const by = row.includes('itemprop="examinerCited"') ? ('examiner' as const) : null
      return cited === undefined ? [] : [{ number: cited.publicationNumber, text: null, by }]
    }),
    events: rows(html, 'legalEvents').map((row) =>
      legalEvent(
        read.office,
        property(row, 'code')[0] ?? '',
        day(row, 'date'),
        property(row, 'title')[0] ?? '',
      ),
    ),
    legalStatus: words ?? 'unknown',
    legalStatusOn: null,
  })
}

/** What became of an application or a right, from words and gazette codes (CNIPA gazette, INPADOC, USPTO). */
import type { LegalEvent, LegalStatus, PatentDraft, Stage } from './record.rules.ts'

/** Words in the order in which they are looked for: 未缴年费专利权终止 names its cause before its effect. */
const WORDS: readonly (readonly [RegExp, LegalStatus])[] = [
  [/恢复|restor|reinstat/i, 'in-force'],
  [/未缴年费|年费.*终止|非正常.*年费|fee.related|non-?payment|lapse/i, 'lapsed'],
  [/期限届满|届满|期满|expiry|expired|lifetime/i, 'expired'],
  [/部分无效|partial.*invalid/i, 'in-force'],
  [/全部无效|宣告无效|无效宣告.*无效|撤销|revo[kc]|fully invalid|full invalid/i, 'revoked'],
  [/驳回|refus|reject/i, 'refused'],
  [/撤回|withdraw/i, 'withdrawn'],
  [/放弃|避重|abandon/i, 'abandoned'],
  [/失效|无权|终止|无效|inactive|dead|ceased|discontinued|ended/i, 'ended'],
  [
    /实质审查|实审|审查中|在审|审中|公开|公布|受理|pending|published|under.exam|filed|application/i,
    'pending',
  ],
  [/有效|有权|授权|维持|登记|active|grant|in.force|patented|alive|issued|enforce/i, 'in-force'],
]

/** The status that words name; undefined for words that name none. `无权-未缴年费` names the cause. */
export function statusInWords(text: string): LegalStatus | undefined {
  const cell = text.normalize('NFKC').trim()
  if (cell === '') return undefined
  if ((KNOWN as readonly string[]).includes(cell)) return cell as LegalStatus
  return WORDS.find(([pattern]) => pattern.test(cell))?.[1]
}

const KNOWN: readonly LegalStatus[] = [
  'pending',
  'in-force',
  'lapsed',
  'expired',
  'abandoned',
  'withdrawn',
  'refused',
  'revoked',
  'ended',
  'unknown',
]

const codes = (status: LegalStatus, ...of: readonly string[]) => of.map((code) => [code, status] as const)

/** Codes of the Chinese gazette that change what a right is; all others leave it as it was. */
const CHINESE: ReadonlyMap<string, LegalStatus> = new Map([
  ...codes('pending', 'PB01', 'C06', 'BB1A', 'SE01', 'C10', 'EXSB', 'DE01', 'REIN', 'C52'),
  ...codes(
    'in-force',
    'GR01',
    'GR02',
    'GR03',
    'GRSP',
    'C14',
    'FG1K',
    'FG4A',
    'RR01',
    'RA01',
    'C49',
    'C15',
    'IP01',
    'RP01',
    'C26',
  ),
  ...codes('lapsed', 'CF01', 'C19', 'MM1K', 'MM4A'),
  ...codes('expired', 'CX01', 'MK1K', 'MK4A'),
  ...codes('abandoned', 'AD01', 'AR01', 'AV01', 'C20', 'C25', 'RGAV', 'MA1K'),
  ...codes('withdrawn', 'WD01', 'WW01', 'C01', 'C02', 'C03', 'C04', 'C05'),
  ...codes('refused', 'RJ01', 'C12'),
  ...codes('revoked', 'IW01', 'RW01', 'C28'),
  ...codes('ended', 'CE01', 'C17', 'EXPY'),
])
const EUROPEAN: ReadonlyMap<string, LegalStatus> = new Map([
  ...codes('withdrawn', '18D', '18W'),
  ...codes('refused', '18R'),
  ...codes('revoked', '27W'),
])
const AMERICAN: ReadonlyMap<string, LegalStatus> = new Map([
  ...codes('lapsed', 'EXP.', 'LAPS', 'FP'),
  ...codes('abandoned', 'ABN', 'MABN', 'STCB'),
])
const EFFECTS: Readonly<Record<string, ReadonlyMap<string, LegalStatus>>> = {
  CN: CHINESE,
  EP: EUROPEAN,
  US: AMERICAN,
}

export const isTransferCode = (code: string): boolean =>
  /^(?:TR01|TA01|C41|C44|C45|C47|ASS)$/.test(code.trim())

/** A gazette event with its effect. Without a code the words decide, for Chinese and English alike. */
export function legalEvent(scheme: string, code: string, on: string | null, text: string): LegalEvent {
  const plain = code.trim().toUpperCase()
  const effect = plain === '' ? (statusInWords(text) ?? null) : (EFFECTS[scheme]?.get(plain) ?? null)
  // Of these words only those that say so change the status: a transfer is none.
  const silent = plain === '' && /转移|变更|许可|质押|保全|transfer|change|license|pledge/i.test(text)
  return {
    code: plain.slice(0, 20),
    scheme: plain === '' ? 'text' : scheme,
    on,
    text: text.trim().slice(0, 4000),
    effect: silent ? null : effect,
  }
}

/** What the publication of a document says by itself, on its day: an application is pending, a right has been granted. */
export function statusOfStage(stage: Stage): LegalStatus {
  return { application: 'pending', grant: 'in-force', unknown: 'unknown' }[stage] as LegalStatus
}

/**
 * The status of a record with its day: of what the file says outright, its latest event with an effect, and its own publication,
 * whichever is latest; outright words win on the same day.
 */
export function settledStatus<Draft extends PatentDraft>(draft: Draft): Draft {
  const said =
    draft.legalStatus === 'unknown' ? [] : [{ status: draft.legalStatus, on: draft.legalStatusOn, rank: 2 }]
  const happened = draft.events.flatMap(({ effect, on }) =>
    effect === null || on === null ? [] : [{ status: effect, on, rank: 1 }],
  )
  const born = statusOfStage(draft.stage)
  const appeared = draft.stage === 'grant' ? (draft.grantedOn ?? draft.publishedOn) : draft.publishedOn
  const published = born === 'unknown' || appeared === null ? [] : [{ status: born, on: appeared, rank: 0 }]
  // Words without a day are of the day of the file, which is later than whatever it tells.
  const dayOf = (on: string | null) => on ?? draft.observedOn ?? '9999'
  const latest = [...said, ...happened, ...published].toSorted(
    (a, b) => dayOf(b.on).localeCompare(dayOf(a.on)) || b.rank - a.rank,
  )[0]
  return latest === undefined ? draft : { ...draft, legalStatus: latest.status, legalStatusOn: latest.on }
}

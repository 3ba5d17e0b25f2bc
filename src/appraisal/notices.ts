import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { noticeKind } from '../notices/define.ts'
import { notify } from '../notices/public.ts'
import { listResults, type RoundRow } from './round.store.ts'
import { pointsText, PROPOSED, VERDICTS } from './words.rules.ts'

const appraisalNotice = noticeKind({
  code: 'appraisal.list',
  names: { zh: '年度绩效考核', en: 'Yearly appraisal' },
  summary: {
    zh: '考核名单公示、重新公示或定案，名单上有您的机构时',
    en: 'When a list of the appraisal with your agency on it is made public, made public again, or final',
  },
  proposes: ['mail'],
})

export const appraisalNotices = [appraisalNotice] as const

/** `public`: for the first time; `again`: after a new computation; `final`: nothing changes any more. */
type Publication = 'public' | 'again' | 'final'

const HEADS = {
  public: { zh: '考核名单公示', en: 'the list is public' },
  again: { zh: '考核名单重新计分后再次公示', en: 'the list was computed again and is public anew' },
  final: { zh: '考核名单定案公布', en: 'the list is final' },
} as const

const NEXT = {
  zh: '每一分都能打开到记录；有不同意见，请在公示期内提出异议，异议处理期间停止计时。',
  en: 'Each point opens to its records. If you disagree, object while the list is public; the clock stands still meanwhile.',
} as const

const FINAL = {
  zh: '名单和证明已经公布，每一分仍能打开到记录。',
  en: 'The list and its proof are published; each point still opens to its records.',
} as const

/** Tells every agency on the list where it stands, in the transaction that makes the list public; each once. */
export async function tellAgencies(
  tx: Tx,
  context: Context,
  { id, year, edition }: Pick<RoundRow, 'id' | 'year' | 'edition'>,
  publication: Publication,
): Promise<number> {
  let told = 0
  for (const { code, partyId, total, rank, verdict } of await listResults(tx, id, edition)) {
    const proposed = publication !== 'final' && verdict === 'excellent'
    const outcome = proposed ? PROPOSED : VERDICTS[verdict]
    const [head, points] = [HEADS[publication], pointsText(total)]
    told += await notify(tx, context, {
      to: { organisation: partyId },
      kind: appraisalNotice,
      subject: { kind: 'appraisal', id: `${year}/${code}` },
      words: {
        zh: `${year} 年度${head.zh}：得 ${points} 分，同类第 ${rank} 位，${outcome.zh}`,
        en: `Appraisal of ${year}, ${head.en}: ${points} points, place ${rank} of its class, ${outcome.en}`,
      },
      more: publication === 'final' ? FINAL : NEXT,
      href: `/appraisal/${year}/agencies/${code}`,
      once: `appraisal-${id}-${edition}-${publication}-${code}`,
    })
  }
  return told
}

import { join } from 'node:path'
import { toString as qrCode } from 'qrcode'
import { renderPdf } from '#platform/documents.ts'
import type { Language, ReportContent } from './report.rules.ts'

/** The report on paper: an archival PDF with charts, each figure with the snapshot it was frozen in. */
export async function renderReport(content: ReportContent, address: string): Promise<Buffer> {
  const words = WORDS[content.language]
  const code = await qrCode(address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })
  const { met, notMet, unknown } = content.tally
  return renderPdf(join(import.meta.dirname, 'report.typ'), {
    ...content,
    words: { ...words, tally: words.tally(met, notMet, unknown) },
    cover: [
      [words.asOf, content.asOf],
      [words.edition, String(content.edition)],
      [words.snapshot, content.snapshot.id],
      ['SHA-256', content.snapshot.digest],
    ],
    proof: { code, address, heading: words.verify, explanation: words.verifyShort },
    footer: `${content.title} · ${words.snapshot} ${content.snapshot.id}`,
  })
}

const WORDS = {
  zh: {
    overview: '总体情况',
    tally: (met: number, notMet: number, unknown: number) =>
      `本报告收录 ${met + notMet + unknown} 项指标：已达成 ${met} 项，未达成 ${notMet} 项，无法判断 ${unknown} 项。全部数字取自冻结的快照，快照之后的更正另列，不改动已公布的数字。`,
    indicator: '指标',
    value: '数值',
    goal: '目标',
    standing: '状态',
    goalLine: '目标',
    noFigures: '本方面没有可公布的指标。',
    frozen: '取自快照',
    restatedMark: '此数为更正后的数字，见“更正记录”',
    restatements: '更正记录',
    noRestatements: '本快照的数字至成稿时没有更正。',
    on: '日期',
    was: '原数',
    isNow: '更正后',
    verify: '如何核验',
    verifyShort: '本报告的摘要已写入公开账本，断网也能核验。',
    verifySteps: [
      '从报告页下载本文件及其证明，打开核验页（可存到本机，断网使用），选择这两个文件：页面会说明本文件是否就是账本所记的那一份。',
      '每个数字下方列出它所在的快照和自身摘要；在快照页可以打开该数字所计的记录，条数与数字一致。',
      '所用快照如下。',
    ],
    day: '截至日',
    asOf: '截至',
    edition: '版次',
    snapshot: '快照',
  },
  en: {
    overview: 'Overview',
    tally: (met: number, notMet: number, unknown: number) =>
      `The report holds ${met + notMet + unknown} indicators: ${met} met, ${notMet} not met, ${unknown} that cannot be judged. Every number comes from a frozen snapshot; what was put right since is listed apart and changes no published number.`,
    indicator: 'Indicator',
    value: 'Value',
    goal: 'Goal',
    standing: 'Standing',
    goalLine: 'goal',
    noFigures: 'No indicator of this pillar can be published.',
    frozen: 'Snapshot',
    restatedMark: 'restated; see “Restatements”',
    restatements: 'Restatements',
    noRestatements: 'No number of this snapshot had been restated when the report was assembled.',
    on: 'On',
    was: 'Was',
    isNow: 'Is',
    verify: 'How to verify',
    verifyShort: 'The digest of this report is in the public log; it can be checked with the network off.',
    verifySteps: [
      'Download this file and its proof from the page of the report, open the verifier (it can be saved and used offline), and choose both: it says whether this file is the one that the log recorded.',
      'Under each number stand the snapshot it was frozen in and its own digest; on the page of the snapshot the number opens to the records it counts, as many as it says.',
      'The snapshots used are these.',
    ],
    day: 'As of',
    asOf: 'As of',
    edition: 'Edition',
    snapshot: 'Snapshot',
  },
} as const satisfies Readonly<Record<Language, unknown>>

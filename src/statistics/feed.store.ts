import { anyone } from '#platform/access.ts'
import { feed, type Feed } from '../notices/define.ts'
import type { Indicator } from './declare.ts'

/** What was frozen and published of an indicator; a restatement is a record of its own. */
export function indicatorFeeds(indicators: readonly Indicator[]): readonly Feed[] {
  return [
    feed({
      code: 'statistics.indicator',
      about: 'indicator',
      names: { zh: '指标发布', en: 'Publications of an indicator' },
      summary: {
        zh: '该指标每次发布的快照和更正',
        en: 'Each published snapshot of the indicator, and each restatement',
      },
      clauses: ['S77'],
      allow: anyone,
      topics: () => indicators.map(({ code, name }) => ({ code, names: name })),
      newer: async ({ db }, topic, since) => {
        const rows = await db
          .selectFrom('snapshotFigure as figure')
          .innerJoin('snapshot', 'snapshot.id', 'figure.snapshotId')
          .leftJoin('restatement', 'restatement.newFigureId', 'figure.id')
          .select([
            'figure.id as recordId',
            'figure.revision',
            'snapshot.id as snapshotId',
            'snapshot.asOf',
            'snapshot.title',
            (eb) => eb.fn.coalesce('restatement.madeAt', 'snapshot.takenAt').as('recordedAt'),
          ])
          .where('figure.code', '=', topic)
          .where((eb) => eb(eb.fn.coalesce('restatement.madeAt', 'snapshot.takenAt'), '>=', since))
          .orderBy('recordedAt')
          .orderBy('figure.id')
          .execute()
        return rows.map(({ recordId, revision, snapshotId, asOf, title, recordedAt }) => ({
          recordId,
          label:
            revision === 0
              ? { zh: `${title}（截至 ${asOf}）`, en: `${title} (as of ${asOf})` }
              : {
                  zh: `${title}（截至 ${asOf}，第 ${revision} 次更正）`,
                  en: `${title} (as of ${asOf}, restatement ${revision})`,
                },
          href: `/snapshots/${snapshotId}` as const,
          recordedAt,
        }))
      },
    }),
  ]
}

import { sql } from 'kysely'
import { indicator, type IndicatorRow, type Span } from '../statistics/declare.ts'
import { HUNDRED_FIRMS_PROGRAMME } from './rules.ts'

type Keyed = IndicatorRow & { partyId: string }

const attended =
  (who: 'personId' | 'firmId') =>
  (_db: unknown, { from, to }: Span) =>
    sql<Keyed>`(
  select attendance.id::text as record_id, party.name as label, attendance.held_on as occurred_on,
    survivor.survivor_id as party_id
  from training_attendance attendance
  join party_survivor survivor on survivor.party_id = ${sql.ref(`attendance.${who}`)}
  join party on party.id = survivor.survivor_id
  where attendance.programme = ${HUNDRED_FIRMS_PROGRAMME} and attendance.held_on between ${from} and ${to})`

export const learningIndicators = [
  indicator({
    code: 'trained-firms',
    clauses: ['S37'],
    name: { zh: '“百企千人”参训企业', en: 'Firms trained' },
    definition: {
      zh: '统计期内至少有一人签到参加“百企千人”培训的企业;同一企业跨班次只计一次。',
      en: 'Firms of which at least one person signed in to a class of the programme within the span, each once across classes.',
    },
    version: 1,
    unit: 'firm',
    measures: 'flow',
    confidentiality: 'masked',
    kind: 'countDistinct',
    distinctBy: 'partyId',
    recordKind: 'attendance',
    records: attended('firmId'),
  }),
  indicator({
    code: 'trained-people',
    clauses: ['S37'],
    name: { zh: '“百企千人”参训人员', en: 'People trained' },
    definition: {
      zh: '统计期内有签到记录的“百企千人”参训人员;同一人跨班次只计一次。',
      en: 'People who signed in to a class of the programme within the span, each once across classes.',
    },
    version: 1,
    unit: 'person',
    measures: 'flow',
    confidentiality: 'masked',
    kind: 'countDistinct',
    distinctBy: 'partyId',
    recordKind: 'attendance',
    records: attended('personId'),
  }),
]

import { sql } from 'kysely'
import { indicator, type IndicatorRow, type Span, type Words } from '../statistics/declare.ts'
import { GOAL_MATTER_TYPES, MATTER_TYPES } from './rules.ts'

type Keyed = IndicatorRow & { partyId: string }

/**
 * Firms with a standing that were served while it was valid. It steps from firm to firm and looks for one service each
 * (`limit 1` keeps the planner from reading millions of services to answer for some thousand firms).
 */
const servedWith =
  (standing: string) =>
  (_db: unknown, { from, to }: Span) =>
    sql<Keyed>`(
  select holder.id::text as record_id, firm.name as label, service.served_on as occurred_on, survivor.survivor_id as party_id
  from party_standing holder
  join party_survivor survivor on survivor.party_id = holder.party_id
  join party firm on firm.id = survivor.survivor_id
  join party_survivor client on client.survivor_id = survivor.survivor_id
  cross join lateral (
    select record.served_on
    from service_record record
    where record.client_id = client.party_id and record.voided_at is null
      and record.served_on >= greatest(holder.valid_from, ${from}::date)
      and record.served_on <= least(holder.valid_to - 1, ${to}::date)
    order by record.served_on desc
    limit 1
  ) service
  where holder.standing = ${standing} and holder.valid_from <= ${to} and (holder.valid_to is null or holder.valid_to > ${from}))`

const served = (
  code: string,
  clause: string,
  standing: string,
  words: Words,
  confidentiality: 'masked' | 'protected',
) =>
  indicator({
    code,
    clauses: [clause],
    name: { zh: `服务${words.zh}`, en: `${words.en} served` },
    definition: {
      zh: `统计期内至少接受过一次服务、且服务当日资格有效的${words.zh};同一企业只计一次。`,
      en: `${words.en} that were served at least once within the span on a day on which they held that standing, each once.`,
    },
    version: 1,
    unit: 'firm',
    measures: 'flow',
    confidentiality,
    kind: 'countDistinct',
    distinctBy: 'partyId',
    recordKind: 'firm',
    records: servedWith(standing),
  })

export const serviceIndicators = [
  served(
    'high-tech-served',
    'S38',
    'high-tech',
    { zh: '高新技术企业', en: 'High-tech enterprises' },
    'masked',
  ),
  served(
    'specialised-served',
    'S39',
    'specialised',
    { zh: '专精特新企业', en: 'Specialised-and-sophisticated enterprises' },
    'masked',
  ),
  served('pre-ipo-served', 'S40', 'pre-ipo', { zh: '拟上市企业', en: 'Pre-IPO enterprises' }, 'protected'),

  indicator({
    code: 'firms-served',
    clauses: ['S42'],
    name: { zh: '事项服务企业', en: 'Firms served in matters' },
    definition: {
      zh: '统计期内在咨询、运用、转化、保护四类事项中至少接受过一次服务的企业;同一企业只计一次。',
      en: 'Firms served at least once within the span in consulting, use, conversion or protection, each once.',
    },
    version: 1,
    unit: 'firm',
    measures: 'flow',
    confidentiality: 'masked',
    dimensions: {
      matterType: {
        name: { zh: '事项类型', en: 'Kind of matter' },
        values: () => Object.fromEntries(GOAL_MATTER_TYPES.map((type) => [type, MATTER_TYPES[type]])),
      },
    },
    kind: 'countDistinct',
    distinctBy: 'partyId',
    recordKind: 'firm',
    // A firm whose first or last service lies in the span was served in it. Only one served both before and after it
    // has to be looked up among the services.
    records: (_db, { from, to }) => sql<Keyed>`(
      select reach.client_id || '/' || reach.matter_type as record_id, firm.name as label,
        least(reach.last_on, ${to}::date) as occurred_on, survivor.survivor_id as party_id, reach.matter_type
      from service_reach reach
      join party_survivor survivor on survivor.party_id = reach.client_id
      join party firm on firm.id = survivor.survivor_id
      where reach.matter_type in (${sql.join([...GOAL_MATTER_TYPES])})
        and reach.first_on <= ${to} and reach.last_on >= ${from}
        and (reach.first_on >= ${from} or reach.last_on <= ${to} or exists (
          select from service_record record
          where record.client_id = reach.client_id and record.matter_type = reach.matter_type and record.voided_at is null
            and record.served_on between ${from} and ${to})))`,
  }),
]

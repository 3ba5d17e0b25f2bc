import { sql } from 'kysely'
import { anyone, signedIn } from '#platform/access.ts'
import { feed, type Feed } from '../notices/define.ts'
import { MATTER_TYPES } from './rules.ts'

interface NewPolicy {
  readonly recordId: string
  readonly names: { readonly zh: string; readonly en: string }
  readonly recordedAt: Date
}

/** Policies as they enter the zone's profile: the version in which each stands for the first time. */
const policies = feed({
  code: 'zone.policies',
  about: 'policy',
  names: { zh: '政策文件', en: 'Policies' },
  summary: {
    zh: '试验区新收录的上位文件和本区政策',
    en: 'Superior documents and policies of the zone as they are taken in',
  },
  clauses: ['S76'],
  allow: anyone,
  topics: () => [{ code: 'all', names: { zh: '全部政策', en: 'All policies' } }],
  newer: async ({ db, zone }, _topic, since) => {
    const { rows } = await sql<NewPolicy>`
      select record_id, names, recorded_at from (
        select distinct on (policy ->> 'code') policy ->> 'code' as record_id, policy -> 'names' as names,
          v.first_loaded_at as recorded_at
        from zone_version v, jsonb_array_elements((v.files ->> 'policies.json')::jsonb -> 'policies') policy
        where v.zone = ${zone.id}
        order by policy ->> 'code', v.first_loaded_at, v.version
      ) first
      where recorded_at >= ${since} order by recorded_at, record_id`.execute(db)
    return rows.map(({ recordId, names, recordedAt }) => ({
      recordId,
      label: names,
      href: '/plan' as const,
      recordedAt,
    }))
  },
})

interface Served {
  readonly recordId: string
  readonly name: string
  readonly code: string
  readonly servedOn: string
  readonly matterType: string
  readonly recordedAt: Date
}

/** Work of a kind done in the zone: who served and when, never whom. */
const servicesOfKind = feed({
  code: 'services.by-kind',
  about: 'agency',
  names: { zh: '服务业绩', en: 'Services rendered' },
  summary: {
    zh: '机构新登记的该类服务，不含客户信息',
    en: 'Services of the kind as agencies record them, without the clients',
  },
  clauses: ['S76'],
  allow: signedIn,
  topics: () => Object.entries(MATTER_TYPES).map(([code, names]) => ({ code, names })),
  newer: async ({ db }, topic, since) => {
    const { rows } = await sql<Served>`
      select record.id::text as record_id, party.name, agency.code, record.served_on, record.matter_type, record.recorded_at
      from service_record record join agency on agency.id = record.agency_id join party on party.id = agency.party_id
      where record.matter_type = ${topic} and record.recorded_at >= ${since} and record.voided_at is null
      order by record.recorded_at, record.id`.execute(db)
    return rows.map(({ recordId, name, code, servedOn, recordedAt }) => ({
      recordId,
      label: { zh: `${name}，${servedOn}`, en: `${name}, ${servedOn}` },
      href: `/agencies/${code}` as const,
      recordedAt,
    }))
  },
})

export const serviceFeeds: readonly Feed[] = [policies, servicesOfKind]

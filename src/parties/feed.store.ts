import { sql } from 'kysely'
import { signedIn } from '#platform/access.ts'
import { feed, type Feed, type FeedContext, type FeedItem, type Words } from '../notices/define.ts'

interface Found {
  readonly recordId: string
  readonly name: string
  readonly nameEn: string | null
  readonly partyId: string
  readonly recordedAt: Date
}

/** Organisations of the industries that the zone names, as they enter the register: by hand or with a file. */
const organisationsByIndustry = feed({
  code: 'parties.by-industry',
  about: 'cluster',
  names: { zh: '产业集群新增单位', en: 'New organisations of a cluster' },
  summary: {
    zh: '登记或导入的单位中，行业代码属于该产业的',
    en: 'Organisations that were registered or imported with an industry code of the cluster',
  },
  clauses: ['S76', 'S29'],
  allow: signedIn,
  topics: ({ zone }) =>
    zone.industryCodes.map(({ industry }) => ({ code: industry, names: industryNames(zone, industry) })),
  newer: async ({ db, zone }, topic, since) => {
    const codes = zone.industryCodes.find(({ industry }) => industry === topic)?.codes ?? []
    if (codes.length === 0) return []
    // A file may leave out the letter of the section.
    const beginnings = codes.flatMap((code) => (code.length > 1 ? [code, code.slice(1)] : [code]))
    const { rows } = await sql<Found>`
      select party.id::text as record_id, party.name, party.name_en, party.id::text as party_id, party.created_at as recorded_at
      from party
      where party.kind = 'organisation' and party.created_at >= ${since}
        and party.industry_code like any(${beginnings.map((code) => `${code}%`)})
        and not exists (select from party_merge m where m.absorbed_id = party.id and m.undone_at is null)
      order by party.created_at, party.id`.execute(db)
    return rows.map(({ recordId, name, nameEn, partyId, recordedAt }) => ({
      recordId,
      label: { zh: name, en: nameEn ?? name },
      href: `/organisations/${partyId}` as const,
      recordedAt,
    }))
  },
})

function industryNames(zone: FeedContext['zone'], industry: string): Words {
  const members = zone.industries.flatMap(({ groups }) => groups.flatMap(({ members: all }) => all))
  return members.find(({ code }) => code === industry)?.names ?? { zh: industry, en: industry }
}

/** One organisation, such as a competitor: each change of what the register says of it. */
const changesOfOrganisation: Feed = {
  code: 'parties.organisation',
  about: 'organisation',
  names: { zh: '单位变更', en: 'Changes of an organisation' },
  summary: {
    zh: '名称、地址、行业等登记内容的每次变更，例如竞争对手的',
    en: 'Each change of name, address or industry in the register, of a competitor for instance',
  },
  clauses: ['S76'],
  allow: signedIn,
  topics: undefined,
  asks: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  findTopic: async ({ db }, code) => {
    const party = await db
      .selectFrom('party')
      .select(['creditCode', 'name', 'nameEn'])
      .where('creditCode', '=', code.trim().toUpperCase())
      .executeTakeFirst()
    return party === undefined || party.creditCode === null
      ? undefined
      : { code: party.creditCode, names: { zh: party.name, en: party.nameEn ?? party.name } }
  },
  newer: async ({ db }, topic, since): Promise<FeedItem[]> => {
    const { rows } = await sql<Found & { validFrom: string }>`
      select state.id::text as record_id, state.name, state.name_en, party.id::text as party_id, state.recorded_at,
        state.valid_from
      from party_state state join party on party.id = state.party_id
      where party.credit_code = ${topic} and state.recorded_at >= ${since}
      order by state.recorded_at, state.id`.execute(db)
    return rows.map(({ recordId, name, nameEn, partyId, recordedAt, validFrom }) => ({
      recordId,
      label: { zh: `${name}（自 ${validFrom} 起）`, en: `${nameEn ?? name} (from ${validFrom})` },
      href: `/organisations/${partyId}` as const,
      recordedAt,
    }))
  },
}

export const partyFeeds: readonly Feed[] = [organisationsByIndustry, changesOfOrganisation]

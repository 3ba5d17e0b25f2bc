import { sql } from 'kysely'
import { signedIn } from '#platform/access.ts'
import { feed, type Feed } from '../notices/define.ts'

interface Move {
  readonly recordId: string
  readonly name: string
  readonly code: string
  readonly movedIn: string
  readonly movedOut: string | null
  readonly recordedAt: Date
}

/** Agencies that move into or out of a carrier. A correction is a record of its own, as in the directory's history. */
const movesOfCarrier = feed({
  code: 'agencies.moves',
  about: 'agency',
  names: { zh: '服务机构入驻与迁出', en: 'Agencies that move in or out' },
  summary: { zh: '该载体每一次入驻和迁出', en: 'Each move into or out of the carrier' },
  clauses: ['S76', 'S202'],
  allow: signedIn,
  topics: ({ zone }) => zone.carriers.map(({ id, names }) => ({ code: id, names })),
  newer: async ({ db }, topic, since) => {
    const { rows } = await sql<Move>`
      select stay.id::text as record_id, party.name, agency.code, stay.moved_in, stay.moved_out, stay.recorded_at
      from agency_membership stay join agency on agency.id = stay.agency_id join party on party.id = agency.party_id
      where stay.carrier_code = ${topic} and stay.recorded_at >= ${since} and stay.superseded_at is null
      order by stay.recorded_at, stay.id`.execute(db)
    return rows.map(({ recordId, name, code, movedIn, movedOut, recordedAt }) => ({
      recordId,
      label:
        movedOut === null
          ? { zh: `${name}，${movedIn} 入驻`, en: `${name}, moved in on ${movedIn}` }
          : { zh: `${name}，${movedOut} 迁出`, en: `${name}, moved out on ${movedOut}` },
      href: `/agencies/${code}` as const,
      recordedAt,
    }))
  },
})

export const agencyFeeds: readonly Feed[] = [movesOfCarrier]

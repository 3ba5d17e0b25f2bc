import type { Analytics } from '#platform/analytics.ts'
import { currentVersion } from './corpus.store.ts'

export interface Standing {
  readonly publicationNumber: string
  readonly applicationNumber: string
  readonly title: string
  readonly holders: string[]
  readonly legalStatus: string
  readonly legalStatusOn: string | null
}

/**
 * How rights stand today, by the publication numbers they are known under. The documents of one application are one right: what
 * a status file says of its grant holds for its publication too, and the latest day counts.
 */
export async function findStandings(
  analytics: Analytics,
  publicationNumbers: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  if (publicationNumbers.length === 0) return new Map()
  const rows = await analytics.query<Standing>(
    `WITH asked AS (
       SELECT publication_number, application_number, application_key, title, holders, legal_status, legal_status_on
       FROM patent
       WHERE publication_number IN {keys:Array(String)} AND since <= {version:UInt32} AND until > {version:UInt32}
     ), latest AS (
       SELECT application_key, argMax(legal_status, (assumeNotNull(legal_status_on), stage = 'grant')) AS status,
         max(legal_status_on) AS status_on
       FROM patent
       WHERE application_key IN (SELECT application_key FROM asked WHERE application_key != '')
         AND since <= {version:UInt32} AND until > {version:UInt32}
         AND isNotNull(legal_status_on) AND legal_status != 'unknown'
       GROUP BY application_key
     )
     SELECT asked.publication_number AS publicationNumber, asked.application_number AS applicationNumber,
       asked.title AS title, asked.holders AS holders,
       if(latest.status = '', asked.legal_status, latest.status) AS legalStatus,
       if(latest.status = '', asked.legal_status_on, latest.status_on) AS legalStatusOn
     FROM asked LEFT JOIN latest ON latest.application_key = asked.application_key`,
    { keys: publicationNumbers, version: await currentVersion(analytics) },
    { tag: 'patents.standings' },
  )
  return new Map(rows.map((row) => [row.publicationNumber, row]))
}

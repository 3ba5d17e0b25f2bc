import type { Db } from '#platform/database.ts'
import { findClientFiles } from './client-file.store.ts'
import type { AgencyAsked, ClientMatterSource, OpenClientMatter } from './define.ts'

/** The files that agencies keep for their clients on this platform. */
export const clientFileSource: ClientMatterSource = {
  code: 'client-file',
  names: { zh: '客户案卷', en: 'Client file' },
  open: async (db, { id, code }) => {
    const files = await findClientFiles(db, id)
    return files
      .filter(({ state }) => state === 'open' || state === 'offered')
      .map(({ id: file, reference, title, clientName, openedOn }) => ({
        id: file,
        label: `${reference} ${title} · ${clientName}`,
        since: openedOn,
        page: `/work/agencies/${code}/clients` as const,
      }))
  },
}

/** Everything that an agency still owes its clients, from every room that knows of such work; the oldest first. */
export async function openClientMatters(
  db: Db,
  agency: AgencyAsked,
  sources: readonly ClientMatterSource[],
): Promise<(OpenClientMatter & { readonly source: ClientMatterSource })[]> {
  const found = await Promise.all(
    sources.map(async (source) => (await source.open(db, agency)).map((one) => ({ ...one, source }))),
  )
  return found.flat().toSorted((one, other) => one.since.localeCompare(other.since))
}

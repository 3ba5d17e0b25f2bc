import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import type { MatterPanelProps } from '../app/room.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { FileTable } from './ClientFilesPage.tsx'
import { useText } from './queries.ts'

/** On the page of a move-out: the client files that still keep the agency from leaving. */
export function ClientsPanel({ matter }: MatterPanelProps) {
  const { moving: text } = useText()
  const agency = useQuery({
    ...api.agencies.ofParty.queryOptions({ input: { partyId: matter.organisationId ?? '' } }),
    enabled: matter.organisationId !== null,
  })
  const code = agency.data?.code
  const files = useQuery({
    ...api.agencies.clientFiles.queryOptions({ input: { code: code ?? '' } }),
    enabled: code !== undefined,
  })
  return (
    <Loaded query={files} text={text.errors}>
      {({ items }) => (
        <>
          <FileTable
            caption={text.clients.table}
            files={items.filter(({ state }) => state === 'open' || state === 'offered')}
          />
          <p>
            <TextLink href={`/work/agencies/${code}/clients`}>{text.clients.title}</TextLink>
          </p>
        </>
      )}
    </Loaded>
  )
}

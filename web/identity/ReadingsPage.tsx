import { useInfiniteQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { MomentText } from '../ui/values.tsx'
import { roleName, useText } from './text.ts'
import { VisitorPage } from './VisitorPage.tsx'

type Reading = Awaited<ReturnType<typeof client.identity.readings>>['items'][number]

/** Every plain reading of one's own data and that of one's organisations: who, when, and what for. */
export function ReadingsPage() {
  const text = useText()
  const words = text.readings
  const { signedIn } = useSession()
  const query = useInfiniteQuery({
    ...api.identity.readings.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 50, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    enabled: signedIn,
  })
  if (!signedIn) return <VisitorPage title={words.title} />
  return (
    <Page title={words.title} lede={words.lede} crumbs={[{ text: text.account.title, href: '/account' }]}>
      <Loaded query={query} text={text.errors}>
        {({ pages }) => (
          <DataTable
            caption={words.caption}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ id }) => id}
            total={pages[0]?.total ?? 0}
            more={moreOf(query)}
            empty={{ title: words.empty, next: words.emptyNote }}
            columns={readingColumns(words)}
          />
        )}
      </Loaded>
    </Page>
  )
}

function readingColumns(
  words: ReturnType<typeof useText>['readings'],
): [Column<Reading>, ...Column<Reading>[]] {
  return [
    { name: 'when', header: words.when, cell: ({ readAt }) => <MomentText value={readAt} /> },
    { name: 'who', header: words.who, cell: (reading) => <Reader reading={reading} /> },
    { name: 'purpose', header: words.purpose, cell: ({ purpose }) => purpose },
    {
      name: 'what',
      header: words.what,
      cell: ({ fields }) => fields.map((field) => words.field[field] ?? field).join('、'),
    },
    {
      name: 'whose',
      header: words.whose,
      cell: ({ subjectKind }) => (subjectKind === 'organisation' ? words.organisation : words.mine),
    },
  ]
}

/** Staff by name and office; anybody else by the organisation whose member they are. */
function Reader({ reading: { readerName, readerOrganisation, readerRoles } }: { readonly reading: Reading }) {
  const words = useText().readings
  const roles = readerRoles.map(roleName).join('、')
  if (readerName !== null) return <>{[readerName, roles, readerOrganisation].filter(Boolean).join(' · ')}</>
  return (
    <>
      {readerOrganisation === null
        ? `${words.someone} · ${roles}`
        : `${words.someoneOf(readerOrganisation)} · ${roles}`}
    </>
  )
}

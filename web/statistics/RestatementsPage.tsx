import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { RestatementList } from './RestatementList.tsx'

export function RestatementsPage() {
  const text = useMessages({ zh, en })
  const query = useQuery(api.statistics.restatements.queryOptions())
  return (
    <Page
      title={text.restatements.title}
      lede={text.restatements.lede}
      crumbs={[
        { text: text.board.title, href: '/board' },
        { text: text.snapshots.title, href: '/snapshots' },
      ]}
    >
      <Loaded query={query} text={text.errors}>
        {({ items }) => <RestatementList items={items} />}
      </Loaded>
    </Page>
  )
}

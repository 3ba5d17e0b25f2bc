import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { SCOPES } from '../../../src/patents/analysis.rules.ts'
import { api } from '../../app/api.ts'
import { moreOf, paged, withCursor } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { ButtonLink } from '../../ui/Button.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../../ui/RegisterList.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { MomentText, RecordText } from '../../ui/values.tsx'
import { type ListedAnalysis, useText } from './queries.ts'

/** Saved analyses: one's own, those that colleagues share, and the public ones. */
export function AnalysesPage() {
  const text = useText()
  const search = useSearchState()
  const { signedIn } = useSession()
  const usual = signedIn ? 'mine' : 'public'
  const scope = SCOPES.find((one) => one === search.text('scope')) ?? usual
  const list = useInfiniteQuery({
    ...api.analyses.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ scope, limit: 50, ...withCursor(cursor) }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={text.title}
      lede={text.lede}
      crumbs={[{ text: text.landscape, href: '/patents/landscape' }]}
      actions={<ButtonLink href="/patents/landscape">{text.list.open}</ButtonLink>}
    >
      {!signedIn && <p>{text.list.signIn}</p>}
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.title}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ id }) => id}
            row={(analysis) => <Row analysis={analysis} />}
            facets={[
              {
                name: 'scope',
                label: text.scopes.label,
                single: true,
                selected: [scope],
                options: SCOPES.filter((one) => signedIn || one === 'public').map((value) => ({
                  value,
                  label: text.scopes[value],
                  count: pages[0]?.scopes[value],
                })),
              },
            ]}
            onFacet={(name, values) => search.set({ [name]: values })}
            downloads={{ api: `/api/v1/analyses?scope=${scope}` }}
            more={moreOf(list)}
            busy={list.isPlaceholderData}
            empty={{ title: text.list.empty, next: text.list.emptyNext }}
          />
        )}
      </Loaded>
    </Page>
  )
}

function Row({ analysis }: { readonly analysis: ListedAnalysis }) {
  const text = useText()
  const { id, name, share, basis, questions, by, organisation, changedAt } = analysis
  return (
    <RegisterRow
      href={`/patents/analyses/${id}`}
      title={<RecordText>{name}</RecordText>}
      badges={<Badge tone="neutral">{text.shares[share]}</Badge>}
      note={
        <>
          {text.list.changed} <MomentText value={changedAt} />
        </>
      }
    >
      {[text.list.questions(questions), text.list.version(basis.dataVersion, basis.asOf)].join(' · ')}
      {[organisation?.name, by].filter(Boolean).map((part) => ` · ${part}`)}
    </RegisterRow>
  )
}

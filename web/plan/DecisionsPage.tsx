import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { RecordText } from '../ui/values.tsx'
import { DECISION_TONES, type DecisionLine, usePlanNames, useText } from './queries.ts'

const FOLLOW_UPS = ['late', 'untasked', 'running', 'done'] as const

/** Decisions and how far they are carried out, late first. */
export function DecisionsPage() {
  const text = useText()
  const search = useSearchState()
  const followUp = FOLLOW_UPS.find((one) => one === search.text('followUp'))
  const decisions = useInfiniteQuery(
    api.plan.decisions.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50,
        ...(followUp && { followUp }),
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  return (
    <Page
      title={text.decisions.title}
      lede={text.decisions.lede}
      crumbs={[{ text: text.title, href: '/plan/progress' }]}
    >
      <Loaded query={decisions} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.decisions.title}
            total={pages[0]?.total ?? 0}
            items={pages.flatMap(({ items }) => items)}
            rowKey={({ number }) => String(number)}
            row={(decision) => <DecisionRow decision={decision} />}
            facets={[
              {
                name: 'followUp',
                label: text.decisions.facet,
                single: true,
                selected: followUp ? [followUp] : [],
                options: FOLLOW_UPS.map((value) => ({ value, label: text.decisions.followUps[value] })),
              },
            ]}
            onFacet={(name, values) => search.set({ [name]: values })}
            downloads={{ api: '/api/v1/leading-group/decisions' }}
            more={moreOf(decisions)}
            empty={{ title: text.decisions.empty, next: text.decisions.emptyNext }}
          />
        )}
      </Loaded>
    </Page>
  )
}

export function DecisionRow({ decision }: { readonly decision: DecisionLine }) {
  const text = useText()
  const names = usePlanNames()
  const { number, words, followUp, tasks, done, late, decidedOn, dueOn, meeting } = decision
  return (
    <RegisterRow
      href={`/plan/decisions/${number}`}
      title={
        <>
          {text.decisions.item(String(number))} <RecordText>{words}</RecordText>
        </>
      }
      badges={<Badge tone={DECISION_TONES[followUp]}>{text.decisions.followUps[followUp]}</Badge>}
      note={dueOn === null ? text.decisions.noDue : `${text.decisions.dueOn} ${dueOn}`}
    >
      {text.decisions.from(names.body(meeting.body), String(meeting.number))} {decidedOn}{' '}
      {text.decisions.count(formatNumber(done), formatNumber(tasks))}
      {late > 0 && ` ${text.decisions.lateCount(formatNumber(late))}`}
    </RegisterRow>
  )
}

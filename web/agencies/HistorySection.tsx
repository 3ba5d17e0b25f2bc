import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { More } from '../ui/More.tsx'
import { Section } from '../ui/Page.tsx'
import { Timeline } from '../ui/Timeline.tsx'
import { Original } from './Original.tsx'
import { type HistoryLine, useText, useZoneNames } from './queries.ts'
import { type FactName, FactValue, MaskedValue } from './values.tsx'

/** Everything the register has ever held about the agency, by the day it speaks of. */
export function HistorySection({ code }: { readonly code: string }) {
  const text = useText()
  const query = useInfiniteQuery(
    api.agencies.history.infiniteOptions({
      input: (cursor: string | undefined) => ({ code, limit: 20, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <Section title={text.history.title} note={text.history.note}>
      <Loaded query={query} text={text.errors}>
        {({ pages }) => {
          const lines = pages.flatMap(({ items }) => items)
          return (
            <>
              <Timeline label={text.history.label} entries={lines.map(entryOf)} />
              <More
                hasMore={query.hasNextPage}
                busy={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
                shown={lines.length}
                total={pages[0]?.total ?? lines.length}
              />
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

function entryOf(line: HistoryLine) {
  return {
    key: line.id,
    at: line.validFrom,
    title: <Title line={line} />,
    by: <Source line={line} />,
    ...((line.validTo !== null || line.cause !== null) && { detail: <Detail line={line} /> }),
    ...(line.supersededAt !== null && { tone: 'late' as const }),
  }
}

function Title({ line }: { readonly line: HistoryLine }) {
  const text = useText()
  const field = text.facts[line.field as FactName | 'membership'] ?? line.field
  return (
    <>
      {field} <Held line={line} /> {line.supersededAt !== null && <Badge>{text.history.superseded}</Badge>}
    </>
  )
}

function Held({
  line: { kind, field, value, masked, validFrom },
}: {
  readonly line: HistoryLine
}): ReactNode {
  const text = useText()
  const names = useZoneNames()
  if (masked) return <MaskedValue value={value} />
  if (kind === 'fact') return <FactValue name={field as FactName} value={value} asOf={validFrom} />
  const { carrier, unit, reasonIn, reasonOut } = value as {
    carrier: string
    unit: string | null
    reasonIn: string
    reasonOut: string | null
  }
  const reasons = [
    text.agency.reasonIn(reasonIn),
    ...(reasonOut === null ? [] : [text.agency.reasonOut(reasonOut)]),
  ]
  return <Original>{[text.agency.stay(names.carrier(carrier), unit), ...reasons].join(' · ')}</Original>
}

function Source({ line: { source, asOf } }: { readonly line: HistoryLine }) {
  return <>{useText().history.source(source, asOf)}</>
}

function Detail({ line: { validFrom, validTo, cause } }: { readonly line: HistoryLine }) {
  const text = useText()
  const days = validTo === null ? [] : [text.history.between(validFrom, validTo)]
  const why = cause === null ? [] : [text.history.cause(cause)]
  return <>{[...days, ...why].join(' · ')}</>
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { Findings } from './Findings.tsx'
import type { PatentImport } from './queries.ts'
import { useText } from './text.ts'

/** Every refused row with its reason, and what was noticed in the rows that were taken. */
export function PatentReport({ run }: { readonly run: PatentImport }) {
  return (
    <>
      {run.refused > 0 && <Reasons run={run} />}
      <Refusals run={run} />
      <Findings findings={run.findings} />
    </>
  )
}

function Reasons({ run }: { readonly run: PatentImport }) {
  const text = useText()
  return (
    <Section title={text.patents.reasons}>
      <Facts
        label={text.patents.reasons}
        rows={run.reasons.map(({ count, words }) => ({ label: either(words), value: formatNumber(count) }))}
      />
    </Section>
  )
}

function Refusals({ run }: { readonly run: PatentImport }) {
  const text = useText()
  const refusals = useInfiniteQuery(
    api.patentImports.refusals.infiniteOptions({
      input: (after: number) => ({ id: run.id, after }),
      initialPageParam: 0,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  return (
    <Section title={text.refusals} layout="stacked">
      <Loaded query={refusals} text={text.errors}>
        {({ pages }) =>
          (pages[0]?.total ?? 0) === 0 ? (
            <p>{text.noRefusals}</p>
          ) : (
            <DataTable
              caption={text.refusalsCaption}
              columns={[
                {
                  name: 'line',
                  header: text.line,
                  numeric: true,
                  cell: ({ line, sheet }) => (sheet === null ? line : `${sheet}!${line}`),
                },
                { name: 'field', header: text.field, cell: ({ field }) => field ?? '' },
                { name: 'value', header: text.value, cell: ({ value }) => value ?? '' },
                { name: 'reason', header: text.reason, cell: ({ words }) => either(words) },
              ]}
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ sheet, line, field }) => `${sheet ?? ''} ${line} ${field ?? ''}`}
              total={pages[0]?.total ?? 0}
              more={moreOf(refusals)}
            />
          )
        }
      </Loaded>
    </Section>
  )
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import type { MoreProps } from '../ui/More.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { MomentText, NumberText } from '../ui/values.tsx'
import { Findings } from './Findings.tsx'
import type { ImportReport, Refusal } from './queries.ts'
import { useText } from './text.ts'

/** What became of every row of one file. */
export function ImportPage() {
  const text = useText()
  const id = usePathParameter('id')
  const report = useInfiniteQuery(
    api.imports.get.infiniteOptions({
      input: (refusalsAfter: number) => ({ id, refusalsAfter }),
      initialPageParam: -1,
      getNextPageParam: (page) => page.nextRefusals ?? undefined,
    }),
  )
  const first = report.data?.pages[0]
  return (
    <Page
      title={first?.fileName ?? text.title}
      eyebrow={first && either(first.title)}
      crumbs={[{ text: text.title, href: '/work/imports' }]}
      badges={
        first && (
          <Badge
            tone={first.refused === 0 ? 'met' : 'risk'}
          >{`${text.refused} ${formatNumber(first.refused)}`}</Badge>
        )
      }
    >
      <Loaded query={report} text={text.errors}>
        {({ pages }) => {
          const [found] = pages
          if (found === undefined) return null
          return (
            <>
              <Account report={found} />
              <Refusals
                refusals={pages.flatMap(({ refusals }) => refusals)}
                total={found.refused}
                more={moreOf(report)}
              />
              <Findings findings={found.findings} />
              <Unmatched names={found.unmatched} />
              <AboutFile report={found} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Account({ report }: { readonly report: ImportReport }) {
  const text = useText()
  const parts = (['accepted', 'updated', 'unchanged', 'refused'] as const).map((name) => ({
    label: text[name],
    value: <NumberText value={report[name]} />,
    said: `${text[name]} ${formatNumber(report[name])}`,
  }))
  return (
    <Section
      title={text.account}
      note={text.sum(
        formatNumber(report.rows),
        parts.map(({ said }) => said),
      )}
    >
      <Facts
        label={text.account}
        rows={[
          { label: text.rows, value: <NumberText value={report.rows} /> },
          ...parts.map(({ label, value }) => ({ label, value })),
          ...(report.matched === null
            ? []
            : [{ label: text.matched, value: <NumberText value={report.matched} /> }]),
        ]}
      />
    </Section>
  )
}

interface RefusalsProps {
  readonly refusals: readonly Refusal[]
  readonly total: number
  readonly more: MoreProps
}

function Refusals({ refusals, total, more }: RefusalsProps) {
  const text = useText()
  return (
    <Section title={text.refusals} layout="stacked">
      {total === 0 ? (
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
          rows={refusals}
          rowKey={({ sheet, line, field }) => `${sheet ?? ''} ${line} ${field ?? ''}`}
          total={total}
          more={more}
        />
      )}
    </Section>
  )
}

function Unmatched({ names }: { readonly names: readonly string[] }) {
  const text = useText()
  if (names.length === 0) return null
  return (
    <Section title={text.unmatched} note={text.unmatchedHint}>
      <p>{names.join('、')}</p>
    </Section>
  )
}

function AboutFile({ report }: { readonly report: ImportReport }) {
  const text = useText()
  return (
    <Section title={text.about}>
      <Facts
        label={text.about}
        rows={[
          { label: text.name, value: report.fileName },
          { label: text.kind, value: either(report.title) },
          { label: text.finishedAt, value: <MomentText value={report.finishedAt} /> },
          { label: text.bytes, value: <NumberText value={report.fileBytes} /> },
          { label: text.hash, value: <code>{report.fileSha256}</code> },
        ]}
      />
    </Section>
  )
}

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Panel } from '../../../src/patents/analysis.rules.ts'
import { api } from '../../app/api.ts'
import { Figure } from '../../ui/Figure.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Section } from '../../ui/Page.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { RecordText } from '../../ui/values.tsx'
import {
  Agencies,
  Fields,
  Inventors,
  Owners,
  Places,
  Rights,
  Statuses,
  Subclasses,
} from '../landscape/BarSections.tsx'
import { Conditions } from '../landscape/Conditions.tsx'
import { DocumentRow } from '../landscape/DocumentsPage.tsx'
import { Conversion, WhiteSpace } from '../landscape/GapSections.tsx'
import { type Landscape, Opening } from '../landscape/queries.ts'
import { Trend } from '../landscape/TrendSection.tsx'
import styles from './analyses.module.css'
import { type Analysis, figureHref, type Question, useText } from './queries.ts'

const CHARTS: Readonly<Record<Exclude<Panel, 'list'>, (props: { landscape: Landscape }) => ReactNode>> = {
  trend: Trend,
  owners: Owners,
  fields: Fields,
  'white-space': WhiteSpace,
  statuses: Statuses,
  conversion: Conversion,
  subclasses: Subclasses,
  rights: Rights,
  places: Places,
  inventors: Inventors,
  agencies: Agencies,
}

interface Props {
  readonly analysis: Analysis
  readonly cell: Question
}

/** A question with the figures as they were counted; every one of them opens the list of that day. */
export function QuestionCell({ analysis, cell }: Props) {
  const text = useText()
  const { id, landscape, panels, title, filter } = cell
  const total = figureHref(analysis.id, id, {})
  return (
    <section className={styles.cell} aria-labelledby={id}>
      <h2 id={id}>
        <RecordText>{title === '' ? text.page.question : title}</RecordText>
      </h2>
      <Conditions filter={filter} industry={landscape.industry ?? undefined} fixed />
      <Figure
        label={text.page.total}
        value={landscape.documents}
        unit={text.documents}
        href={total}
        asOf={analysis.basis.asOf}
      />
      {/* A mark brings the conditions of the question with it; the list knows them, and takes the mark's alone. */}
      <Opening value={(_, mark) => figureHref(analysis.id, id, mark ?? {})}>
        <div className={styles.charts}>
          {panels.map((panel) => {
            if (panel === 'list') return <Newest key={panel} analysis={analysis} cell={cell} />
            const Chart = CHARTS[panel]
            return <Chart key={panel} landscape={landscape} />
          })}
        </div>
      </Opening>
    </section>
  )
}

function Newest({ analysis, cell }: Props) {
  const text = useText()
  const list = useQuery(
    api.analyses.documents.queryOptions({ input: { id: analysis.id, cell: cell.id, limit: 10 } }),
  )
  return (
    <Section title={text.page.list} note={text.page.records} layout="stacked">
      <Loaded query={list} text={text.errors}>
        {({ items }) => (
          <ul className={styles.newest}>
            {items.map((document) => (
              <li key={document.publicationNumber}>
                <DocumentRow document={document} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <p>
        <TextLink href={figureHref(analysis.id, cell.id, {})}>{text.page.more}</TextLink>
      </p>
    </Section>
  )
}

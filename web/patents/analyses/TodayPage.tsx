import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DIFFERENCES } from '../../../src/patents/analysis.rules.ts'
import { api } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { Conditions } from '../landscape/Conditions.tsx'
import { landscapeHref } from '../landscape/queries.ts'
import styles from './analyses.module.css'
import { CopyDialog } from './CopyDialog.tsx'
import { MovedFigures } from './MovedFigures.tsx'
import {
  type Analysis,
  type Compared,
  differenceHref,
  figureHref,
  type Question,
  useText,
} from './queries.ts'

/** The questions of an analysis on today's data: which figures moved, which patents came, left or changed. */
export function TodayPage() {
  const text = useText()
  const words = text.today
  const id = usePathParameter('id')
  const { signedIn } = useSession()
  const [copying, setCopying] = useState(false)
  const analysis = useQuery(api.analyses.get.queryOptions({ input: { id } }))
  const today = useQuery(api.analyses.today.queryOptions({ input: { id } }))
  const name = analysis.data?.name ?? ''
  return (
    <Page
      title={words.title}
      lede={analysis.data === undefined ? undefined : words.lede(name)}
      crumbs={[
        { text: text.title, href: '/patents/analyses' },
        { text: name, href: `/patents/analyses/${id}` },
      ]}
      actions={signedIn && <Button onClick={() => setCopying(true)}>{words.copy}</Button>}
    >
      {copying && analysis.data !== undefined && (
        <CopyDialog analysis={analysis.data} on="today" onClose={() => setCopying(false)} />
      )}
      <Loaded query={analysis} text={text.errors}>
        {(found) => (
          <Loaded query={today} text={text.errors}>
            {({ before, after, to, cells }) => (
              <>
                <Facts
                  label={words.title}
                  rows={[
                    { label: words.before, value: text.list.version(before.dataVersion, before.asOf) },
                    { label: words.after, value: text.list.version(after.dataVersion, after.asOf) },
                  ]}
                />
                {cells.map((compared) => (
                  <Difference key={compared.cell} analysis={found} compared={compared} to={to} />
                ))}
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

interface DifferenceProps {
  readonly analysis: Analysis
  readonly compared: Compared
  readonly to: string
}

function Difference({ analysis, compared, to }: DifferenceProps) {
  const text = useText()
  const words = text.today
  const cell = analysis.cells.find(
    (one): one is Question => one.kind === 'question' && one.id === compared.cell,
  )
  if (cell === undefined) return null
  const { before, after, documents, moved } = compared
  const at = { id: analysis.id, cell: cell.id, to }
  const unchanged = moved.length === 0 && DIFFERENCES.every((kind) => documents[kind] === 0)
  const { and: _and, ...address } = cell.filter
  return (
    <Section title={cell.title === '' ? text.page.question : cell.title} layout="stacked">
      <Conditions filter={cell.filter} industry={cell.landscape.industry ?? undefined} fixed />
      <div className={styles.compared}>
        <Figure
          label={words.before}
          value={before}
          unit={text.documents}
          href={figureHref(analysis.id, cell.id, {})}
        />
        <Figure
          label={words.after}
          value={after}
          unit={text.documents}
          href={Object.keys(address).length === 0 ? '/patents/landscape?all=1' : landscapeHref(cell.filter)}
        />
        {DIFFERENCES.map((kind) => (
          <Figure
            key={kind}
            label={words[kind]}
            value={documents[kind]}
            unit={text.documents}
            href={differenceHref(at, kind)}
          />
        ))}
      </div>
      {unchanged && <Notice tone="met">{words.same}</Notice>}
      {!unchanged && moved.length === 0 && <p>{words.onlyChanged}</p>}
      {moved.length > 0 && (
        <>
          <MovedFigures id={analysis.id} cell={cell.id} moved={moved} to={to} />
          <p>{words.explain}</p>
        </>
      )}
    </Section>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { Form } from '../../ui/Form.tsx'
import { TextField } from '../../ui/fields.tsx'
import { formatShare } from '../../ui/format.ts'
import { either } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { Empty } from '../../ui/states.tsx'
import { Agencies, Fields, Inventors, Owners, Places, Rights, Statuses, Subclasses } from './BarSections.tsx'
import { Basis, Definition } from './BasisSections.tsx'
import { Conditions } from './Conditions.tsx'
import { Conversion, WhiteSpace } from './GapSections.tsx'
import { IndustryIndex } from './IndustryIndex.tsx'
import { Trend } from './TrendSection.tsx'
import { address, documentsHref, type Landscape, useFilter, useText } from './queries.ts'
import styles from './landscape.module.css'

/** The picture of an industry or of any query, in which every mark opens its list. */
export function LandscapePage() {
  const text = useText()
  const filter = useFilter()
  const all = useSearchState().text('all') !== ''
  const asked = Object.keys(filter).length > 0 || all
  const found = useQuery({ ...api.landscape.get.queryOptions({ input: filter }), enabled: asked })
  const industry = found.data?.industry
  return (
    <Page
      title={industry ? either(industry.names) : text.title}
      eyebrow={industry ? text.title : undefined}
      lede={asked ? undefined : text.lede}
      crumbs={asked ? [{ text: text.title, href: '/patents/landscape' }] : undefined}
      actions={
        (found.data?.documents ?? 0) > 0 && (
          <ButtonLink href={address('/patents/analyses/new', filter)}>{text.basis.save}</ButtonLink>
        )
      }
    >
      <QueryBox key={filter.q ?? ''} />
      {asked ? (
        <>
          <Conditions filter={filter} industry={industry ?? undefined} />
          <Loaded query={found} text={text.errors}>
            {(landscape) =>
              landscape.documents === 0 ? (
                <Empty title={text.empty.title}>{text.empty.next}</Empty>
              ) : (
                <Picture landscape={landscape} />
              )
            }
          </Loaded>
        </>
      ) : (
        <IndustryIndex />
      )}
    </Page>
  )
}

function QueryBox() {
  const text = useText()
  const search = useSearchState()
  const [q, setQ] = useState(search.text('q'))
  return (
    <div className={styles.box}>
      <Form
        label={text.search.label}
        onSubmit={() => search.set({ q: q.trim(), all: q.trim() === '' ? '1' : '' }, { push: true })}
        actions={
          <Button type="submit" kind="primary">
            {text.search.go}
          </Button>
        }
      >
        <TextField name="q" label={text.search.label} hint={text.search.hint} value={q} onChange={setQ} />
      </Form>
    </div>
  )
}

function Picture({ landscape }: { readonly landscape: Landscape }) {
  return (
    <>
      <Headline landscape={landscape} />
      <Trend landscape={landscape} />
      <div className={styles.pair} id="owners">
        <Owners landscape={landscape} />
        <Fields landscape={landscape} />
      </div>
      <WhiteSpace landscape={landscape} />
      <div className={styles.pair}>
        <Statuses landscape={landscape} />
        <Conversion landscape={landscape} />
      </div>
      <div className={styles.pair}>
        <Subclasses landscape={landscape} />
        <Rights landscape={landscape} />
      </div>
      <Places landscape={landscape} />
      <div className={styles.pair}>
        <Inventors landscape={landscape} />
        <Agencies landscape={landscape} />
      </div>
      {landscape.industry && <Definition industry={landscape.industry} />}
      <Basis landscape={landscape} />
    </>
  )
}

function Headline({ landscape }: { readonly landscape: Landscape }) {
  const text = useText()
  const { filter, documents, owners, zone, deals, basis } = landscape
  const { figures } = text
  return (
    <div className={styles.headline}>
      <Figure
        label={figures.documents}
        value={documents}
        unit={text.documents}
        href={documentsHref(filter)}
        asOf={basis.asOf}
      />
      <Figure label={figures.owners} value={owners.distinct} unit={figures.ownersUnit} href="#owners" />
      <Figure
        label={figures.zone}
        value={zone.in}
        unit={text.documents}
        href={documentsHref(filter, { zone: 'in' })}
      />
      <Figure
        label={figures.dealt}
        value={deals.dealt}
        unit={deals.rate === null ? text.documents : `${text.documents} · ${formatShare(deals.rate)}`}
        href={documentsHref(filter, { deal: 'any' })}
      />
    </div>
  )
}

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { moreOf } from '../../app/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { formatNumber } from '../../ui/format.ts'
import { language } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import type { MoreProps } from '../../ui/More.tsx'
import { More } from '../../ui/More.tsx'
import { Page } from '../../ui/Page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { Empty } from '../../ui/states.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { Fault, faultOf } from './Fault.tsx'
import { languageTag, Marked } from './Marked.tsx'
import { type Facets, type Item, type Results, searchHref, useText } from './queries.ts'
import { QueryBox } from './QueryBox.tsx'
import styles from './search.module.css'

const SORTS = ['relevance', 'newest'] as const
type Sort = (typeof SORTS)[number]

/** Search, for everybody: what was found, how many, in which order, and why. */
export function SearchPage() {
  const text = useText()
  const search = useSearchState()
  const q = search.text('q')
  const sort: Sort = search.text('sort') === 'newest' ? 'newest' : 'relevance'
  const list = useInfiniteQuery({
    ...api.patents.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        q,
        sort,
        limit: 20,
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const fault = faultOf(list.error)
  return (
    <Page title={text.title} lede={text.lede} failed={fault !== undefined}>
      <QueryBox value={q} onSearch={(asked) => search.set({ q: asked }, { push: true })} />
      {fault === undefined ? (
        <Loaded query={list} text={text.errors}>
          {({ pages }) => (
            <Found
              q={q}
              sort={sort}
              first={pages[0] as Results}
              items={pages.flatMap(({ items }) => items)}
              more={moreOf(list)}
              busy={list.isPlaceholderData}
            />
          )}
        </Loaded>
      ) : (
        <Fault query={q} fault={fault} />
      )}
    </Page>
  )
}

interface FoundProps {
  readonly q: string
  readonly sort: Sort
  readonly first: Results
  readonly items: readonly Item[]
  readonly more: MoreProps
  readonly busy: boolean
}

function Found({ q, sort, first, items, more, busy }: FoundProps) {
  const text = useText()
  if (first.total === 0)
    return q === '' ? (
      <Empty title={text.emptyCorpus}>{text.emptyCorpusNext}</Empty>
    ) : (
      <Empty title={text.empty}>{text.emptyNext}</Empty>
    )
  return (
    <>
      <Status q={q} sort={sort} total={first.total} version={first.version} />
      <div className={styles['columns']}>
        <div>
          <ol className={styles['results']} aria-label={text.title} aria-busy={busy}>
            {items.map((item) => (
              <li key={item.publicationNumber}>
                <Result item={item} />
              </li>
            ))}
          </ol>
          <More {...more} shown={items.length} total={first.total} />
        </div>
        <FacetColumn q={q} sort={sort} />
      </div>
    </>
  )
}

function Status({
  q,
  sort,
  total,
  version,
}: {
  readonly q: string
  readonly sort: Sort
  readonly total: number
  readonly version: number
}) {
  const text = useText()
  const asked = new URLSearchParams({ q, sort }).toString()
  return (
    <>
      <div className={styles['status']}>
        <strong role="status">{text.total(formatNumber(total))}</strong>
        <span>{text.version(formatNumber(version))}</span>
        <nav className={styles['orders']} aria-label={text.sort.label}>
          {SORTS.map((one) => (
            <TextLink key={one} href={searchHref(q, one)} aria-current={one === sort ? 'true' : undefined}>
              {text.sort[one]}
            </TextLink>
          ))}
        </nav>
        <a href={`/api/v1/patents.csv?${asked}`} download title={text.exportNote}>
          {text.exportCsv}
        </a>
        <a href={`/api/v1/patents?${asked}`}>{text.api}</a>
      </div>
      <p className={styles['meaning']}>
        {q === '' && text.everything} {text.sort.meaning[q === '' ? 'newest' : sort]} {text.exportCsv}:{' '}
        {text.exportNote}
      </p>
    </>
  )
}

function Result({ item }: { readonly item: Item }) {
  const text = useText()
  const { publicationNumber, applicants, applicationDate, publicationDate, right, legalStatus } = item
  const sentence = [
    publicationNumber,
    applicants.length === 0 ? text.unknownApplicant : applicants.join(text.separator),
    ...(applicationDate === null ? [] : [text.filed(applicationDate)]),
    ...(publicationDate === null ? [] : [text.published(publicationDate)]),
    ...(item.mainIpc === null ? [] : [item.mainIpc]),
  ]
  return (
    <>
      <h2>
        <TextLink href={`/patents/${encodeURIComponent(publicationNumber)}`}>
          <Title item={item} />
        </TextLink>
      </h2>
      <p className={styles['line']}>
        <Badge>{text.rights[right]}</Badge>{' '}
        <Badge tone={legalStatus === 'in-force' ? 'met' : 'neutral'}>{text.statuses[legalStatus]}</Badge>{' '}
        {sentence.join(' · ')}
      </p>
      <Why item={item} />
    </>
  )
}

function Title({ item: { title, titleEn, publicationNumber, why } }: { readonly item: Item }) {
  if (title === '') return <>{publicationNumber}</>
  if (language === 'en' && titleEn !== null && titleEn !== title) return <>{titleEn}</>
  const marked = why.find(({ field, text }) => field === 'title' && text === title)
  const tag = title === titleEn ? 'en' : 'zh'
  return marked === undefined ? (
    <span lang={languageTag(tag)}>{title}</span>
  ) : (
    <Marked {...marked} language={tag} />
  )
}

function Why({ item }: { readonly item: Item }) {
  const text = useText()
  // A match in the title is marked in the title.
  const shown = item.why.filter((passage) => !(passage.field === 'title' && passage.text === item.title))
  if (shown.length === 0) return null
  return (
    <dl className={styles['why']} aria-label={text.why}>
      {shown.map((passage, at) => (
        <div key={at}>
          <dt>{text.fields[passage.field]}</dt>
          <dd>
            <Marked {...passage} {...worded(passage, text)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Codes of status and kind are shown in words, marked whole. */
function worded(passage: Item['why'][number], text: ReturnType<typeof useText>) {
  const words: Readonly<Record<string, string>> =
    passage.field === 'legalStatus' ? text.statuses : passage.field === 'right' ? text.rights : {}
  const word = words[passage.text]
  return word === undefined ? {} : { text: word, marks: [[0, word.length]] as const }
}

const FACETS = ['right', 'status', 'year', 'subclass', 'applicant'] as const

function FacetColumn({ q, sort }: { readonly q: string; readonly sort: Sort }) {
  const text = useText()
  const facets = useQuery({ ...api.patents.facets.queryOptions({ input: { q } }), retry: false })
  return (
    <aside className={styles['facets']} aria-label={text.facets.title}>
      <h2>{text.facets.title}</h2>
      <Loaded query={facets} text={text.errors}>
        {(data) => (
          <>
            {FACETS.map((name) => (
              <FacetList key={name} name={name} values={data[name]} sort={sort} />
            ))}
          </>
        )}
      </Loaded>
    </aside>
  )
}

function FacetList({
  name,
  values,
  sort,
}: {
  readonly name: (typeof FACETS)[number]
  readonly values: Facets['right']
  readonly sort: Sort
}) {
  const text = useText()
  const words: Readonly<Record<string, string>> =
    name === 'right' ? text.rights : name === 'status' ? text.statuses : {}
  if (values.length === 0) return null
  return (
    <>
      <h3>{text.facets[name]}</h3>
      <ul>
        {values.map(({ value, count, query }) => (
          <li key={value}>
            <TextLink href={searchHref(query, sort)}>{words[value] ?? value}</TextLink>
            <span className={styles['count']}>{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

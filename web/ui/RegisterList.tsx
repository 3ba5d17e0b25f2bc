import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { formatNumber } from './format.ts'
import { DownloadIcon } from './icons.ts'
import { More, type MoreProps } from './More.tsx'
import { SearchField, type SearchFieldProps } from './SearchField.tsx'
import { Empty } from './states.tsx'
import { TextLink } from './TextLink.tsx'
import { useOwnWords } from './words.ts'
import './RegisterList.css'

interface Facet {
  readonly name: string
  readonly label: string
  readonly options: readonly {
    readonly value: string
    readonly label: string
    readonly count?: number | undefined
  }[]
  readonly selected: readonly string[]
  /** One at a time instead of several together. */
  readonly single?: boolean
}

interface Freshness {
  readonly asOf: string
  readonly source?: { readonly name: string; readonly href?: string }
}

interface Downloads {
  readonly csv?: string
  readonly api?: string
}

export interface RegisterListProps<Item> {
  /** Names the list for a screen reader; the page's title says it to the others. */
  readonly caption: string
  readonly items: readonly Item[]
  /** The exact number of all that match, not of what is shown. */
  readonly total: number
  readonly rowKey: (item: Item) => string
  readonly row: (item: Item) => ReactNode
  readonly search?: SearchFieldProps
  readonly facets?: readonly Facet[]
  readonly onFacet?: (name: string, values: readonly string[]) => void
  /** Anything else that narrows the list: a past day, a range. */
  readonly tools?: ReactNode
  readonly freshness?: Freshness
  readonly downloads?: Downloads
  readonly more?: MoreProps
  /** Another answer is on its way; the old rows keep their place meanwhile. */
  readonly busy?: boolean
  readonly empty?: { readonly title: string; readonly next?: ReactNode }
  readonly onClear?: (() => void) | undefined
}

/** A public register: search, facets, count, freshness, and rows that read like sentences. */
export function RegisterList<Item>(props: RegisterListProps<Item>) {
  const { items, rowKey, row, search, facets = [], tools, downloads, busy, more } = props
  return (
    <div className="register">
      {(search || tools || downloads) && (
        <div className="register-tools">
          {search && <SearchField {...search} />}
          {tools}
          {downloads && <DownloadLinks {...downloads} />}
        </div>
      )}
      {facets.length > 0 && (
        <div className="facets">
          {facets.map((facet) => (
            <FacetGroup
              key={facet.name}
              facet={facet}
              onChange={(values) => props.onFacet?.(facet.name, values)}
            />
          ))}
        </div>
      )}
      <Status {...props} />
      {items.length === 0 && !busy ? (
        <NothingFound {...props} />
      ) : (
        <ul className="register-rows" aria-label={props.caption} aria-busy={busy === true}>
          {items.map((item) => (
            <li key={rowKey(item)}>{row(item)}</li>
          ))}
        </ul>
      )}
      {more && items.length > 0 && <More {...more} shown={items.length} total={props.total} />}
    </div>
  )
}

function Status<Item>({ total, search, facets = [], freshness }: RegisterListProps<Item>) {
  const words = useOwnWords()
  const narrowed = Boolean(search?.value) || facets.some((facet) => facet.selected.length > 0)
  const count = formatNumber(total)
  return (
    <p className="register-status">
      <strong role="status">{narrowed ? words.results(count) : words.total(count)}</strong>
      {freshness && <span>{words.freshness(freshness.asOf)}</span>}
      {freshness?.source && (
        <span>
          {freshness.source.href ? (
            <TextLink href={freshness.source.href}>{words.sourceIs(freshness.source.name)}</TextLink>
          ) : (
            words.sourceIs(freshness.source.name)
          )}
        </span>
      )}
    </p>
  )
}

function NothingFound<Item>({ empty, onClear }: RegisterListProps<Item>) {
  const words = useOwnWords()
  return (
    <Empty title={empty?.title} actions={onClear && <Button onClick={onClear}>{words.clearAll}</Button>}>
      {empty?.next}
    </Empty>
  )
}

function FacetGroup({ facet, onChange }: { facet: Facet; onChange: (values: readonly string[]) => void }) {
  const { selected, single } = facet
  const toggle = (value: string) => {
    if (selected.includes(value)) onChange(selected.filter((one) => one !== value))
    else onChange(single ? [value] : [...selected, value])
  }
  return (
    <fieldset className="facet">
      <legend>{facet.label}</legend>
      {facet.options.map(({ value, label, count }) => (
        <label className="facet-option" key={value}>
          <input type="checkbox" checked={selected.includes(value)} onChange={() => toggle(value)} />
          {label}
          {count !== undefined && <span className="facet-count">{formatNumber(count)}</span>}
        </label>
      ))}
    </fieldset>
  )
}

function DownloadLinks({ csv, api }: Downloads) {
  const words = useOwnWords()
  return (
    <p className="register-downloads">
      {csv && (
        <a href={csv} download>
          <DownloadIcon className="icon" />
          {words.csv}
        </a>
      )}
      {api && <a href={api}>{words.api}</a>}
    </p>
  )
}

interface RegisterRowProps {
  readonly href?: string | undefined
  readonly title: ReactNode
  readonly badges?: ReactNode
  /** A date or a figure at the end of the line. */
  readonly note?: ReactNode
  /** The row as a sentence: who it is, since when, what it does. */
  readonly children?: ReactNode
}

export function RegisterRow({ href, title, badges, note, children }: RegisterRowProps) {
  return (
    <div className="register-row">
      <p className="register-row-title">
        {href ? <TextLink href={href}>{title}</TextLink> : title}
        {badges}
      </p>
      {children && <p className="register-row-sentence">{children}</p>}
      {note && <p className="register-row-note">{note}</p>}
    </div>
  )
}

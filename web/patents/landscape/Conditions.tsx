import { useQuery } from '@tanstack/react-query'
import type { LandscapeFilter } from '../../../src/patents/landscape-filter.rules.ts'
import { PROVINCES } from '../../../src/patents/provinces.rules.ts'
import { TECHNOLOGY_FIELDS } from '../../../src/patents/technology-fields.rules.ts'
import { api } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { CloseIcon } from '../../ui/icons.ts'
import { either, language } from '../../ui/language.ts'
import { useSearchState } from '../../ui/search-state.ts'
import { countryName } from './BarSections.tsx'
import { conditionsOf, type FilterName, type Landscape, useText } from './queries.ts'
import styles from './landscape.module.css'

interface Props {
  readonly filter: LandscapeFilter
  readonly industry?: Landscape['industry'] | undefined
  /** They belong to what is saved and are not to be taken away here. */
  readonly fixed?: boolean
}

/** What narrows the page, each condition with the way out of it. */
export function Conditions({ filter, industry, fixed = false }: Props) {
  const { filters } = useText()
  const search = useSearchState()
  const valueOf = useValueWords(filter, industry)
  const conditions = conditionsOf(filter)
  if (conditions.length === 0) return <p className={styles.fine}>{filters.none}</p>
  const without = (name: FilterName, nested: boolean) =>
    search.set({ [nested ? 'and' : name]: '', ...(conditions.length === 1 && { all: '1' }) }, { push: true })
  return (
    <ul className={styles.conditions} data-fixed={fixed || undefined} aria-label={filters.label}>
      {conditions.map(({ name, value, nested }) => (
        <li key={`${name} ${value}`}>
          <span className={styles.conditionName}>{filters.names[name]}</span>{' '}
          <span>{valueOf(name, value)}</span>
          {!fixed && (
            <button
              type="button"
              aria-label={filters.remove(filters.names[name])}
              onClick={() => without(name, nested)}
            >
              <CloseIcon className="icon" />
            </button>
          )}
        </li>
      ))}
      {!fixed && conditions.length > 1 && (
        <li className={styles.clear}>
          <Button kind="quiet" onClick={() => search.clear()}>
            {filters.clear}
          </Button>
        </li>
      )}
    </ul>
  )
}

/** A value of a condition in the words of its chart. */
export function useValueWords(filter: LandscapeFilter, industry: Props['industry']) {
  const text = useText()
  const owner = filter.owner ?? ''
  const isId = /^[0-9a-f-]{36}$/.test(owner)
  const named = useQuery({ ...api.owners.get.queryOptions({ input: { id: owner } }), enabled: isId })
  const industries = useQuery({
    ...api.landscape.industries.queryOptions({}),
    enabled: filter.industry !== undefined && !industry,
  })
  const industryName = (code: string) => {
    const members = industries.data?.systems.flatMap(({ groups }) => groups.flatMap((group) => group.members))
    const found = industry ?? members?.find((one) => one.code === code)
    return found ? either(found.names) : code
  }
  return (name: FilterName, value: string): string => {
    if (value === '-') return text.filters.unknown
    const tables: Partial<Record<FilterName, Readonly<Record<string, string>>>> = {
      status: text.statuses,
      right: text.rights,
      zone: { in: text.values.in, out: text.values.out },
      deal: { ...text.values, 'open-licence': text.values.openLicence },
      ...(language === 'en' && { province: PROVINCES }),
    }
    if (name === 'industry') return industryName(value)
    if (name === 'owner') return isId ? (named.data?.name ?? value) : value
    if (name === 'country') return countryName(value) ?? value
    if (name === 'field') {
      const field = TECHNOLOGY_FIELDS.find(({ number }) => String(number) === value)
      return field ? either(field) : value
    }
    return tables[name]?.[value] ?? value
  }
}

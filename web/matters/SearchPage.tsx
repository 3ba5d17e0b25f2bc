import { Page, Section } from '../ui/Page.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Empty } from '../ui/states.tsx'
import { MatterTable } from './MatterTable.tsx'
import { useText } from './text.ts'

/** One field over all matters that one may see: a number, a name, two characters of a title. */
export function SearchPage() {
  const text = useText()
  const search = useSearchState()
  const q = search.text('q')
  return (
    <Page title={text.search.title} lede={text.search.lede} width="full">
      <SearchField value={q} label={text.search.label} onChange={(value) => search.set({ q: value })} />
      <Section title={text.search.found} layout="stacked">
        {q === '' ? (
          <Empty title={text.search.begin} />
        ) : (
          <MatterTable
            caption={text.search.found}
            input={{ scope: 'all', q }}
            sort="changed"
            empty={{ title: text.search.none, next: text.search.noneNext }}
          />
        )}
      </Section>
    </Page>
  )
}

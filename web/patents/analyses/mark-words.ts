import type { Mark } from '../../../src/patents/analysis.rules.ts'
import { language } from '../../ui/language.ts'
import { useValueWords } from '../landscape/Conditions.tsx'
import { conditionsOf, type Landscape, useText as useLandscapeText } from '../landscape/queries.ts'
import { useText } from './queries.ts'

type Marked = Pick<Mark, 'panel' | 'mark'>

/** What a figure counts, in the words of its chart. An owner who has an id is named by the landscape that counted him. */
export function useMarkWords(): (marked: Marked, landscape: Landscape) => string {
  const text = useText()
  const { filters } = useLandscapeText()
  const valueOf = useValueWords({}, undefined)
  return ({ panel, mark }, { owners }) => {
    if (panel === 'total') return text.today.total
    const { year, granted, owner } = mark
    if (year !== undefined && year !== '-') return text.today.filedIn(year)
    if (granted !== undefined && granted !== '-') return text.today.grantedIn(granted)
    const named = owners.items.find(({ key }) => key === owner)
    if (named !== undefined) return named.name
    return conditionsOf(mark)
      .map(
        ({ name, value }) =>
          `${filters.names[name]}${language === 'zh' ? '：' : ': '}${valueOf(name, value)}`,
      )
      .join(language === 'zh' ? '，' : ', ')
  }
}

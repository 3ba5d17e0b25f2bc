import { DataTable } from '../../ui/DataTable.tsx'
import { formatNumber } from '../../ui/format.ts'
import { language } from '../../ui/language.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import { useValueWords } from '../landscape/Conditions.tsx'
import { conditionsOf, useText as useLandscapeText } from '../landscape/queries.ts'
import { differenceHref, figureHref, type Moved, useText } from './queries.ts'

interface Props {
  readonly id: string
  readonly cell: string
  readonly moved: readonly Moved[]
  /** The state of the data to which a difference opens; without it nothing has changed hands. */
  readonly to?: string
}

/** Figures that are not what they were: each opens its list of then, and its difference the patents that make it. */
export function MovedFigures({ id, cell, moved, to }: Props) {
  const text = useText()
  const words = text.today
  return (
    <DataTable
      caption={words.moved}
      columns={[
        { name: 'panel', header: words.panel, cell: ({ panel }) => text.panels[panel] },
        { name: 'figure', header: words.figure, cell: (row) => <MarkWords moved={row} /> },
        {
          name: 'before',
          header: words.before,
          numeric: true,
          cell: ({ before, mark }) => (
            <TextLink href={figureHref(id, cell, mark)}>{formatNumber(before)}</TextLink>
          ),
        },
        { name: 'after', header: words.after, numeric: true, cell: ({ after }) => formatNumber(after) },
        {
          name: 'difference',
          header: words.difference,
          numeric: true,
          cell: ({ before, after, mark }) => {
            const signed = `${after > before ? '+' : '−'}${formatNumber(Math.abs(after - before))}`
            const kind = after > before ? 'came' : 'left'
            return to === undefined ? (
              signed
            ) : (
              <TextLink href={differenceHref({ id, cell, to }, kind, mark)}>{signed}</TextLink>
            )
          },
        },
      ]}
      rows={moved}
      rowKey={({ panel, key }) => `${panel} ${key}`}
    />
  )
}

function MarkWords({ moved: { mark, panel } }: { readonly moved: Moved }) {
  const text = useText()
  const { filters } = useLandscapeText()
  const valueOf = useValueWords(mark, undefined)
  if (panel === 'total') return text.today.total
  const { year, granted } = mark
  if (year !== undefined && year !== '-') return text.today.filedIn(year)
  if (granted !== undefined && granted !== '-') return text.today.grantedIn(granted)
  return conditionsOf(mark)
    .map(
      ({ name, value }) => `${filters.names[name]}${language === 'zh' ? '：' : ': '}${valueOf(name, value)}`,
    )
    .join(language === 'zh' ? '，' : ', ')
}

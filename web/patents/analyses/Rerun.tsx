import { useMutation } from '@tanstack/react-query'
import { client } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { MovedFigures } from './MovedFigures.tsx'
import { type Analysis, useText } from './queries.ts'

/** Counts everything again on the same data before the reader's eyes. */
export function Rerun({ analysis: { id } }: { readonly analysis: Analysis }) {
  const text = useText()
  const { page } = text
  const run = useMutation({ mutationFn: () => client.analyses.rerun({ id }) })
  const found = run.data
  return (
    <>
      <Button busy={run.isPending} onClick={() => run.mutate()}>
        {page.rerun}
      </Button>
      <ErrorSummary error={run.error} text={text.errors} />
      {found?.identical === true && (
        <Notice tone="met" title={page.identical} live>
          <p>{page.identicalText(formatNumber(found.figures), found.basis.dataVersion)}</p>
        </Notice>
      )}
      {found?.identical === false && (
        <Notice tone="late" title={page.differs} live>
          <p>{page.differsText}</p>
          {found.cells.map((cell) => (
            <MovedFigures key={cell.cell} id={id} cell={cell.cell} moved={cell.moved} />
          ))}
        </Notice>
      )}
    </>
  )
}

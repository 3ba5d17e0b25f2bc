import { useQuery } from '@tanstack/react-query'
import { pointsText } from '../../src/appraisal/words.rules.ts'
import { api } from '../app/api.ts'
import { Button } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Failure } from '../ui/states.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Masked, RecordText } from '../ui/values.tsx'
import styles from './appraisal.module.css'
import type { Recomputation } from './queries.ts'
import { useText } from './text.ts'

/** Runs the same function on the stored records and on those of today, and says what differs and why. */
export function RecomputeSection({ year, code }: { readonly year: number; readonly code: string }) {
  const text = useText()
  const query = useQuery({
    ...api.appraisal.recompute.queryOptions({ input: { year, code } }),
    enabled: false,
    // What was computed a while ago must not pass for today's.
    gcTime: 0,
  })
  return (
    <Section title={text.recompute.title} note={text.recompute.note} layout="stacked">
      <p>
        <Button kind="primary" busy={query.isFetching} onClick={() => void query.refetch()}>
          {text.recompute.button}
        </Button>
      </p>
      {query.error && <Failure error={query.error} text={text.errors} />}
      {query.data && <Outcome found={query.data} />}
    </Section>
  )
}

function Outcome({ found }: { readonly found: Recomputation }) {
  const text = useText()
  const { replayed, today, on, differences } = found
  return (
    <>
      <Notice
        tone={replayed.same ? 'met' : 'late'}
        title={replayed.same ? text.recompute.same(pointsText(replayed.total)) : text.recompute.notSame}
        live
      >
        <p>{today === null ? text.recompute.gone : text.recompute.today(pointsText(today.total), on)}</p>
        <p>
          {differences.length === 0 ? text.recompute.none : text.recompute.differences(differences.length)}
        </p>
      </Notice>
      {differences.map((difference) => (
        <Differing key={difference.code} difference={difference} />
      ))}
    </>
  )
}

function Differing({ difference }: { readonly difference: Recomputation['differences'][number] }) {
  const text = useText()
  const { measure, before, after, changes } = difference
  const name = text.measures[measure].name
  return (
    <div className={styles.group}>
      <h3>
        {name} · {text.recompute.change(pointsText(before.points), pointsText(after.points))}
      </h3>
      <DataTable
        caption={`${text.recompute.title}: ${name}`}
        rows={changes.map((change, at) => ({ ...change, at }))}
        rowKey={({ at }) => String(at)}
        columns={[
          {
            name: 'record',
            header: text.recompute.record,
            cell: ({ record }) =>
              record.label === null ? <Masked /> : <RecordText>{record.label}</RecordText>,
          },
          { name: 'on', header: text.records.on, cell: ({ record }) => record.on },
          { name: 'kind', header: text.recompute.kind, cell: ({ kind }) => text.recompute.kinds[kind] },
          {
            name: 'cause',
            header: text.recompute.cause,
            cell: ({ cause: { kind, on, words } }) => {
              const cause = text.recompute.causes[kind](on)
              return words === null ? cause : <RecordText>{text.recompute.why(cause, words)}</RecordText>
            },
          },
        ]}
      />
    </div>
  )
}

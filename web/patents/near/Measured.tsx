import { useQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { either } from '../../ui/language.ts'
import { formatShare } from '../../ui/format.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Section } from '../../ui/Page.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { NumberText } from '../../ui/values.tsx'
import styles from './near.module.css'
import { type Measured, type Text, useText } from './queries.ts'

type Set = NonNullable<Measured>['sets'][number]

const query = api.nearDuplicates.measured.queryOptions({})

/** The figures of the last measurement, set by set, with the day and the data. */
export function MeasuredSection() {
  const text = useText()
  const measured = useQuery(query)
  return (
    <Section title={text.measured.title} layout="stacked">
      <Loaded query={measured} text={text.errors}>
        {({ measured: found }) =>
          found === null ? (
            <p>{text.measured.none}</p>
          ) : (
            <>
              <p className={styles['line']}>{text.measured.note(found.on, found.commit)}</p>
              <DataTable
                caption={text.measured.table}
                columns={columnsOf(text)}
                rows={found.sets}
                rowKey={({ set }) => set}
              />
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

function columnsOf(text: Text) {
  const count = (name: 'pairs' | 'positives' | 'found' | 'wrong') => ({
    name,
    header: text.measured[name],
    numeric: true,
    cell: (set: Set) => <NumberText value={set[name]} />,
  })
  const rate = (name: 'precision' | 'recall') => ({
    name,
    header: text.measured[name],
    numeric: true,
    cell: (set: Set) => rateWords(set[name], text),
  })
  return [
    { name: 'set', header: text.measured.set, cell: (set: Set) => either(set.words) },
    count('pairs'),
    count('positives'),
    count('found'),
    count('wrong'),
    rate('precision'),
    rate('recall'),
  ] as const
}

const rateWords = (rate: number | null, text: Text) =>
  rate === null ? text.measured.unknown : formatShare(rate, 1)

/** One sentence of the same where a whole table would be too much: what was measured on real patents. */
export function MeasuredLine() {
  const text = useText()
  const { data } = useQuery(query)
  const real = data?.measured?.sets.find(({ set }) => set === 'planted-real')
  if (data?.measured === undefined || data.measured === null || real === undefined) return null
  return (
    <p className={styles['line']}>
      {[
        `${text.measured.precision} ${rateWords(real.precision, text)}`,
        `${text.measured.recall} ${rateWords(real.recall, text)}`,
        either(real.words),
        text.measured.note(data.measured.on, data.measured.commit),
      ].join(' · ')}{' '}
      <TextLink href="/patents/near-duplicates">{text.measured.title}</TextLink>
    </p>
  )
}

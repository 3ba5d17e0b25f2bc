import { formatNumber } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Marked } from './Marked.tsx'
import { type Text, useText } from './queries.ts'
import styles from './search.module.css'

interface FaultData {
  readonly fault: keyof Text['fault']['texts']
  readonly at: number
  readonly length: number
  readonly found: string
}

/** What cannot be read in a query, with the place in it; undefined for any other error. */
export function faultOf(error: unknown): FaultData | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 'QUERY_UNREADABLE')
    return undefined
  return 'data' in error ? (error.data as FaultData) : undefined
}

export function Fault({ query, fault }: { readonly query: string; readonly fault: FaultData }) {
  const text = useText()
  const end = Math.min(query.length, fault.at + Math.max(fault.length, 1))
  const found = fault.found === '' ? '' : text.fault.found(fault.found)
  return (
    <Notice tone="late" title={text.fault.title} live>
      <p>{text.fault.texts[fault.fault]}</p>
      <p className={styles['fault']}>
        <code>
          <Marked text={query} marks={[[Math.min(fault.at, query.length), end]]} />
        </code>
      </p>
      <p>{text.fault.place(formatNumber(fault.at + 1), found)}</p>
    </Notice>
  )
}

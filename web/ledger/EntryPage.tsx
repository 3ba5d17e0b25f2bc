import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { Empty } from '../ui/states.tsx'
import { MomentText } from '../ui/values.tsx'
import { api } from '../app/api.ts'
import { climb } from './climb.ts'
import styles from './ledger.module.css'
import { type Bundle, entryOf, kindText, useText } from './queries.ts'

/** One entry: what it says, where it stands in the tree, and the proof to take away. */
export function EntryPage() {
  const text = useText()
  const asked = usePathParameter('entry')
  const named = entryOf(asked) ?? { receipt: asked }
  const proof = useQuery(api.ledger.proof.queryOptions({ input: named }))
  const query = 'entry' in named ? `entry=${named.entry}` : `receipt=${encodeURIComponent(named.receipt)}`
  const title = proof.data ? text.entry.title(formatNumber(proof.data.entry.index)) : text.entry.unnumbered
  const downloads = (
    <>
      <a
        className="button"
        data-kind="primary"
        href={`/api/v1/ledger/proof?${query}`}
        download={`proof-${asked}.json`}
      >
        {text.entry.download}
      </a>
      <ButtonLink href={`/api/v1/ledger/proof-text?${query}`}>{text.entry.text}</ButtonLink>
      <ButtonLink href="/verify" target="_blank">
        {text.how.open} <span className="visually-hidden">{text.how.opensInNewTab}</span>
      </ButtonLink>
    </>
  )
  return (
    <Page
      title={title}
      crumbs={[{ text: text.title, href: '/ledger' }]}
      {...(proof.data && { actions: downloads })}
    >
      <Loaded query={proof} text={text.errors}>
        {(bundle) => <Entry bundle={bundle} />}
      </Loaded>
    </Page>
  )
}

interface Said {
  readonly kind?: string
  readonly action?: string
  readonly at?: string
}

function Entry({ bundle }: { readonly bundle: Bundle }) {
  const { entry: text, kinds } = useText()
  const { entry, inclusion } = bundle
  const said: Said | undefined = entry.body === null ? undefined : JSON.parse(entry.body)
  const facts = said && [
    { label: text.kind, value: kindText(kinds, said.kind ?? '') },
    { label: text.action, value: <code className={styles.hash}>{said.action}</code> },
    { label: text.at, value: <MomentText value={said.at} /> },
  ]
  return (
    <>
      <Facts
        rows={[
          ...(facts ?? []),
          { label: text.hash, value: <code className={styles.hash}>{entry.leafHash}</code> },
          { label: text.checkpoint, value: text.checkpointOf(formatNumber(inclusion.treeSize)) },
        ]}
      />
      <Section title={text.content} note={said && text.contentNote} layout="stacked">
        {said ? (
          <pre className={styles.text}>{entry.body}</pre>
        ) : (
          <Empty title={text.withheld}>{text.withheldNext}</Empty>
        )}
      </Section>
      <Section title={text.path} note={text.pathNote} layout="stacked">
        <Climb bundle={bundle} />
      </Section>
      <Section title={text.signature} layout="stacked">
        <pre className={styles.text}>{bundle.checkpoint}</pre>
      </Section>
    </>
  )
}

/** The proof, recomputed here and now, so that the reader sees it hold instead of being told. */
function Climb({ bundle: { entry, inclusion, checkpoint } }: { readonly bundle: Bundle }) {
  const { entry: text } = useText()
  const way = { index: entry.index, size: inclusion.treeSize, hashes: inclusion.hashes }
  const steps = useQuery({
    queryKey: ['ledger climb', entry.leafHash, checkpoint],
    queryFn: async () => (await climb(entry.leafHash, way)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  }).data
  if (steps === undefined) return null
  if (steps === null) return <Notice tone="info" title={text.cannotClimb} />
  const signedRoot = checkpoint.split('\n')[2]
  const holds = (steps.at(-1)?.joined ?? entry.leafHash) === signedRoot
  return (
    <>
      <Notice tone={holds ? 'met' : 'late'} title={holds ? text.climbed : text.notClimbed} />
      <ol className={styles.climb}>
        <li>
          <span>{text.start}</span>
          <code className={styles.hash}>{entry.leafHash}</code>
        </li>
        {steps.map(({ sibling, side, joined }) => (
          <li key={joined}>
            <span>{text[side]}</span>
            <code className={styles.hash}>{sibling}</code>
            <span>{text.result}</span>
            <code className={styles.hash}>{joined}</code>
          </li>
        ))}
      </ol>
    </>
  )
}

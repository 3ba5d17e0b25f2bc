import { useQuery } from '@tanstack/react-query'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RegisterRow } from '../ui/RegisterList.tsx'
import { Empty } from '../ui/states.tsx'
import { MomentText } from '../ui/values.tsx'
import { api } from '../app/api.ts'
import { EntryFinder } from './EntryFinder.tsx'
import { EntryList } from './EntryList.tsx'
import styles from './ledger.module.css'
import { type LedgerState, useText } from './queries.ts'

/** What the ledger has signed, what is in it, who watches over it, and how to check all of it without us. */
export function LedgerPage() {
  const text = useText()
  const state = useQuery({ ...api.ledger.state.queryOptions({}), refetchInterval: 10_000 })
  return (
    <Page title={text.title} lede={text.lede}>
      <Section
        title={text.now.title}
        note={text.now.note}
        actions={<ButtonLink href="/api/v1/ledger/checkpoint">{text.now.download}</ButtonLink>}
      >
        <Loaded query={state} text={text.errors}>
          {(ledger) => <Checkpoint ledger={ledger} />}
        </Loaded>
      </Section>
      <Section title={text.find.title} note={text.find.note}>
        <EntryFinder />
      </Section>
      <HowTo />
      <Section title={text.list.title} layout="stacked">
        <EntryList />
      </Section>
      {state.data && <Witnesses ledger={state.data} />}
      {state.data && <Keys ledger={state.data} />}
    </Page>
  )
}

function Checkpoint({ ledger }: { readonly ledger: LedgerState }) {
  const { now } = useText()
  const waiting = ledger.waiting > 0 ? { note: now.waiting(formatNumber(ledger.waiting)) } : {}
  return (
    <Facts
      rows={[
        { label: now.size, value: now.entries(formatNumber(ledger.size)), ...waiting },
        { label: now.root, value: <code className={styles.hash}>{ledger.root}</code> },
        { label: now.signed, value: <MomentText value={ledger.signedAt} /> },
        {
          label: now.witnesses,
          value:
            ledger.cosignatures > 0 ? now.witnessCount(formatNumber(ledger.cosignatures)) : now.noWitness,
        },
        { label: now.origin, value: <code className={styles.hash}>{ledger.origin}</code> },
      ]}
    />
  )
}

function HowTo() {
  const { how } = useText()
  return (
    <Section title={how.title} note={how.note}>
      <ol className={styles.steps}>
        {how.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className={styles.actions}>
        <ButtonLink kind="primary" href="/verify" target="_blank">
          {how.open} <span className="visually-hidden">{how.opensInNewTab}</span>
        </ButtonLink>
        <a className="button" data-kind="plain" href="/verify/zhiyuan-verifier.html" download>
          {how.keep}
        </a>
      </div>
    </Section>
  )
}

function Witnesses({ ledger: { witnesses } }: { readonly ledger: LedgerState }) {
  const text = useText()
  const standing = (size: number | null) =>
    size === null ? text.witnesses.never : text.witnesses.last(formatNumber(size))
  return (
    <Section
      title={text.witnesses.title}
      note={text.witnesses.note}
      actions={<ButtonLink href="/api/v1/ledger/witness-request">{text.witnesses.request}</ButtonLink>}
    >
      {witnesses.length === 0 && <Empty title={text.witnesses.none}>{text.witnesses.noneNext}</Empty>}
      {witnesses.map(({ name, verifierKey, lastSize, lastAt, retiredAt }) => (
        <RegisterRow
          key={verifierKey}
          title={name}
          badges={<KeyStanding retiredAt={retiredAt} />}
          note={
            <>
              {standing(lastSize)} {lastAt && <MomentText value={lastAt} />}
            </>
          }
        >
          <code className={styles.hash}>{verifierKey}</code>
        </RegisterRow>
      ))}
    </Section>
  )
}

function Keys({ ledger: { keys } }: { readonly ledger: LedgerState }) {
  const text = useText()
  return (
    <Section title={text.keys.title} note={text.keys.note}>
      {keys.map(({ verifierKey, since, retiredAt }) => (
        <RegisterRow
          key={verifierKey}
          title={<code className={styles.hash}>{verifierKey}</code>}
          badges={<KeyStanding retiredAt={retiredAt} />}
          note={text.keys.since(since.slice(0, 10))}
        />
      ))}
    </Section>
  )
}

function KeyStanding({ retiredAt }: { readonly retiredAt: string | null }) {
  const { keys } = useText()
  if (retiredAt === null) return <Badge tone="met">{keys.inUse}</Badge>
  return <Badge>{keys.retired(retiredAt.slice(0, 10))}</Badge>
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { useAnnounce } from '../../ui/announce.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import { DateText, MomentText, RecordText } from '../../ui/values.tsx'
import styles from './analyses.module.css'
import { CopyDialog } from './CopyDialog.tsx'
import { OfflineButton } from './OfflineButton.tsx'
import { QuestionCell } from './QuestionCell.tsx'
import { type Analysis, refresh, useText } from './queries.ts'
import { Rerun } from './Rerun.tsx'
import { ShareDialog } from './ShareDialog.tsx'

/** A notebook with its figures as they were counted, and what can be done with it. */
export function AnalysisPage() {
  const text = useText()
  const id = usePathParameter('id')
  const query = useQuery(api.analyses.get.queryOptions({ input: { id } }))
  const crumbs = [
    { text: text.landscape, href: '/patents/landscape' },
    { text: text.title, href: '/patents/analyses' },
  ]
  if (query.data === undefined)
    return (
      <Page title={text.title} crumbs={crumbs}>
        <Loaded query={query} text={text.errors}>
          {() => null}
        </Loaded>
      </Page>
    )
  const analysis = query.data
  return (
    <Page
      title={analysis.name}
      crumbs={crumbs}
      badges={<Badge tone="neutral">{text.shares[analysis.share]}</Badge>}
      actions={<Actions key={analysis.version} analysis={analysis} />}
    >
      {analysis.deletedAt !== null && <Deleted analysis={analysis} />}
      <Basis analysis={analysis} />
      {analysis.cells.map((cell) =>
        cell.kind === 'note' ? (
          <section key={cell.id} className={styles.note} aria-label={text.page.note}>
            <RecordText>{cell.text}</RecordText>
          </section>
        ) : (
          <QuestionCell key={cell.id} analysis={analysis} cell={cell} />
        ),
      )}
    </Page>
  )
}

function Actions({ analysis }: { readonly analysis: Analysis }) {
  const text = useText()
  const { page } = text
  const { signedIn } = useSession()
  const announce = useAnnounce()
  const [open, setOpen] = useState<'share' | 'copy'>()
  const { id, version, mine, mayRetract, deletedAt } = analysis
  const remove = useMutation(
    api.analyses.remove.mutationOptions({ onSuccess: () => announce(page.removed), onSettled: refresh }),
  )
  const retract = useMutation(
    api.analyses.share.mutationOptions({ onSuccess: () => announce(page.retracted), onSettled: refresh }),
  )
  const close = () => setOpen(undefined)
  if (!signedIn || deletedAt !== null) return null
  return (
    <>
      {mine && <ButtonLink href={`/patents/analyses/${id}/edit`}>{page.edit}</ButtonLink>}
      {mine && <Button onClick={() => setOpen('share')}>{page.shareAction}</Button>}
      <Button onClick={() => setOpen('copy')}>{page.copy}</Button>
      {mine && (
        <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate({ id, version })}>
          {page.remove}
        </Button>
      )}
      {mayRetract && (
        <Button
          kind="danger"
          busy={retract.isPending}
          onClick={() => retract.mutate({ id, version, share: 'private' })}
        >
          {page.retract}
        </Button>
      )}
      <ErrorSummary error={remove.error ?? retract.error} text={text.errors} />
      {open === 'share' && <ShareDialog analysis={analysis} onClose={close} />}
      {open === 'copy' && <CopyDialog analysis={analysis} on="same" onClose={close} />}
    </>
  )
}

function Deleted({ analysis: { id } }: { readonly analysis: Analysis }) {
  const text = useText()
  const announce = useAnnounce()
  const restore = useMutation(
    api.analyses.restore.mutationOptions({
      onSuccess: () => announce(text.page.restored),
      onSettled: refresh,
    }),
  )
  return (
    <Notice
      tone="risk"
      title={text.page.deleted}
      actions={
        <Button kind="primary" busy={restore.isPending} onClick={() => restore.mutate({ id })}>
          {text.page.undo}
        </Button>
      }
    >
      <p>{text.page.deletedText}</p>
    </Notice>
  )
}

function Basis({ analysis }: { readonly analysis: Analysis }) {
  const text = useText()
  const { page } = text
  const { id, basis, by, createdAt, copiedFrom, organisation, share, deletedAt } = analysis
  return (
    <Section title={page.basis} note={page.basisNote}>
      <Facts
        label={page.basis}
        rows={[
          { label: page.dataVersion, value: String(basis.dataVersion) },
          { label: page.ownerVersion, value: String(basis.ownerVersion) },
          {
            label: page.asOf,
            value: <DateText value={basis.asOf} />,
            note: <MomentText value={createdAt} />,
          },
          { label: page.share, value: [text.shares[share], organisation?.name].filter(Boolean).join(' · ') },
          ...(by === null ? [] : [{ label: page.by, value: <RecordText>{by}</RecordText> }]),
          ...(copiedFrom === null
            ? []
            : [
                {
                  label: page.copiedFrom,
                  value: <TextLink href={`/patents/analyses/${copiedFrom}`}>{page.original}</TextLink>,
                },
              ]),
        ]}
      />
      {deletedAt === null && (
        <div className={styles.tools}>
          <ButtonLink kind="primary" href={`/patents/analyses/${id}/today`}>
            {page.today}
          </ButtonLink>
          <Rerun analysis={analysis} />
          <a href={`/api/v1/analyses/${id}/figures.csv`} download>
            {page.csv}
          </a>
          <OfflineButton analysis={analysis} />
        </div>
      )}
    </Section>
  )
}

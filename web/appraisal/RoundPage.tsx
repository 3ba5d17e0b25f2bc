import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { pointsText } from '../../src/appraisal/words.rules.ts'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { Timeline } from '../ui/Timeline.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import styles from './appraisal.module.css'
import { CriteriaTable } from './CriteriaTable.tsx'
import { PublicitySection } from './PublicitySection.tsx'
import { type Result, type Round, STATE_TONES, VERDICT_TONES } from './queries.ts'
import { useText } from './text.ts'

/** One round for everybody: where it stands, the list with every score, how it was computed, and how to object. */
export function RoundPage() {
  const text = useText()
  const session = useSession()
  const year = Number(usePathParameter('year'))
  const query = useQuery(api.appraisal.round.queryOptions({ input: { year } }))
  const { data } = query
  return (
    <Page
      title={text.roundOf(year)}
      crumbs={[{ text: text.title, href: '/appraisal' }]}
      actions={session.has('officer') && <ButtonLink href="/work/appraisal">{text.desk}</ButtonLink>}
      {...(data && {
        badges: <Badge tone={STATE_TONES[data.state]}>{text.states[data.state]}</Badge>,
        lede: data.state === 'open' ? text.round.open(data.cutoffOn) : text.round[data.state],
      })}
    >
      <Loaded query={query} text={text.errors}>
        {(round) => <RoundBody round={round} />}
      </Loaded>
    </Page>
  )
}

function RoundBody({ round }: { readonly round: Round }) {
  const text = useText()
  return (
    <>
      {round.results.length > 0 && (
        <Section title={text.round.list} note={text.round.listNote} layout="stacked">
          {round.scheme.classes.map(({ code, names }) => (
            <ClassList key={code} round={round} code={code} title={either(names)} />
          ))}
        </Section>
      )}
      {round.publicity && <PublicitySection publicity={round.publicity} />}
      {round.files.length > 0 && <Documents round={round} />}
      <Computing round={round} />
      <Section title={text.criteria.title} note={text.criteria.note} layout="stacked">
        <CriteriaTable scheme={round.scheme} />
      </Section>
    </>
  )
}

interface ClassProps {
  readonly round: Round
  readonly code: string
  readonly title: string
}

/** The best first, and no more than they until somebody asks for all: on a phone a hundred rows hide what they lead to. */
function ClassList({ round, code, title }: ClassProps) {
  const text = useText()
  const [all, setAll] = useState(false)
  const rows = round.results.filter(({ classCode }) => classCode === code)
  const chosen = rows.filter(({ verdict }) => verdict === 'excellent')
  const shown = all ? rows : chosen
  return (
    <div className={styles.group}>
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p>{text.round.none}</p>
      ) : (
        <>
          <RegisterList<Result>
            caption={`${text.round.list}: ${title}`}
            total={shown.length}
            items={shown}
            rowKey={(row) => row.code}
            row={(row) => (
              <RegisterRow
                href={`/appraisal/${round.year}/agencies/${row.code}`}
                title={row.name}
                badges={<VerdictBadge verdict={row.verdict} state={round.state} />}
              >
                {text.round.row(row.rank, pointsText(row.total))}
              </RegisterRow>
            )}
            downloads={{ api: `/api/v1/appraisals/${round.year}` }}
            empty={{ title: text.round.nobody, next: text.round.nobodyNext }}
          />
          {rows.length > chosen.length && (
            <p>
              <Button onClick={() => setAll(!all)}>
                {all ? text.round.onlyChosen : text.round.all(rows.length)}
              </Button>
            </p>
          )}
        </>
      )}
    </div>
  )
}

/** Before the list is final the best are only proposed. */
export function VerdictBadge({
  verdict,
  state,
}: {
  readonly verdict: Result['verdict']
  readonly state: Round['state']
}) {
  const text = useText()
  const words = verdict === 'excellent' && state !== 'closed' ? text.proposed : text.verdicts[verdict]
  return <Badge tone={VERDICT_TONES[verdict]}>{words}</Badge>
}

function Documents({ round: { files } }: { readonly round: Round }) {
  const text = useText()
  return (
    <Section title={text.round.documents}>
      <Facts
        label={text.round.documents}
        rows={files.map(({ language, url, proofUrl, sha256 }) => ({
          label: text.round.file[language],
          value: (
            <>
              <a href={url}>PDF</a> · <a href={proofUrl}>{text.round.proof}</a>
            </>
          ),
          note: <code>{sha256}</code>,
        }))}
      />
    </Section>
  )
}

function Computing({ round }: { readonly round: Round }) {
  const text = useText()
  const { scheme, cutoffOn, openedBy, openedAt, editions } = round
  return (
    <Section title={text.round.how} layout="stacked">
      <Facts
        label={text.round.how}
        rows={[
          { label: text.round.scheme, value: text.round.schemeVersion(either(scheme.names), scheme.version) },
          { label: text.cutoff, value: cutoffOn },
          {
            label: text.round.opened,
            value: <MomentText value={openedAt} />,
            note: text.round.openedBy(openedBy),
          },
        ]}
      />
      {editions.length > 0 && (
        <Timeline
          label={text.round.editions}
          entries={editions.toReversed().map(({ edition, computedAt, computedBy, cause, digest }) => ({
            key: String(edition),
            at: computedAt,
            title: text.round.edition(edition),
            by: computedBy,
            detail: (
              <>
                <p>{cause === null ? text.round.firstEdition : <RecordText>{cause}</RecordText>}</p>
                <p>
                  {text.round.editionDigest} <code title={digest}>{digest.slice(0, 16)}…</code>
                </p>
              </>
            ),
          }))}
        />
      )}
    </Section>
  )
}

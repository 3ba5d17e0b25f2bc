import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { NAVIGATION_KINDS } from '../../../src/patents/navigation.rules.ts'
import { api } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { either } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { DateText, RecordText } from '../../ui/values.tsx'
import { projectTitle } from './NavigationPage.tsx'
import { OutcomeDialog } from './OutcomeDialog.tsx'
import { type Project, documentHref, type Recommendation, type Report, useText } from './queries.ts'
import { ReportForm } from './ReportForm.tsx'
import styles from './registers.module.css'

const TONES: Readonly<Record<Recommendation['adoption'], Tone>> = {
  open: 'neutral',
  adopted: 'met',
  'partly-adopted': 'info',
  rejected: 'risk',
}

/** One navigation project: what its reports recommend, and what became of each recommendation. */
export function ProjectPage() {
  const text = useText()
  const code = usePathParameter('code')
  const project = useQuery(api.navigation.project.queryOptions({ input: { code } }))
  return (
    <Page
      title={project.data === undefined ? code : projectTitle(project.data)}
      eyebrow={code}
      crumbs={[{ text: text.navigation.title, href: '/patents/navigation' }]}
    >
      <Loaded query={project} text={text.errors}>
        {(found) => <Body project={found} />}
      </Loaded>
    </Page>
  )
}

function Body({ project }: { readonly project: Project }) {
  const { project: words } = useText()
  const mayWrite = useSession().has('officer', 'operator')
  const [adding, setAdding] = useState(false)
  return (
    <>
      <Section title={words.kind}>
        <ProjectFacts project={project} />
      </Section>
      <Section
        title={words.reports}
        layout="stacked"
        actions={mayWrite && !adding && <Button onClick={() => setAdding(true)}>{words.addReport}</Button>}
      >
        {adding && <ReportForm code={project.code} onDone={() => setAdding(false)} />}
        {project.reportList.length === 0 && !adding && <p>{words.noReports}</p>}
        {project.reportList.map((report) => (
          <ReportView key={report.id} report={report} mayWrite={mayWrite} />
        ))}
      </Section>
    </>
  )
}

function ProjectFacts({ project }: { readonly project: Project }) {
  const { project: words } = useText()
  const industries = useQuery(api.landscape.industries.queryOptions({}))
  const member = industries.data?.systems
    .flatMap(({ groups }) => groups.flatMap(({ members }) => members))
    .find(({ code }) => code === project.industry)
  return (
    <Facts
      label={words.kind}
      rows={[
        { label: words.kind, value: either(NAVIGATION_KINDS[project.kind]) },
        { label: words.base, value: project.baseName && <RecordText>{project.baseName}</RecordText> },
        {
          label: words.client,
          value: project.clientId && (
            <TextLink href={`/organisations/${project.clientId}`}>
              <RecordText>{project.clientName ?? ''}</RecordText>
            </TextLink>
          ),
        },
        {
          label: words.industry,
          value: project.industry && (
            <TextLink href={`/patents/landscape?industry=${project.industry}`}>
              {member === undefined ? project.industry : either(member.names)}
            </TextLink>
          ),
        },
        {
          label: words.period,
          value: (
            <>
              <DateText value={project.startedOn} /> — <DateText value={project.finishedOn} />
            </>
          ),
        },
        { label: words.source, value: <RecordText>{project.source}</RecordText> },
      ]}
    />
  )
}

function ReportView({ report, mayWrite }: { readonly report: Report; readonly mayWrite: boolean }) {
  const { project: words } = useText()
  return (
    <article className={styles.report} aria-label={report.title}>
      <h3>
        <RecordText>{report.title}</RecordText>
      </h3>
      <p className={styles.fine}>
        {words.published(report.publishedOn)}
        {report.documentHash !== null && (
          <>
            {' · '}
            <TextLink href={documentHref(report.documentHash)}>{words.document}</TextLink>
          </>
        )}
      </p>
      <p>
        <RecordText>{report.summary}</RecordText>
      </p>
      <ol className={styles.recommendations}>
        {report.recommendations.map((one) => (
          <li key={one.id}>
            <RecommendationView recommendation={one} mayWrite={mayWrite} />
          </li>
        ))}
      </ol>
    </article>
  )
}

interface RecommendationProps {
  readonly recommendation: Recommendation
  readonly mayWrite: boolean
}

function RecommendationView({ recommendation, mayWrite }: RecommendationProps) {
  const { project: words, navigation } = useText()
  const [recording, setRecording] = useState(false)
  const { number, words: said, addressee, adoption, outcomes } = recommendation
  return (
    <>
      <p>
        <strong>{number}.</strong> <RecordText>{said}</RecordText>{' '}
        <Badge tone={TONES[adoption]}>{navigation.adoptions[adoption]}</Badge>
      </p>
      <p className={styles.fine}>
        <RecordText>{words.to(addressee)}</RecordText>
      </p>
      {outcomes.length === 0 ? (
        <p className={styles.fine}>{words.noOutcome}</p>
      ) : (
        <Timeline
          label={words.outcome}
          entries={outcomes.toReversed().map((outcome) => ({
            key: outcome.id,
            at: outcome.happenedOn,
            title: words.outcomes[outcome.kind],
            by: <RecordText>{words.by(outcome.decidedBy)}</RecordText>,
            tone: outcome.kind === 'rejected' ? 'risk' : 'met',
            detail: (
              <>
                <RecordText>{outcome.words}</RecordText>
                {outcome.evidenceHash !== null && (
                  <>
                    {' '}
                    <TextLink href={documentHref(outcome.evidenceHash)}>{words.evidence}</TextLink>
                  </>
                )}
              </>
            ),
          }))}
        />
      )}
      {mayWrite && <Button onClick={() => setRecording(true)}>{words.record}</Button>}
      {recording && <OutcomeDialog recommendation={recommendation} onClose={() => setRecording(false)} />}
    </>
  )
}

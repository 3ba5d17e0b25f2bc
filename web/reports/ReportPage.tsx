import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Facts } from '../ui/Facts.tsx'
import { either, language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import { useText } from './text.ts'

type Report = Awaited<ReturnType<typeof client.reports.get>>
const TONES = { met: 'met', notMet: 'risk', unknown: 'neutral' } as const

/** One report: what it says, its documents with their proofs, and what was put right since. */
export function ReportPage() {
  const text = useText()
  const id = usePathParameter('id')
  const query = useQuery(api.reports.get.queryOptions({ input: { id, language } }))
  return (
    <Page title={query.data?.content.title ?? text.title} crumbs={[{ text: text.title, href: '/reports' }]}>
      <Loaded query={query} text={text.errors}>
        {(report) => <ReportBody report={report} />}
      </Loaded>
    </Page>
  )
}

function ReportBody({ report }: { readonly report: Report }) {
  const text = useText()
  const { content, snapshot } = report
  return (
    <>
      {report.superseded && (
        <Notice tone="risk" title={text.superseded}>
          {text.supersededNote}
        </Notice>
      )}
      <Facts
        rows={[
          { label: text.state, value: text.states[report.state] },
          { label: text.edition, value: String(report.edition) },
          {
            label: text.snapshot,
            value: <TextLink href={`/snapshots/${snapshot.id}`}>{snapshot.asOf}</TextLink>,
          },
          { label: text.digest, value: <code>{snapshot.digest.slice(0, 16)}</code> },
          ...(report.publishedAt === null
            ? []
            : [{ label: text.publishedAt, value: <MomentText value={report.publishedAt} /> }]),
        ]}
      />
      {report.files.length > 0 && <Documents report={report} />}
      <Section title={text.standing}>
        <Paragraphs text={content.foreword} />
        <p>{text.tally(content.tally.met, content.tally.notMet, content.tally.unknown)}</p>
      </Section>
      {content.sections.map((section) => (
        <Section key={section.code} title={section.title}>
          <Paragraphs text={section.commentary} />
          <DataTable
            caption={text.indicatorsOf(section.title)}
            columns={[
              {
                name: 'name',
                header: text.indicator,
                cell: (row) => <TextLink href={`/indicators/${row.code}`}>{row.name}</TextLink>,
              },
              { name: 'value', header: text.value, numeric: true, cell: (row) => row.value },
              { name: 'goal', header: text.goal, cell: (row) => row.goal },
              {
                name: 'verdict',
                header: text.verdict,
                cell: (row) => <Badge tone={TONES[row.verdict]}>{row.verdictWords}</Badge>,
              },
            ]}
            rows={section.figures}
            rowKey={({ code }) => code}
            empty={{ title: text.noFigures }}
          />
        </Section>
      ))}
      {report.restatedSince.length > 0 && (
        <Section title={text.restatedSince} note={text.restatedNote}>
          <ul>
            {report.restatedSince.map(({ entryId, names, cause, madeAt }) => (
              <li key={entryId}>
                <MomentText value={madeAt} /> {either(names)}: <span>{cause}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function Documents({ report }: { readonly report: Report }) {
  const text = useText()
  return (
    <Section
      title={text.documents}
      note={text.verifyNote}
      actions={<ButtonLink href="/verify">{text.verify}</ButtonLink>}
    >
      <Facts
        rows={report.files.map((file) => ({
          label: text.pdf[file.language],
          value: (
            <>
              <a href={file.url} download>
                PDF
              </a>{' '}
              <a href={file.proofUrl} download={`report-${report.year}-${file.language}-proof.json`}>
                {text.proof}
              </a>{' '}
              <code>{file.sha256.slice(0, 16)}</code>
            </>
          ),
        }))}
      />
    </Section>
  )
}

function Paragraphs({ text }: { readonly text: string }) {
  // The same paragraph may stand twice; its place tells them apart.
  return text === ''
    ? null
    : text.split('\n\n').map((paragraph, index) => <p key={`${index}-${paragraph}`}>{paragraph}</p>)
}

import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import { CriteriaTable } from './CriteriaTable.tsx'
import { STATE_TONES } from './queries.ts'
import { useText } from './text.ts'

/** What the yearly appraisal is, every round, and the criteria with their versions. */
export function AppraisalsPage() {
  const text = useText()
  const session = useSession()
  const rounds = useQuery(api.appraisal.rounds.queryOptions())
  const criteria = useQuery(api.appraisal.criteria.queryOptions())
  return (
    <Page
      title={text.title}
      lede={text.lede}
      actions={session.has('officer') && <ButtonLink href="/work/appraisal">{text.desk}</ButtonLink>}
    >
      <Section title={text.rounds} layout="stacked">
        <Loaded query={rounds} text={text.errors}>
          {({ items, total }) => (
            <DataTable
              caption={text.title}
              rows={items}
              rowKey={({ year }) => String(year)}
              total={total}
              empty={{ title: text.roundsNone, next: text.roundsNoneNext }}
              columns={[
                {
                  name: 'year',
                  header: text.year,
                  cell: ({ year }) => <TextLink href={`/appraisal/${year}`}>{text.roundOf(year)}</TextLink>,
                },
                {
                  name: 'state',
                  header: text.state,
                  cell: ({ state }) => <Badge tone={STATE_TONES[state]}>{text.states[state]}</Badge>,
                },
                { name: 'cutoff', header: text.cutoff, cell: ({ cutoffOn }) => cutoffOn },
                {
                  name: 'agencies',
                  header: text.appraised,
                  numeric: true,
                  cell: ({ agencies }) => (agencies === 0 ? text.notYet : text.count(agencies)),
                },
                {
                  name: 'excellent',
                  header: text.excellent,
                  numeric: true,
                  cell: ({ year, agencies, excellent }) =>
                    agencies === 0 ? (
                      text.notYet
                    ) : (
                      <TextLink href={`/appraisal/${year}`}>{text.count(excellent)}</TextLink>
                    ),
                },
                {
                  name: 'closed',
                  header: text.closedOn,
                  cell: ({ closedAt }) => closedAt && <MomentText value={closedAt} />,
                },
              ]}
            />
          )}
        </Loaded>
      </Section>
      <Loaded query={criteria} text={text.errors}>
        {({ schemes, note }) =>
          schemes.map((scheme) => (
            <Section
              key={scheme.version}
              title={`${either(scheme.names)} · ${text.criteria.version(scheme.version, scheme.from)}`}
              note={either(note)}
              layout="stacked"
            >
              <details open={scheme === schemes[0]}>
                <summary>{text.criteria.title}</summary>
                <CriteriaTable scheme={scheme} />
              </details>
            </Section>
          ))
        }
      </Loaded>
    </Page>
  )
}

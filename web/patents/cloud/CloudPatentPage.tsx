import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { STAGES } from '../../../src/patents/cloud.rules.ts'
import { api } from '../../app/api.ts'
import { useAnnounce } from '../../ui/announce.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { formatNumber } from '../../ui/format.ts'
import { either } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { RecordText } from '../../ui/values.tsx'
import { MoveForm } from './MoveForm.tsx'
import { type CloudPatent, refresh, useText } from './queries.ts'

/** A patent of a university: its stage with every move, its grade with every point. */
export function CloudPatentPage() {
  const text = useText()
  const id = usePathParameter('id')
  const query = useQuery(api.cloud.get.queryOptions({ input: { id } }))
  const patent = query.data
  return (
    <Page
      title={patent?.title ?? text.title}
      crumbs={[
        { text: text.title, href: '/university-cloud' },
        { text: text.list, href: '/university-cloud/patents' },
      ]}
      badges={patent && <Badge tone="info">{either(STAGES[patent.stage])}</Badge>}
    >
      <Loaded query={query} text={text.errors}>
        {(found) => (
          <>
            <PatentFacts patent={found} />
            {found.mayMove && (
              <Section title={text.record.act}>
                <MoveForm ids={[found.id]} to={found.next} />
                <TeamForm key={found.version} patent={found} />
              </Section>
            )}
            <Moves patent={found} />
            <Grade patent={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function PatentFacts({ patent }: { readonly patent: CloudPatent }) {
  const text = useText()
  const words = text.record
  const { publicationNumber, grade, points } = patent
  return (
    <Facts
      label={words.facts}
      rows={[
        {
          label: words.university,
          value: (
            <TextLink href={`/organisations/${patent.universityId}`}>
              <RecordText>{patent.universityName}</RecordText>
            </TextLink>
          ),
        },
        { label: words.applicationNumber, value: patent.applicationNumber },
        {
          label: words.publicationNumber,
          value: publicationNumber && (
            <TextLink href={`/patents/${publicationNumber}`}>{publicationNumber}</TextLink>
          ),
        },
        {
          label: words.team,
          value: patent.team === null ? undefined : <RecordText>{patent.team}</RecordText>,
        },
        { label: words.stage, value: either(STAGES[patent.stage]) },
        {
          label: words.grade,
          value: grade === '' ? undefined : `${text.grade(grade)} · ${text.points(points)}`,
          asOf: patent.gradedOn,
        },
      ]}
    />
  )
}

function TeamForm({ patent }: { readonly patent: CloudPatent }) {
  const text = useText()
  const announce = useAnnounce()
  const [team, setTeam] = useState(patent.team ?? '')
  const save = useMutation(
    api.cloud.setTeam.mutationOptions({
      onSuccess: () => announce(text.record.teamSaved),
      onSettled: refresh,
    }),
  )
  const named = team.trim()
  return (
    <Form
      label={text.record.setTeam}
      onSubmit={() => named !== '' && save.mutate({ id: patent.id, version: patent.version, team: named })}
      error={save.error}
      text={text.errors}
      actions={
        <Button type="submit" busy={save.isPending} disabled={named === '' || named === patent.team}>
          {text.record.setTeam}
        </Button>
      }
    >
      <TextField name="team" label={text.record.team} value={team} onChange={setTeam} />
    </Form>
  )
}

function Moves({ patent: { moves } }: { readonly patent: CloudPatent }) {
  const { record: words } = useText()
  return (
    <Section title={words.moves} layout="stacked">
      <Timeline
        label={words.moves}
        entries={moves.map((move) => ({
          key: move.id,
          at: move.movedOn,
          title:
            move.from === null
              ? words.taken
              : words.moved(either(STAGES[move.from]), either(STAGES[move.to])),
          by: [words.by[move.for], move.by].filter(Boolean).join(' · '),
          detail: <RecordText>{move.reason}</RecordText>,
        }))}
      />
    </Section>
  )
}

const YES_OR_NO: readonly string[] = ['invention', 'inForce', 'keyIndustry', 'used']

function Grade({ patent: { rules, lines } }: { readonly patent: CloudPatent }) {
  const { record: words } = useText()
  return (
    <Section
      title={words.why}
      note={rules === null ? words.noRules : `${words.rules(rules.from)} · ${either(rules.source)}`}
      actions={rules?.sample === true && <Badge tone="risk">{words.sample}</Badge>}
      layout="stacked"
    >
      <DataTable
        caption={words.lines}
        columns={[
          { name: 'fact', header: words.fact, cell: ({ names }) => either(names) },
          {
            name: 'value',
            header: words.value,
            cell: ({ fact, value }) => {
              if (value === null) return words.unknown
              if (YES_OR_NO.includes(fact)) return value === 1 ? words.yes : words.no
              return formatNumber(value)
            },
          },
          {
            name: 'atLeast',
            header: words.atLeast,
            cell: ({ fact, atLeast }) => (YES_OR_NO.includes(fact) ? words.yes : formatNumber(atLeast)),
          },
          {
            name: 'earned',
            header: words.earned,
            numeric: true,
            cell: ({ earned, points }) => `${earned} / ${points}`,
          },
        ]}
        rows={lines}
        rowKey={({ fact, atLeast }) => `${fact} ${atLeast}`}
      />
    </Section>
  )
}

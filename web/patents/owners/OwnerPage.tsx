import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import { RecordText } from '../../ui/values.tsx'
import { afterDecision, Decisions } from './Decisions.tsx'
import { evidenceWords, type Member, type Owner, ruleWords, useText } from './queries.ts'

/** One owner: its names, why each is its name, and what people decided about it. */
export function OwnerPage() {
  const text = useText()
  const id = usePathParameter('id')
  const owner = useQuery(api.owners.get.queryOptions({ input: { id } }))
  return (
    <Page
      title={owner.data?.name ?? text.title}
      crumbs={[{ text: text.title, href: '/patents/owners' }]}
      badges={owner.data && <Badge>{text.match[owner.data.match]}</Badge>}
    >
      <Loaded query={owner} text={text.errors}>
        {(found) => <Body key={found.version} owner={found} />}
      </Loaded>
    </Page>
  )
}

function Body({ owner }: { readonly owner: Owner }) {
  const text = useText()
  const mayDecide = useSession().has('officer')
  return (
    <>
      {owner.dissolvedOn !== null && <Notice>{text.page.dissolved(owner.dissolvedOn)}</Notice>}
      <Section title={text.page.party}>
        <Facts label={text.page.party} rows={useFacts(owner)} />
        {owner.match === 'ambiguous' && <Candidates owner={owner} mayDecide={mayDecide} />}
      </Section>
      <Members owner={owner} mayDecide={mayDecide} />
      <Section title={text.page.decisions} layout="stacked">
        <Decisions decisions={owner.decisions} mayDecide={mayDecide} empty={text.page.noDecisions} />
      </Section>
    </>
  )
}

function useFacts({ id, documents, names, partyId, partyName, matchBasis, ownerVersion }: Owner) {
  const { page, matchBasis: bases } = useText()
  const basis = matchBasis === null ? undefined : (bases as Readonly<Record<string, string>>)[matchBasis]
  return [
    {
      label: page.documents,
      value: (
        <TextLink href={`/patents/landscape/documents?${new URLSearchParams({ owner: id }).toString()}`}>
          {formatNumber(documents)}
        </TextLink>
      ),
    },
    { label: page.names, value: formatNumber(names) },
    {
      label: page.party,
      value:
        partyId === null ? (
          page.noParty
        ) : (
          <TextLink href={`/organisations/${partyId}`}>
            <RecordText>{partyName ?? ''}</RecordText>
          </TextLink>
        ),
      note: basis,
    },
    { label: page.ownerVersion, value: String(ownerVersion) },
  ]
}

function Candidates({ owner, mayDecide }: { readonly owner: Owner; readonly mayDecide: boolean }) {
  const text = useText()
  const [chosen, setChosen] = useState<Owner['candidates'][number]>()
  const match = useMutation(
    api.owners.match.mutationOptions({
      onSuccess: async () => {
        setChosen(undefined)
        await afterDecision()
      },
    }),
  )
  return (
    <Notice tone="risk" title={text.page.candidates}>
      <ul>
        {owner.candidates.map((one) => (
          <li key={one.id}>
            <TextLink href={`/organisations/${one.id}`}>
              <RecordText>{one.name}</RecordText> {one.creditCode}
            </TextLink>{' '}
            {mayDecide && (
              <Button kind="quiet" onClick={() => setChosen(one)}>
                {text.page.match}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {chosen && (
        <ReasonDialog
          hint={text.reasonHint}
          text={text.errors}
          title={text.page.matchTitle(chosen.name)}
          effect={text.page.matchEffect}
          error={match.error}
          busy={match.isPending}
          onDecide={(reason) =>
            match.mutate({ id: owner.id, version: owner.version, partyId: chosen.id, reason })
          }
          onClose={() => setChosen(undefined)}
        />
      )}
    </Notice>
  )
}

function Members({ owner, mayDecide }: { readonly owner: Owner; readonly mayDecide: boolean }) {
  const text = useText()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const split = useMutation(api.owners.split.mutationOptions({ onSuccess: () => afterDecision() }))
  const toggle = (name: string) =>
    setChosen(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])
  const maySplit = mayDecide && owner.members.length > 1
  return (
    <Section
      title={text.page.members}
      note={text.page.membersNote}
      layout="stacked"
      actions={
        maySplit && (
          <Button
            disabled={chosen.length === 0}
            title={chosen.length === 0 ? text.page.nothingChosen : undefined}
            onClick={() => setAsking(true)}
          >
            {text.page.split}
          </Button>
        )
      }
    >
      <DataTable
        caption={text.page.members}
        columns={[
          {
            name: 'name',
            header: text.page.name,
            cell: ({ name }) => (
              <label>
                {maySplit && (
                  <>
                    <input
                      type="checkbox"
                      checked={chosen.includes(name)}
                      aria-label={text.page.choose(name)}
                      onChange={() => toggle(name)}
                    />{' '}
                  </>
                )}
                <RecordText>{name}</RecordText>
              </label>
            ),
          },
          {
            name: 'count',
            header: text.page.count,
            numeric: true,
            cell: ({ documents }) => formatNumber(documents),
          },
          { name: 'basis', header: text.page.basis, cell: (member) => <Basis member={member} /> },
          {
            name: 'evidence',
            header: text.page.evidence,
            cell: ({ evidence }) => evidenceWords(evidence, text),
          },
          { name: 'since', header: text.page.since, numeric: true, cell: ({ since }) => since },
        ]}
        rows={owner.members}
        rowKey={({ name }) => name}
      />
      {asking && (
        <ReasonDialog
          hint={text.reasonHint}
          text={text.errors}
          title={text.page.splitTitle(chosen.length)}
          effect={text.page.splitEffect}
          error={split.error}
          busy={split.isPending}
          onDecide={(reason) =>
            split.mutate({ id: owner.id, version: owner.version, names: [...chosen], reason })
          }
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  )
}

function Basis({ member: { rule, ruleVersion } }: { readonly member: Member }) {
  const text = useText()
  return (
    <>
      {ruleWords(rule, text)} · {text.page.ruleVersion(ruleVersion)}
    </>
  )
}

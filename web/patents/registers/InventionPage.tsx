import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Criterion } from '../../../src/patents/rules.ts'
import { api } from '../../app/api.ts'
import { queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { DateField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import { DateText, RecordText } from '../../ui/values.tsx'
import { type Invention, useText, useToday } from './queries.ts'

/** Why one invention counts as high-value, or why it does not. */
export function InventionPage() {
  const text = useText()
  const patentNumber = usePathParameter('number')
  const invention = useQuery(api.highValue.get.queryOptions({ input: { patentNumber } }))
  const found = invention.data
  return (
    <Page
      title={found?.title ?? patentNumber}
      eyebrow={patentNumber}
      crumbs={[{ text: text.highValue.title, href: '/patents/high-value' }]}
      badges={
        found && (
          <Badge tone={found.counted ? 'met' : 'neutral'}>
            {found.counted ? text.patent.counted : text.patent.notCounted}
          </Badge>
        )
      }
    >
      <Loaded query={invention} text={text.errors}>
        {(loaded) => <Body invention={loaded} />}
      </Loaded>
    </Page>
  )
}

interface Change {
  readonly criterion: Criterion
  readonly kind: 'find' | 'end'
}

function Body({ invention }: { readonly invention: Invention }) {
  const text = useText()
  const { patent: words } = text
  const mayWrite = useSession().has('officer', 'operator')
  const [change, setChange] = useState<Change>()
  return (
    <>
      <Section title={text.highValue.title}>
        <Facts
          label={text.highValue.title}
          rows={[
            {
              label: words.owner,
              value: (
                <TextLink href={`/organisations/${invention.ownerId}`}>
                  <RecordText>{invention.ownerName}</RecordText>
                </TextLink>
              ),
            },
            {
              label: words.filedOn,
              value: <DateText value={invention.filedOn} />,
              note: `${words.years} ${words.yearsUnit(invention.yearsSinceFiling)}`,
            },
            { label: words.grantedOn, value: <DateText value={invention.grantedOn} /> },
            ...(invention.lapsedOn === null
              ? []
              : [{ label: words.lapsedOn, value: <DateText value={invention.lapsedOn} /> }]),
            { label: words.inForce, value: invention.inForce ? words.yes : words.no, asOf: invention.asOf },
          ]}
        />
      </Section>
      <Section title={words.criteria} note={words.criteriaNote}>
        <Facts
          label={words.criteria}
          rows={invention.findings.map((finding) => ({
            label: text.criteria[finding.criterion],
            value: (
              <Badge tone={finding.holds ? 'met' : 'neutral'}>
                {finding.holds ? words.holds : words.not}
              </Badge>
            ),
            note: <Reasons finding={finding} mayWrite={mayWrite} onChange={setChange} />,
          }))}
        />
      </Section>
      {change && (
        <ChangeDialog
          change={change}
          patentNumber={invention.patentNumber}
          onClose={() => setChange(undefined)}
        />
      )}
    </>
  )
}

interface ReasonsProps {
  readonly finding: Invention['findings'][number]
  readonly mayWrite: boolean
  readonly onChange: (change: Change) => void
}

function Reasons({ finding: { criterion, reasons }, mayWrite, onChange }: ReasonsProps) {
  const { patent: words } = useText()
  const standing = reasons.some(({ holdsTo }) => holdsTo === null)
  return (
    <>
      {reasons.map(({ holdsFrom, holdsTo, evidence, source, endReason }) => (
        <span key={holdsFrom}>
          <RecordText>{words.reason(holdsFrom, holdsTo, evidence)}</RecordText> ·{' '}
          <RecordText>{source}</RecordText>
          {endReason !== null && ` · ${words.ended(endReason)}`}{' '}
        </span>
      ))}
      {mayWrite && (
        <Button kind="quiet" onClick={() => onChange({ criterion, kind: standing ? 'end' : 'find' })}>
          {standing ? words.end : words.find}
        </Button>
      )}
    </>
  )
}

interface ChangeDialogProps {
  readonly change: Change
  readonly patentNumber: string
  readonly onClose: () => void
}

function ChangeDialog({ change: { criterion, kind }, patentNumber, onClose }: ChangeDialogProps) {
  const text = useText()
  const { patent: words } = text
  const [on, setOn] = useState(useToday())
  const [said, setSaid] = useState('')
  const [source, setSource] = useState('')
  const done = {
    onSuccess: async () => {
      onClose()
      await queryClient.invalidateQueries({ queryKey: api.highValue.key() })
    },
  }
  const find = useMutation(api.highValue.find.mutationOptions(done))
  const end = useMutation(api.highValue.end.mutationOptions(done))
  const finding = kind === 'find'
  const submit = () =>
    finding
      ? find.mutate({ patentNumber, criterion, holdsFrom: on, evidence: said, source })
      : end.mutate({ patentNumber, criterion, holdsTo: on, reason: said })
  return (
    <Dialog
      title={`${text.criteria[criterion]}：${finding ? words.find : words.end}`}
      open
      onClose={onClose}
      firm
    >
      <Form
        onSubmit={submit}
        error={find.error ?? end.error}
        text={text.errors}
        actions={
          <>
            <Button type="submit" kind="primary" busy={find.isPending || end.isPending}>
              {words.save}
            </Button>
            <Button onClick={onClose}>{text.cancel}</Button>
          </>
        }
      >
        <DateField
          name={finding ? 'holdsFrom' : 'holdsTo'}
          label={finding ? words.holdsFrom : words.holdsTo}
          value={on}
          onChange={setOn}
          required
        />
        <TextAreaField
          name={finding ? 'evidence' : 'reason'}
          label={finding ? words.evidence : words.reasonLabel}
          hint={finding ? words.evidenceHint : undefined}
          value={said}
          onChange={setSaid}
          required
        />
        {finding && (
          <TextField name="source" label={words.source} value={source} onChange={setSource} required />
        )}
      </Form>
    </Dialog>
  )
}

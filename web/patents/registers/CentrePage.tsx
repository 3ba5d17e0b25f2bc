import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { DateField, TextAreaField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { DateText, RecordText } from '../../ui/values.tsx'
import { type Centre, useText, useToday } from './queries.ts'

type Change = 'renewed' | 'ended'

/** One cultivation centre: who leads it, until when, and every change of its term. */
export function CentrePage() {
  const text = useText()
  const code = usePathParameter('code')
  const centre = useQuery(api.navigation.centre.queryOptions({ input: { code } }))
  return (
    <Page
      title={centre.data?.name ?? code}
      eyebrow={code}
      crumbs={[{ text: text.centres.title, href: '/patents/cultivation-centres' }]}
    >
      <Loaded query={centre} text={text.errors}>
        {(found) => <Body centre={found} />}
      </Loaded>
    </Page>
  )
}

function Body({ centre }: { readonly centre: Centre }) {
  const { centres: words } = useText()
  const mayWrite = useSession().has('officer', 'operator')
  const [change, setChange] = useState<Change>()
  return (
    <>
      <Section
        title={words.state}
        actions={
          mayWrite && (
            <>
              <Button onClick={() => setChange('renewed')}>{words.renew}</Button>{' '}
              {centre.inForce && <Button onClick={() => setChange('ended')}>{words.end}</Button>}
            </>
          )
        }
      >
        <Facts
          label={words.state}
          rows={[
            {
              label: words.state,
              value: (
                <Badge tone={centre.inForce ? 'met' : 'neutral'}>
                  {centre.inForce ? words.states['in-force'] : words.states.ended}
                </Badge>
              ),
            },
            {
              label: words.lead,
              value: centre.leadId && (
                <TextLink href={`/organisations/${centre.leadId}`}>
                  <RecordText>{centre.leadName ?? ''}</RecordText>
                </TextLink>
              ),
            },
            { label: words.agency, value: centre.agencyName && <RecordText>{centre.agencyName}</RecordText> },
            {
              label: words.approvedOn,
              value: <DateText value={centre.approvedOn} />,
              source: { name: centre.source },
            },
            {
              label: words.endsOn,
              value: centre.endsOn === null ? words.noEnd : <DateText value={centre.endsOn} />,
            },
            ...(centre.exitReason === null
              ? []
              : [{ label: words.exit, value: <RecordText>{centre.exitReason}</RecordText> }]),
          ]}
        />
      </Section>
      <Section title={words.events} layout="stacked">
        {centre.events.length === 0 ? (
          <p>{words.noEvents}</p>
        ) : (
          <Timeline
            label={words.events}
            entries={centre.events.map((event) => ({
              key: event.id,
              at: event.happenedOn,
              title: words.kinds[event.kind],
              by: <RecordText>{event.reason}</RecordText>,
              tone: event.kind === 'ended' ? 'neutral' : 'met',
            }))}
          />
        )}
      </Section>
      {change && <ChangeDialog code={centre.code} change={change} onClose={() => setChange(undefined)} />}
    </>
  )
}

interface ChangeDialogProps {
  readonly code: string
  readonly change: Change
  readonly onClose: () => void
}

function ChangeDialog({ code, change, onClose }: ChangeDialogProps) {
  const text = useText()
  const { centres: words } = text
  const today = useToday()
  const [endsOn, setEndsOn] = useState(change === 'ended' ? today : '')
  const [reason, setReason] = useState('')
  const save = useMutation(
    api.navigation.changeCentre.mutationOptions({
      onSuccess: async () => {
        onClose()
        await queryClient.invalidateQueries({ queryKey: api.navigation.key() })
      },
    }),
  )
  return (
    <Dialog title={change === 'ended' ? words.end : words.renew} open onClose={onClose} firm>
      <Form
        onSubmit={() => save.mutate({ code, kind: change, reason, ...(endsOn !== '' && { endsOn }) })}
        error={save.error}
        text={text.errors}
        actions={
          <>
            <Button type="submit" kind="primary" busy={save.isPending}>
              {text.confirm}
            </Button>
            <Button onClick={onClose}>{text.cancel}</Button>
          </>
        }
      >
        <DateField
          name="endsOn"
          label={change === 'ended' ? words.endDay : words.newEnd}
          value={endsOn}
          onChange={setEndsOn}
        />
        <TextAreaField name="reason" label={words.reason} value={reason} onChange={setReason} required />
      </Form>
    </Dialog>
  )
}

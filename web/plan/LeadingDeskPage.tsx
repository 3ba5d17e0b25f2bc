import { useInfiniteQuery } from '@tanstack/react-query'
import { api, client } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, RecordText } from '../ui/values.tsx'
import { ActForm } from './ActForm.tsx'
import { usePlanNames, useText } from './queries.ts'
import { useRefreshed } from './refreshed.ts'

/** Meetings of the leading group and of the bodies above it. */
export function LeadingDeskPage() {
  const text = useText()
  const names = usePlanNames()
  const session = useSession()
  const { columns } = text.leading
  const meetings = useInfiniteQuery(
    api.plan.meetings.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 50, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  return (
    <Page
      width="full"
      title={text.leading.title}
      lede={text.leading.lede}
      actions={<ButtonLink href="/plan/decisions">{text.decisions.title}</ButtonLink>}
    >
      <Section title={text.leading.meetings} layout="stacked">
        <Loaded query={meetings} text={text.errors}>
          {({ pages }) => (
            <DataTable
              caption={text.leading.title}
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => id}
              total={pages[0]?.total ?? 0}
              more={moreOf(meetings)}
              empty={{ title: text.leading.noMeetings }}
              columns={[
                { name: 'on', header: columns.on, cell: ({ heldOn }) => <DateText value={heldOn} /> },
                {
                  name: 'title',
                  header: columns.title,
                  cell: ({ id, title }) => (
                    <TextLink href={`/work/leading-group/${id}`}>
                      <RecordText>{title}</RecordText>
                    </TextLink>
                  ),
                },
                {
                  name: 'body',
                  header: columns.body,
                  cell: ({ body, number }) => text.leading.number(names.body(body), String(number)),
                },
                {
                  name: 'decisions',
                  header: columns.decisions,
                  numeric: true,
                  cell: ({ decisions }) => formatNumber(decisions),
                },
                { name: 'state', header: columns.state, cell: ({ state }) => text.leading.states[state] },
              ]}
            />
          )}
        </Loaded>
        {session.has('officer') && <CallMeeting />}
      </Section>
    </Page>
  )
}

function CallMeeting() {
  const text = useText()
  const names = usePlanNames()
  const done = useRefreshed()
  const { fields } = text.leading
  return (
    <ActForm
      title={text.leading.call}
      fields={[
        { name: 'body', label: fields.body, kind: 'choice', options: names.bodyOptions },
        { name: 'title', label: fields.title },
        { name: 'heldOn', label: fields.heldOn, kind: 'day' },
        { name: 'place', label: fields.place },
        { name: 'chair', label: fields.chair },
      ]}
      act={async ({ body = '', title = '', heldOn = '', place = '', chair = '' }) => {
        await client.plan.callMeeting({ body, title, heldOn, place, chair })
        return done(text.leading.called)
      }}
    />
  )
}

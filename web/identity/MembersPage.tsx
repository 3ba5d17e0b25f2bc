import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { DateText } from '../ui/values.tsx'
import { InvitationsSection } from './InvitationsSection.tsx'
import { useText } from './text.ts'
import { VisitorPage } from './VisitorPage.tsx'

type Members = Awaited<ReturnType<typeof client.identity.members.list>>
type Member = Members['items'][number]

const refresh = () => queryClient.invalidateQueries({ queryKey: api.identity.members.key() })

export function MembersPage() {
  const text = useText()
  const organisationId = usePathParameter('organisationId')
  const { signedIn } = useSession()
  const members = useQuery({
    ...api.identity.members.list.queryOptions({ input: { organisationId } }),
    enabled: signedIn,
  })
  if (!signedIn) return <VisitorPage title={text.members.caption} />
  const name = members.data?.organisationName ?? ''
  return (
    <Page title={text.members.title(name)} crumbs={[{ text: text.account.title, href: '/account' }]}>
      <Loaded query={members} text={text.errors}>
        {(data) => (
          <>
            <MemberTable organisationId={organisationId} members={data} />
            {data.mayManage && <InvitationsSection organisationId={organisationId} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function MemberTable({
  organisationId,
  members,
}: {
  readonly organisationId: string
  readonly members: Members
}) {
  const text = useText()
  const words = text.members
  const [leaving, setLeaving] = useState<Member>()
  const change = useMutation(api.identity.members.change.mutationOptions({ onSettled: refresh }))
  const end = useMutation(api.identity.members.end.mutationOptions({ onSettled: refresh }))
  const switchRole = ({ id, role }: Member) =>
    change.mutate({ organisationId, id, role: role === 'administrator' ? 'member' : 'administrator' })
  const actions = (member: Member) =>
    member.validTo === null && (
      <>
        <Button
          kind="quiet"
          onClick={() => switchRole(member)}
          busy={change.isPending && change.variables.id === member.id}
        >
          {member.role === 'administrator' ? words.makeMember : words.makeAdministrator}
        </Button>
        <Button kind="quiet" onClick={() => setLeaving(member)}>
          {words.end}
        </Button>
      </>
    )
  return (
    <Section title={words.section} layout="stacked">
      <ErrorSummary error={change.error ?? end.error} text={text.errors} />
      <DataTable
        caption={words.caption}
        rows={members.items}
        rowKey={({ id }) => id}
        columns={memberColumns(text, members.mayManage ? actions : undefined)}
      />
      <Dialog
        firm
        title={words.endTitle}
        open={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        actions={
          <>
            <Button
              kind="danger"
              onClick={() => {
                if (leaving !== undefined) end.mutate({ organisationId, id: leaving.id })
                setLeaving(undefined)
              }}
            >
              {words.end}
            </Button>
            <Button onClick={() => setLeaving(undefined)}>{words.cancel}</Button>
          </>
        }
      >
        <p>{words.endAsk(leaving?.name ?? '')}</p>
      </Dialog>
    </Section>
  )
}

function memberColumns(
  text: ReturnType<typeof useText>,
  actions: Column<Member>['cell'] | undefined,
): [Column<Member>, ...Column<Member>[]] {
  const words = text.members
  return [
    { name: 'name', header: words.name, cell: ({ name }) => name },
    { name: 'email', header: words.email, cell: ({ email }) => email },
    { name: 'role', header: words.role, cell: ({ role }) => words[role] },
    { name: 'since', header: words.since, cell: ({ validFrom }) => <DateText value={validFrom} /> },
    {
      name: 'until',
      header: words.until,
      cell: ({ validTo }) => (validTo === null ? text.account.none : <DateText value={validTo} />),
    },
    ...(actions === undefined ? [] : [{ name: 'actions', header: words.action, cell: actions }]),
  ]
}

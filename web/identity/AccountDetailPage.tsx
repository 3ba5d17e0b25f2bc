import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { MomentText } from '../ui/values.tsx'
import { AccountActions } from './AccountActions.tsx'
import { roleName, useText } from './text.ts'

export type AccountDetail = Awaited<ReturnType<typeof client.identity.accounts.get>>

/** Masked until a purpose is stated; then plain, and its holder can see that it was read. */
export function AccountDetailPage() {
  const text = useText()
  const id = usePathParameter('id')
  const { has } = useSession()
  const [purpose, setPurpose] = useState<string>()
  const account = useQuery({
    ...api.identity.accounts.get.queryOptions({ input: { id, ...(purpose !== undefined && { purpose }) } }),
    // Each answer to a purpose is a reading in the log: it is asked for once, by the person, never by the page.
    ...(purpose !== undefined && {
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={account.data?.name ?? text.accounts.title}
      width="full"
      crumbs={[{ text: text.accounts.title, href: '/work/accounts' }]}
      badges={account.data && <State account={account.data} />}
    >
      <Loaded query={account} text={text.errors}>
        {(data) => (
          <>
            <AccountFacts account={data} />
            {has('administrator') && data.plain.length === 0 && (
              <Reveal onPurpose={setPurpose} busy={account.isFetching} />
            )}
            {has('administrator') && <AccountActions account={data} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function State({ account: { suspendedAt, demo } }: { readonly account: AccountDetail }) {
  const words = useText().accounts
  return (
    <>
      {suspendedAt === null ? (
        <Badge tone="met">{words.active}</Badge>
      ) : (
        <Badge tone="late">{words.suspended}</Badge>
      )}
      {demo && <Badge>{words.demo}</Badge>}
    </>
  )
}

function AccountFacts({ account }: { readonly account: AccountDetail }) {
  const text = useText()
  const words = text.accounts
  const organisations = account.memberships.map(
    ({ organisationName, role }) => `${organisationName} · ${text.account[role]}`,
  )
  return (
    <Facts
      rows={[
        { label: words.email, value: account.email },
        { label: words.phone, value: account.phone ?? text.account.none },
        { label: words.roles, value: account.roles.map(roleName).join('、') || text.account.none },
        { label: words.secondFactor, value: account.secondFactor ? words.yes : words.no },
        { label: words.memberships, value: organisations.join('、') || words.noMemberships },
        { label: words.since, value: <MomentText value={account.createdAt} /> },
        ...(account.suspendedAt === null
          ? []
          : [
              {
                label: words.suspended,
                value: <MomentText value={account.suspendedAt} />,
                note: account.suspendedBecause,
              },
            ]),
      ]}
    />
  )
}

function Reveal({
  onPurpose,
  busy,
}: {
  readonly onPurpose: (purpose: string) => void
  readonly busy: boolean
}) {
  const text = useText()
  const words = text.accounts
  const [purpose, setPurpose] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = () => {
    const tooShort = purpose.trim().length < 4
    setMissing(tooShort)
    if (!tooShort) onPurpose(purpose.trim())
  }
  return (
    <Section title={words.reveal} note={words.revealNote}>
      <Form
        label={words.reveal}
        onSubmit={submit}
        errors={missing ? [{ field: 'purpose', message: text.problem.purpose }] : []}
        actions={
          <Button type="submit" busy={busy}>
            {words.show}
          </Button>
        }
      >
        <TextField
          name="purpose"
          label={words.purpose}
          value={purpose}
          onChange={setPurpose}
          maxLength={200}
          required
        />
      </Form>
    </Section>
  )
}

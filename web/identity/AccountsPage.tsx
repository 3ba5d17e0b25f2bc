import { useInfiniteQuery } from '@tanstack/react-query'
import { ROLE_NAMES } from '../../src/identity/roles.ts'
import { api, type client } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { SelectField } from '../ui/fields.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import styles from './identity.module.css'
import { OpenAccountForm } from './OpenAccountForm.tsx'
import { asRole, roleName, useText } from './text.ts'

type Account = Awaited<ReturnType<typeof client.identity.accounts.list>>['items'][number]

export function AccountsPage() {
  const text = useText()
  const words = text.accounts
  const search = useSearchState()
  const { has } = useSession()
  const filters = {
    ...(search.text('q') !== '' && { search: search.text('q') }),
    ...(asRole(search.text('role')) !== undefined && { role: asRole(search.text('role')) }),
    ...(search.text('suspended') !== '' && { suspended: search.text('suspended') }),
  }
  const query = useInfiniteQuery(
    api.identity.accounts.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...filters,
        limit: 50,
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <Page title={words.title} lede={words.lede} width="full">
      <AccountFilters />
      <Loaded query={query} text={text.errors}>
        {({ pages }) => (
          <DataTable
            caption={words.caption}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ id }) => id}
            total={pages[0]?.total ?? 0}
            busy={query.isFetching}
            more={moreOf(query)}
            empty={{ title: words.empty, next: words.emptyNote }}
            columns={accountColumns(words)}
          />
        )}
      </Loaded>
      {has('administrator') && <OpenAccountForm />}
    </Page>
  )
}

function accountColumns(
  words: ReturnType<typeof useText>['accounts'],
): [Column<Account>, ...Column<Account>[]] {
  return [
    {
      name: 'name',
      header: words.name,
      cell: ({ id, name }) => <TextLink href={`/work/accounts/${id}`}>{name}</TextLink>,
    },
    { name: 'email', header: words.email, cell: ({ email }) => email },
    { name: 'roles', header: words.roles, cell: ({ roles }) => roles.map(roleName).join('、') },
    {
      name: 'secondFactor',
      header: words.secondFactor,
      cell: ({ secondFactor }) => (secondFactor ? words.yes : words.no),
    },
    {
      name: 'state',
      header: words.state,
      cell: ({ suspendedAt, demo }) => (
        <>
          {suspendedAt === null ? (
            <Badge tone="met">{words.active}</Badge>
          ) : (
            <Badge tone="late">{words.suspended}</Badge>
          )}{' '}
          {demo && <Badge>{words.demo}</Badge>}
        </>
      ),
    },
    {
      name: 'since',
      header: words.since,
      cell: ({ createdAt }) => <MomentText value={createdAt} />,
    },
  ]
}

function AccountFilters() {
  const words = useText().accounts
  const search = useSearchState()
  return (
    <search className={styles.filters}>
      <SearchField label={words.search} value={search.text('q')} onChange={(q) => search.set({ q })} />
      <SelectField
        name="role"
        label={words.role}
        value={search.text('role') || 'all'}
        onChange={(role) => search.set({ role: role === 'all' ? '' : role })}
        options={[
          { value: 'all', label: words.allRoles },
          ...ROLE_NAMES.map((role) => ({ value: role, label: roleName(role) })),
        ]}
      />
      <SelectField
        name="suspended"
        label={words.state}
        value={search.text('suspended') || 'all'}
        onChange={(suspended) => search.set({ suspended: suspended === 'all' ? '' : suspended })}
        options={[
          { value: 'all', label: words.allStates },
          { value: 'false', label: words.active },
          { value: 'true', label: words.suspended },
        ]}
      />
    </search>
  )
}

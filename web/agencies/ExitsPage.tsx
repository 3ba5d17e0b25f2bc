import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useContext } from 'react'
import { api, type client } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { SelectField } from '../ui/fields.tsx'
import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Failure } from '../ui/states.tsx'
import { NavigationContext, TextLink } from '../ui/TextLink.tsx'
import { NumberText } from '../ui/values.tsx'
import styles from './agencies.module.css'
import { useText, useZoneNames } from './queries.ts'

type Exit = Awaited<ReturnType<typeof client.agencies.exits>>['items'][number]

/** Agencies that meet a trigger of moving out, with the numbers behind it. */
export function ExitsPage() {
  const { moving: text, errors } = useText()
  const navigation = useContext(NavigationContext)
  const begin = useMutation(
    api.agencies.beginExit.mutationOptions({
      onSuccess: ({ number }) => navigation?.go(`/work/matters/${number}`),
    }),
  )
  const names = useZoneNames()
  const search = useSearchState()
  const trigger = search.text('trigger')
  const exits = useInfiniteQuery(
    api.agencies.exits.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 100,
        ...(trigger !== '' && { trigger }),
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Page title={text.exits.title} lede={text.exits.lede} width="full">
      <Loaded query={exits} text={text.errors}>
        {({ pages }) => (
          <>
            <div className={styles.filters}>
              <SelectField
                name="trigger"
                label={text.exits.filter}
                value={trigger}
                onChange={(value) => search.set({ trigger: value })}
                options={(pages[0]?.counts ?? []).map(({ code, names: trigger, agencies }) => ({
                  value: code,
                  label: `${either(trigger)} (${agencies})`,
                }))}
              />
              {pages[0]?.sample && <Badge tone="info">{text.sample}</Badge>}
            </div>
            {begin.error && <Failure error={begin.error} text={{ ...errors, ...text.errors }} />}
            <DataTable
              caption={text.exits.table}
              tall
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ code }) => code}
              total={pages[0]?.total ?? 0}
              more={moreOf(exits)}
              empty={{ title: text.exits.none }}
              columns={[
                {
                  name: 'agency',
                  header: text.exits.agency,
                  cell: ({ code, name }) => <TextLink href={`/agencies/${code}`}>{name}</TextLink>,
                },
                {
                  name: 'carrier',
                  header: text.exits.carrier,
                  cell: ({ carrier }) => names.carrier(carrier),
                },
                { name: 'triggers', header: text.exits.triggers, cell: (row) => <Triggers exit={row} /> },
                {
                  name: 'files',
                  header: text.exits.openFiles,
                  numeric: true,
                  cell: ({ openFiles }) => <NumberText value={openFiles} />,
                },
                {
                  name: 'clients',
                  header: text.exits.clients,
                  cell: ({ code }) => (
                    <TextLink href={`/work/agencies/${code}/clients`}>{text.exits.clients}</TextLink>
                  ),
                },
                {
                  name: 'next',
                  header: text.exits.next,
                  cell: ({ code, name, running }) =>
                    running === null ? (
                      <Button busy={begin.isPending} onClick={() => begin.mutate({ code })}>
                        {text.exits.begin}
                        <span className="visually-hidden"> {name}</span>
                      </Button>
                    ) : (
                      <TextLink href={`/work/matters/${running}`}>{text.exits.running(running)}</TextLink>
                    ),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Triggers({ exit }: { readonly exit: Exit }) {
  const { moving: text } = useText()
  return exit.triggers
    .filter(({ met }) => met)
    .map(({ code, kind, names, value, limit, days }) => (
      <p key={code} className={styles.price}>
        <Badge tone="risk">{either(names)}</Badge>{' '}
        {text.exits.value[kind](formatNumber(value ?? 0), formatNumber(limit))} {days.at(-1)}
      </p>
    ))
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { SelectField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { usePathParameter, useSearchState } from '../ui/search-state.ts'
import { SignedOut } from '../ui/states.tsx'
import { NavigationContext } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import styles from './matters.module.css'
import type { Procedure } from './queries.ts'
import { useText } from './text.ts'

/** For whom and where: the last page before the form. What was begun before is offered first. */
export function StartPage() {
  const text = useText()
  const code = usePathParameter('code')
  const { signedIn } = useSession()
  const procedure = useQuery(api.matters.procedure.queryOptions({ input: { code } }))
  const { data } = procedure
  return (
    <Page
      title={data ? text.start.title(either(data.names)) : code}
      width="prose"
      crumbs={[
        { text: text.catalogue.title, href: '/services' },
        { text: data ? either(data.names) : code, href: `/services/${code}` },
      ]}
    >
      <Loaded query={procedure} text={text.errors}>
        {(found) => (signedIn ? <Beginning procedure={found} /> : <SignedOut />)}
      </Loaded>
    </Page>
  )
}

function Beginning({ procedure }: { readonly procedure: Procedure }) {
  const text = useText()
  const drafts = useQuery(api.matters.drafts.queryOptions({ input: { procedure: procedure.code, limit: 5 } }))
  const [again, setAgain] = useState(false)
  return (
    <Loaded query={drafts} text={text.errors}>
      {({ items }) => (
        <>
          {items.length > 0 && (
            <Notice tone="info" title={text.start.begun(items.length)}>
              <ul className={styles.begun}>
                {items.map(({ id, savedAt, organisation }) => (
                  <li key={id}>
                    <span>
                      {organisation?.name ?? text.start.myself} · {text.start.savedAt}{' '}
                      <MomentText value={savedAt} />
                    </span>
                    <ButtonLink href={`/my/drafts/${id}`}>{text.start.goOn}</ButtonLink>
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          {items.length > 0 && !again ? (
            <p className={styles.after}>
              <Button onClick={() => setAgain(true)}>{text.start.another}</Button>
            </p>
          ) : (
            <StartForm procedure={procedure} />
          )}
        </>
      )}
    </Loaded>
  )
}

const MYSELF = 'myself'

function StartForm({ procedure }: { readonly procedure: Procedure }) {
  const text = useText()
  const { actor } = useSession()
  const search = useSearchState()
  const navigation = useContext(NavigationContext)
  const memberships = actor.kind === 'account' ? actor.memberships : []
  const choices = [
    ...(procedure.onBehalfOf === 'organisation' ? [] : [{ value: MYSELF, label: text.start.myself }]),
    ...(procedure.onBehalfOf === 'person'
      ? []
      : memberships.map(({ organisationId, organisationName }) => ({
          value: organisationId,
          label: organisationName,
        }))),
  ]
  const [whom, setWhom] = useState(choices.length === 1 ? (choices[0]?.value ?? '') : '')
  const [missing, setMissing] = useState(false)
  const station = search.text('station')
  const open = useMutation(
    api.matters.openDraft.mutationOptions({
      onSuccess: ({ id }) => navigation?.go(`/my/drafts/${id}`),
    }),
  )
  const begin = () => {
    setMissing(whom === '')
    if (whom === '') return
    open.mutate({
      procedure: procedure.code,
      ...(whom !== MYSELF && { organisationId: whom }),
      ...(station && { station }),
    })
  }
  if (choices.length === 0) {
    return (
      <Notice tone="risk" title={text.start.noOrganisation}>
        <p>{text.start.noOrganisationNext}</p>
      </Notice>
    )
  }
  return (
    <Form
      onSubmit={begin}
      errors={missing ? [{ field: 'whom', message: text.start.whomMissing }] : []}
      error={open.error}
      text={text.errors}
      actions={
        <Button kind="primary" type="submit" busy={open.isPending}>
          {text.start.begin}
        </Button>
      }
    >
      <RadioGroup name="whom" label={text.start.whom} options={choices} value={whom} onChange={setWhom} />
      <SelectField
        name="station"
        label={text.start.station}
        required={false}
        options={procedure.stations.map(({ code, names }) => ({ value: code, label: either(names) }))}
        value={station}
        onChange={(value) => search.set({ station: value })}
      />
      <StationReason procedure={procedure.code} station={station} />
      <p className={styles.quiet}>{text.start.kept}</p>
    </Form>
  )
}

/** Where it will go, and why there. */
export function StationReason({
  procedure,
  station,
}: {
  readonly procedure: string
  readonly station: string
}) {
  const text = useText()
  const route = useQuery(
    api.matters.route.queryOptions({ input: { code: procedure, ...(station && { station }) } }),
  )
  if (!route.data) return null
  return (
    <p className={styles.route} role="status">
      {text.start.goesTo(either(route.data.names))} {either(route.data.reason.words)}
    </p>
  )
}

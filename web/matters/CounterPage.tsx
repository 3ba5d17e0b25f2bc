import { useMutation, useQuery } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { api } from '../app/api.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Empty } from '../ui/states.tsx'
import { NavigationContext } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import styles from './matters.module.css'
import type { ProcedureItem } from './queries.ts'
import { useText } from './text.ts'

/** At the window: an officer fills in for whoever stands there. Large type, since both read the same screen. */
export function CounterPage() {
  const text = useText()
  const posted = useQuery(api.matters.list.queryOptions({ input: { scope: 'queue', limit: 1 } }))
  return (
    <div className={styles.counter}>
      <Page title={text.counter.title} lede={text.counter.lede}>
        <Loaded query={posted} text={text.errors}>
          {({ stations }) =>
            stations.length === 0 ? (
              <Empty title={text.counter.noStation}>{text.counter.noStationNext}</Empty>
            ) : (
              <AtWindow stations={stations} />
            )
          }
        </Loaded>
      </Page>
    </div>
  )
}

interface AtWindowProps {
  readonly stations: readonly {
    readonly code: string
    readonly names: { readonly zh: string; readonly en: string }
  }[]
}

function AtWindow({ stations }: AtWindowProps) {
  const text = useText()
  const search = useSearchState()
  const station = search.text('station') || (stations[0]?.code ?? '')
  const chosen = search.text('procedure')
  return (
    <div className={styles.atWindow}>
      {stations.length > 1 && (
        <SelectField
          name="station"
          label={text.counter.station}
          options={stations.map(({ code, names }) => ({ value: code, label: either(names) }))}
          value={station}
          onChange={(value) => search.set({ station: value })}
        />
      )}
      {chosen === '' ? (
        <>
          <Unfinished />
          <Choose station={station} />
        </>
      ) : (
        <Person procedure={chosen} station={station} />
      )}
    </div>
  )
}

function Choose({ station }: { readonly station: string }) {
  const text = useText()
  const search = useSearchState()
  const q = search.text('q')
  const procedures = useQuery({
    ...api.matters.procedures.queryOptions({ input: { station, ...(q && { q }) } }),
    placeholderData: (before) => before,
  })
  return (
    <Section title={text.counter.procedure} layout="stacked">
      <SearchField value={q} label={text.counter.search} onChange={(value) => search.set({ q: value })} />
      <Loaded query={procedures} text={text.errors}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={text.catalogue.none}>{text.catalogue.noneNext}</Empty>
          ) : (
            <ul className={styles.services}>
              {items.map((item) => (
                <Choice
                  key={item.code}
                  item={item}
                  onChoose={() => search.set({ procedure: item.code, q: '' }, { push: true })}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function Choice({ item, onChoose }: { readonly item: ProcedureItem; readonly onChoose: () => void }) {
  const text = useText()
  return (
    <li className={styles.service}>
      <div>
        <h3>{either(item.names)}</h3>
        <p>{either(item.summary)}</p>
      </div>
      <Button onClick={onChoose}>
        {text.counter.choose}
        <span className="visually-hidden"> {either(item.names)}</span>
      </Button>
    </li>
  )
}

/** What was begun at a counter and not finished: the person may come back. */
function Unfinished() {
  const text = useText()
  const drafts = useQuery(api.matters.drafts.queryOptions({ input: { limit: 10 } }))
  const items = (drafts.data?.items ?? []).filter(({ counter }) => counter !== null)
  if (items.length === 0) return null
  return (
    <Section title={text.counter.begun} layout="stacked">
      <ul className={styles.begun}>
        {items.map(({ id, procedure, savedAt, counter }) => (
          <li key={id}>
            <span>
              {either(procedure.names)} {counter?.name} · {text.start.savedAt} <MomentText value={savedAt} />
            </span>
            <ButtonLink href={`/work/counter/${id}`}>
              {text.start.goOn}
              <span className="visually-hidden"> {either(procedure.names)}</span>
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Person({ procedure: code, station }: { readonly procedure: string; readonly station: string }) {
  const text = useText()
  const search = useSearchState()
  const navigation = useContext(NavigationContext)
  const procedure = useQuery(api.matters.procedure.queryOptions({ input: { code } }))
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [missing, setMissing] = useState(false)
  const open = useMutation(
    api.matters.openDraft.mutationOptions({
      onSuccess: ({ id }) => navigation?.go(`/work/counter/${id}`),
    }),
  )
  const begin = () => {
    setMissing(name.trim() === '')
    if (name.trim() === '') return
    open.mutate({
      procedure: code,
      station,
      counter: { name: name.trim(), ...(email.trim() && { email: email.trim() }) },
    })
  }
  return (
    <Section title={text.counter.person} layout="stacked">
      <p>{procedure.data && text.counter.chosen(either(procedure.data.names))}</p>
      <Form
        label={text.counter.person}
        onSubmit={begin}
        errors={missing ? [{ field: 'counterName', message: text.counter.personNameNeeded }] : []}
        error={open.error}
        text={text.errors}
        actions={
          <>
            <Button kind="primary" type="submit" busy={open.isPending}>
              {text.counter.begin}
            </Button>
            <Button kind="quiet" onClick={() => search.set({ procedure: '' })}>
              {text.counter.again}
            </Button>
          </>
        }
      >
        <TextField
          name="counterName"
          label={text.counter.personName}
          maxLength={100}
          value={name}
          onChange={setName}
        />
        <TextField
          name="counterEmail"
          type="email"
          inputMode="email"
          label={text.counter.personEmail}
          hint={text.counter.personEmailHint}
          required={false}
          value={email}
          onChange={setEmail}
        />
      </Form>
    </Section>
  )
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useSession, useZone } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { DateField, SelectField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Differences } from './Differences.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Statistics.module.css'

/** Freezing a day, and looking after what was frozen. */
export function SnapshotDeskPage() {
  const text = useMessages({ zh, en })
  const session = useSession()
  return (
    <Page title={text.desk.title} lede={text.desk.lede} width="full">
      {session.has('statistician') && <Freeze />}
      <Check />
    </Page>
  )
}

function Freeze() {
  const text = useMessages({ zh, en })
  const zone = useZone()
  const queryClient = useQueryClient()
  const [asOf, setAsOf] = useState(lastQuarterEnd(zone?.today ?? ''))
  const [title, setTitle] = useState('')
  const [missing, setMissing] = useState<readonly { field: string; message: string }[]>([])
  const take = useMutation(
    api.statistics.takeSnapshot.mutationOptions({
      onSuccess: async () => {
        setTitle('')
        await queryClient.invalidateQueries({ queryKey: api.statistics.key() })
      },
    }),
  )
  const submit = () => {
    const { required } = text.desk
    const problems = [
      ...(asOf === '' ? [{ field: 'asOf', message: required.asOf }] : []),
      ...(title.trim() === '' ? [{ field: 'title', message: required.title }] : []),
    ]
    setMissing(problems)
    if (problems.length === 0) take.mutate({ asOf, title })
  }
  return (
    <Section title={text.desk.freeze}>
      {take.data !== undefined && <Notice tone="met" title={text.desk.taken(take.data.title)} live />}
      <Form
        onSubmit={submit}
        error={take.error}
        errors={missing}
        text={text.errors}
        label={text.desk.freeze}
        actions={
          <Button kind="primary" type="submit" busy={take.isPending}>
            {text.desk.take}
          </Button>
        }
      >
        <DateField
          name="asOf"
          label={text.desk.asOf}
          hint={text.desk.asOfHint}
          value={asOf}
          onChange={setAsOf}
          required
        />
        <TextField
          name="title"
          label={text.desk.name}
          hint={text.desk.nameHint}
          value={title}
          onChange={setTitle}
          maxLength={200}
          required
        />
      </Form>
    </Section>
  )
}

/** The day most snapshots are taken for: the end of the last full quarter. */
function lastQuarterEnd(today: string): string {
  const [year, month] = today.split('-').map(Number)
  if (year === undefined || month === undefined) return ''
  const firstOfQuarter = Date.UTC(year, Math.floor((month - 1) / 3) * 3, 1)
  return new Date(firstOfQuarter - 86_400_000).toISOString().slice(0, 10)
}

function Check() {
  const text = useMessages({ zh, en })
  const search = useSearchState()
  const query = useQuery(api.statistics.snapshots.queryOptions())
  return (
    <Section title={text.desk.check} layout="stacked">
      <Loaded query={query} text={text.errors}>
        {({ items }) => {
          const [newest] = items
          if (newest === undefined) return <p>{text.desk.none}</p>
          const chosen = items.find(({ id }) => id === search.text('snapshot')) ?? newest
          return (
            <>
              <div className={styles.choice}>
                <SelectField
                  name="snapshot"
                  label={text.desk.choose}
                  value={chosen.id}
                  onChange={(id) => search.set({ snapshot: id })}
                  options={items.map(({ id, asOf, title }) => ({ value: id, label: `${asOf} ${title}` }))}
                />
              </div>
              <Differences key={chosen.id} snapshotId={chosen.id} />
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

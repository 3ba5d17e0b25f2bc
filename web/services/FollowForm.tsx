import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { useText } from './text.ts'

type Feed = Awaited<ReturnType<typeof client.services.subscriptions.feeds>>['items'][number]

/** A link elsewhere may choose beforehand: `/account/subscriptions?feed=…&topic=…`. */
export function FollowForm() {
  const text = useText()
  const query = useQuery(api.services.subscriptions.feeds.queryOptions())
  return (
    <Loaded query={query} text={text.errors}>
      {({ items }) => <Choosing feeds={items} />}
    </Loaded>
  )
}

function Choosing({ feeds }: { readonly feeds: readonly Feed[] }) {
  const text = useText()
  const words = text.subscriptions
  const announce = useAnnounce()
  const search = useSearchState()
  const [code, setCode] = useState(search.text('feed'))
  const [topic, setTopic] = useState(search.text('topic'))
  const [rhythm, setRhythm] = useState<'daily' | 'weekly'>('daily')
  const feed = feeds.find((one) => one.code === code)
  const subscribe = useMutation(
    api.services.subscriptions.subscribe.mutationOptions({
      onSuccess: () => {
        setTopic('')
        announce(words.subscribed)
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.services.subscriptions.key() }),
    }),
  )
  return (
    <Form
      onSubmit={() => subscribe.mutate({ feed: code, topic, rhythm })}
      error={subscribe.error}
      text={text.errors}
      actions={
        <Button
          kind="primary"
          type="submit"
          busy={subscribe.isPending}
          disabled={code === '' || topic === ''}
        >
          {words.subscribe}
        </Button>
      }
    >
      <SelectField
        name="feed"
        label={words.feed}
        hint={feed === undefined ? undefined : either(feed.summary)}
        value={code}
        onChange={(value) => {
          setCode(value)
          setTopic('')
        }}
        options={feeds.map((one) => ({
          value: one.code,
          label: `${words.about[one.about]} · ${either(one.names)}`,
        }))}
      />
      {feed !== undefined && <TopicField feed={feed} value={topic} onChange={setTopic} />}
      <RadioGroup
        name="rhythm"
        label={words.rhythm}
        inline
        value={rhythm}
        onChange={(value) => setRhythm(value === 'weekly' ? 'weekly' : 'daily')}
        options={(['daily', 'weekly'] as const).map((value) => ({ value, label: words.rhythms[value] }))}
      />
    </Form>
  )
}

interface TopicFieldProps {
  readonly feed: Feed
  readonly value: string
  readonly onChange: (value: string) => void
}

/** One of those that there are, or a code where there are too many to list. */
function TopicField({ feed, value, onChange }: TopicFieldProps) {
  const words = useText().subscriptions
  if (feed.topics === null) {
    return (
      <TextField
        name="topic"
        label={feed.asks === null ? words.topic : either(feed.asks)}
        value={value}
        onChange={onChange}
        required
      />
    )
  }
  return (
    <SelectField
      name="topic"
      label={words.topic}
      value={value}
      onChange={onChange}
      options={feed.topics.map(({ code, names }) => ({ value: code, label: either(names) }))}
    />
  )
}

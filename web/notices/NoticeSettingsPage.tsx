import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { SignedOut } from '../ui/states.tsx'
import { AddressForm } from './AddressForm.tsx'
import styles from './notices.module.css'
import { useText } from './text.ts'

export type Preferences = Awaited<ReturnType<typeof client.notices.preferences>>
type Kind = Preferences['kinds'][number]
type Channel = keyof Kind['wants']

const CHANNELS = ['mail', 'sms', 'wechat'] as const

/** Which kinds of notices reach one by which channels, in which language, and where. */
export function NoticeSettingsPage() {
  const text = useText()
  const words = text.preferences
  const { signedIn } = useSession()
  const query = useQuery({ ...api.notices.preferences.queryOptions(), enabled: signedIn })
  if (!signedIn) {
    return (
      <Page title={text.settings} width="prose">
        <SignedOut />
      </Page>
    )
  }
  return (
    <Page title={text.settings} lede={words.lede} crumbs={[{ text: text.title, href: '/account/notices' }]}>
      <Loaded query={query} text={text.errors}>
        {(preferences) => (
          <>
            <Section title={words.channels} layout="stacked">
              <ChoiceForm preferences={preferences} />
            </Section>
            <Section title={words.addresses} note={words.addressesNote}>
              {preferences.addresses.map((address) => (
                <AddressForm key={address.channel} address={address} />
              ))}
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** What is chosen stays a draft of the page until it is saved; only what was touched is sent. */
function ChoiceForm({ preferences }: { readonly preferences: Preferences }) {
  const text = useText()
  const words = text.preferences
  const [language, setLanguage] = useState<'zh' | 'en' | null>(preferences.language)
  const [touched, setTouched] = useState<ReadonlyMap<string, boolean>>(new Map())
  const save = useMutation(
    api.notices.choose.mutationOptions({
      onSuccess: (kept) => {
        queryClient.setQueryData(api.notices.preferences.queryKey(), kept)
        setTouched(new Map())
      },
    }),
  )
  const changed = touched.size > 0 || language !== preferences.language
  const submit = () => {
    const choices = [...touched].map(([key, wanted]) => {
      const [kind = '', channel] = key.split(' ')
      return { kind, channel: channel as Channel, wanted }
    })
    save.mutate({ language, choices })
  }
  return (
    <Form
      label={words.channels}
      onSubmit={submit}
      error={save.error}
      text={text.errors}
      saved={changed ? 'unsaved' : undefined}
      actions={
        <Button kind="primary" type="submit" busy={save.isPending}>
          {words.save}
        </Button>
      }
    >
      <ChoiceTable
        preferences={preferences}
        wants={(kind, channel) => touched.get(`${kind.code} ${channel}`) ?? kind.wants[channel]}
        onChoose={(kind, channel, wanted) =>
          setTouched(new Map([...touched, [`${kind.code} ${channel}`, wanted]]))
        }
      />
      <RadioGroup
        name="language"
        label={words.language}
        hint={words.languageHint}
        value={language ?? 'both'}
        onChange={(value) => setLanguage(value === 'zh' || value === 'en' ? value : null)}
        options={(['both', 'zh', 'en'] as const).map((value) => ({ value, label: words.languages[value] }))}
      />
      {save.isSuccess && !changed && <p role="status">{words.saved}</p>}
    </Form>
  )
}

interface ChoiceTableProps {
  readonly preferences: Preferences
  readonly wants: (kind: Kind, channel: Channel) => boolean
  readonly onChoose: (kind: Kind, channel: Channel, wanted: boolean) => void
}

function ChoiceTable({ preferences, wants, onChoose }: ChoiceTableProps) {
  const words = useText().preferences
  return (
    <table className={styles.choices}>
      <caption className="visually-hidden">{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">
            {words.kind}
            {preferences.email !== null && <p>{words.email(preferences.email)}</p>}
          </th>
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              {words.channel[channel]}
              <ChannelNote preferences={preferences} channel={channel} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {preferences.kinds.map((kind) => (
          <tr key={kind.code}>
            <th scope="row">
              {either(kind.names)}
              <p>{either(kind.summary)}</p>
            </th>
            {CHANNELS.map((channel) => (
              <td key={channel}>
                <label>
                  <input
                    type="checkbox"
                    aria-label={words.choice(either(kind.names), words.channel[channel])}
                    checked={wants(kind, channel)}
                    onChange={(event) => onChoose(kind, channel, event.target.checked)}
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Why a column has no effect yet. */
function ChannelNote({
  preferences,
  channel,
}: {
  readonly preferences: Preferences
  readonly channel: Channel
}) {
  const words = useText().preferences
  const address = preferences.addresses.find((one) => one.channel === channel)
  if (address === undefined || address.state === 'confirmed') return null
  return <p>{address.available ? words.needsAddress : words.closed}</p>
}

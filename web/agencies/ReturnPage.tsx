import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { useSession } from '../app/session.ts'
import { PeriodState } from './PeriodTable.tsx'
import { useText } from './queries.ts'
import { Amount, Explanations } from './return-values.tsx'
import { ReturnForm } from './ReturnForm.tsx'
import { ReturnHistory } from './ReturnHistory.tsx'

export type ReturnFormData = Awaited<ReturnType<typeof client.agencies.returnForm>>

/** One return: its form while it is open, what was filed and why afterwards, and every revision. */
export function ReturnPage() {
  const { returns: text } = useText()
  const [code, period] = [usePathParameter('code'), usePathParameter('period')]
  const [purpose, setPurpose] = useState<string>()
  const [revising, setRevising] = useState(false)
  const [filed, setFiled] = useState(false)
  const input = { code, period, ...(purpose !== undefined && { purpose }) }
  const form = useQuery(api.agencies.returnForm.queryOptions({ input }))
  const { data } = form
  return (
    <Page
      title={text.periodName(period)}
      eyebrow={data ? `${text.title} · ${data.agency.name}` : text.title}
      crumbs={[{ text: text.title, href: '/work/returns' }]}
      width="prose"
      {...(data && {
        badges: <PeriodState state={data.state} />,
        lede: data.filedOn === null ? text.form.lede(data.dueOn) : text.form.filedLede(data.filedOn),
      })}
    >
      {filed && (
        <Notice tone="met" title={text.form.filed} live>
          <p>{text.form.filedNext}</p>
        </Notice>
      )}
      <Loaded query={form} text={text.errors}>
        {(found) => (
          <>
            <Standing form={found} />
            {found.masked && <Purpose onPurpose={setPurpose} />}
            {found.filedOn !== null && !revising ? (
              <Filed form={found} onRevise={() => setRevising(true)} />
            ) : (
              <ReturnForm
                key={`${found.filedOn} ${found.revisions}`}
                form={found}
                onFiled={() => {
                  setRevising(false)
                  setFiled(true)
                }}
              />
            )}
            <Section title={text.form.history} layout="stacked">
              <ReturnHistory code={code} period={period} purpose={purpose} form={found} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Standing({ form }: { readonly form: ReturnFormData }) {
  const { returns: text } = useText()
  return (
    <>
      {form.form.sample && (
        <p>
          <Badge tone="info">{text.form.sample}</Badge> {text.form.sampleNote}
        </p>
      )}
      {form.state === 'not-open' && <Notice>{text.form.notOpen(form.periodTo)}</Notice>}
    </>
  )
}

/** Who may see what was reported says what for; who may not is shown nothing more. */
function Purpose({ onPurpose }: { readonly onPurpose: (purpose: string) => void }) {
  const { returns: text } = useText()
  const session = useSession()
  const [typed, setTyped] = useState('')
  return (
    <Notice title={text.form.hidden}>
      {session.has('officer', 'statistician') && (
        <Form
          label={text.form.purpose}
          onSubmit={() => typed.trim().length >= 4 && onPurpose(typed.trim())}
          actions={<Button type="submit">{text.form.show}</Button>}
        >
          <TextField
            name="purpose"
            label={text.form.purpose}
            value={typed}
            onChange={setTyped}
            maxLength={200}
          />
        </Form>
      )}
    </Notice>
  )
}

function Filed({ form, onRevise }: { readonly form: ReturnFormData; readonly onRevise: () => void }) {
  const { returns: text } = useText()
  const { answers } = form
  return (
    <>
      {answers !== null &&
        form.form.parts.map((part) => (
          <Section key={part.code} title={either(part.names)}>
            <Facts
              label={either(part.names)}
              rows={part.fields.map(({ code, names, unit }) => ({
                label: either(names),
                value: answers[code] === undefined ? null : <Amount unit={unit} value={answers[code]} />,
              }))}
            />
          </Section>
        ))}
      {form.explained.length > 0 && (
        <Section title={text.form.explained} layout="stacked">
          <Explanations findings={form.explained} form={form} />
        </Section>
      )}
      <p>
        <Button onClick={onRevise}>{text.form.startRevision}</Button>
      </p>
    </>
  )
}

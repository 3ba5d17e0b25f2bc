import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { SelectField, TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { useText } from './text.ts'

type Report = Awaited<ReturnType<typeof client.reports.get>>
type Commentary = Record<string, { zh: string; en: string }>

/** Where statisticians begin a report, write around its figures, and publish it. */
export function ReportDeskPage() {
  const text = useText()
  const query = useQuery(api.reports.list.queryOptions())
  return (
    <Page
      title={text.desk}
      lede={text.lede}
      width="full"
      actions={<ButtonLink href="/reports">{text.title}</ButtonLink>}
    >
      <Begin />
      <Loaded query={query} text={text.errors}>
        {({ items }) => {
          const drafts = items.filter(({ state }) => state === 'draft')
          if (drafts.length === 0) return <p>{text.noDrafts}</p>
          return drafts.map(({ id }) => <Draft key={id} id={id} />)
        }}
      </Loaded>
    </Page>
  )
}

function Begin() {
  const text = useText()
  const queryClient = useQueryClient()
  const snapshots = useQuery(api.statistics.snapshots.queryOptions())
  const [chosen, setChosen] = useState('')
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([])
  const begin = useMutation(
    api.reports.begin.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.reports.key() }),
    }),
  )
  const submit = (items: readonly { id: string; asOf: string }[]) => {
    const snapshot = items.find(({ id }) => id === chosen)
    setErrors(snapshot === undefined ? [{ field: 'snapshotId', message: text.required.snapshot }] : [])
    if (snapshot !== undefined)
      begin.mutate({ year: Number(snapshot.asOf.slice(0, 4)), snapshotId: snapshot.id })
  }
  return (
    <Section title={text.begin} note={text.beginNote}>
      <Loaded query={snapshots} text={text.errors}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{text.noSnapshots}</p>
          ) : (
            <Form
              onSubmit={() => submit(items)}
              errors={errors}
              error={begin.error}
              text={text.errors}
              actions={
                <Button type="submit" kind="primary" busy={begin.isPending}>
                  {text.beginButton}
                </Button>
              }
            >
              <SelectField
                name="snapshotId"
                label={text.chooseSnapshot}
                value={chosen}
                onChange={setChosen}
                options={items.map(({ id, asOf, title }) => ({ value: id, label: `${asOf} ${title}` }))}
              />
            </Form>
          )
        }
      </Loaded>
    </Section>
  )
}

function Draft({ id }: { readonly id: string }) {
  const text = useText()
  const query = useQuery(
    api.reports.get.queryOptions({ input: { id, language }, refetchOnWindowFocus: false }),
  )
  return (
    <Loaded query={query} text={text.errors}>
      {(report) => <Writing key={report.version} report={report} />}
    </Loaded>
  )
}

function Writing({ report }: { readonly report: Report }) {
  const text = useText()
  const queryClient = useQueryClient()
  const refresh = { onSuccess: () => queryClient.invalidateQueries({ queryKey: api.reports.key() }) }
  const [commentary, setCommentary] = useState<Commentary>(report.commentary)
  const write = useMutation(api.reports.write.mutationOptions(refresh))
  const publish = useMutation(api.reports.publish.mutationOptions(refresh))
  const { id, version, year, edition, content } = report
  const sections = [{ code: 'foreword', title: text.foreword }, ...content.sections]
  const put = (code: string, part: { zh?: string; en?: string }) =>
    setCommentary({ ...commentary, [code]: { ...(commentary[code] ?? { zh: '', en: '' }), ...part } })
  return (
    <Section title={text.name(year, edition)} note={text.publishNote}>
      {write.isSuccess && <Notice tone="met" title={text.saved} live />}
      <Form
        onSubmit={() => write.mutate({ id, version, commentary })}
        error={write.error ?? publish.error}
        text={text.errors}
        label={text.write}
        actions={
          <>
            <Button type="submit" busy={write.isPending}>
              {text.save}
            </Button>
            <a className="button" data-kind="plain" href={`/api/v1/reports/${id}/file?language=${language}`}>
              {text.preview}
            </a>
            <Button kind="primary" busy={publish.isPending} onClick={() => publish.mutate({ id, version })}>
              {text.publish}
            </Button>
          </>
        }
      >
        {sections.flatMap(({ code, title }) =>
          (['zh', 'en'] as const).map((one) => (
            <TextAreaField
              key={`${code}-${one}`}
              name={`${code}-${one}`}
              label={`${title} (${text.inLanguage[one]})`}
              value={commentary[code]?.[one] ?? ''}
              onChange={(value) => put(code, { [one]: value })}
              maxLength={6000}
              rows={4}
              required={false}
            />
          )),
        )}
      </Form>
    </Section>
  )
}

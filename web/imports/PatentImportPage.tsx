import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatBytes, formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { Progress } from '../ui/Progress.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { MomentText, NumberText } from '../ui/values.tsx'
import { MappingSection } from './MappingSection.tsx'
import { PatentReport } from './PatentReport.tsx'
import { TONES } from './PatentImportsPage.tsx'
import type { Format } from './patents.zh.ts'
import type { PatentImport } from './queries.ts'
import { type Text, useText } from './text.ts'

const UNDER_WAY = 1000

/** One file of patents: how it is read, how far its import is, what became of its rows. */
export function PatentImportPage() {
  const text = useText()
  const id = usePathParameter('id')
  const found = useQuery({
    ...api.patentImports.get.queryOptions({ input: { id } }),
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'waiting' || data?.state === 'running' ? UNDER_WAY : false,
  })
  const run = found.data
  return (
    <Page
      title={run?.fileName ?? text.patents.title}
      eyebrow={run && (text.patents.formats[run.format as Format] ?? run.format)}
      crumbs={[
        { text: text.title, href: '/work/imports' },
        { text: text.patents.title, href: '/work/imports/patents' },
      ]}
      badges={run && <Badge tone={TONES[run.state]}>{text.patents.states[run.state]}</Badge>}
      width="full"
    >
      <Loaded query={found} text={{ ...text.errors, ...text.patents.errors }}>
        {(one) => (
          <>
            {one.state === 'prepared' ? <MappingSection run={one} /> : <Account run={one} />}
            {one.state !== 'prepared' && <PatentReport run={one} />}
            <AboutFile run={one} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Account({ run }: { readonly run: PatentImport }) {
  const text = useText()
  const parts = (['accepted', 'updated', 'unchanged', 'refused'] as const).map((name) => ({
    label: text[name],
    value: <NumberText value={run[name]} />,
    said: `${text[name]} ${formatNumber(run[name])}`,
  }))
  return (
    <>
      {(run.state === 'waiting' || run.state === 'running') && <UnderWay run={run} />}
      {run.state === 'stopped' && <Notice tone="risk">{text.patents.stoppedWords}</Notice>}
      {run.failure !== null && <Notice tone="late">{text.patents.failedWords(either(run.failure))}</Notice>}
      <Section
        title={text.account}
        note={text.sum(
          formatNumber(run.rows),
          parts.map(({ said }) => said),
        )}
      >
        <Facts
          label={text.account}
          rows={[
            { label: text.rows, value: <NumberText value={run.rows} /> },
            ...parts.map(({ label, value }) => ({ label, value })),
          ]}
        />
      </Section>
    </>
  )
}

function UnderWay({ run }: { readonly run: PatentImport }) {
  const text = useText()
  const mayStop = useSession().has('officer', 'operator')
  const stop = useMutation(
    api.patentImports.stop.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  )
  return (
    <Section title={text.patents.progress} layout="stacked">
      <ErrorSummary error={stop.error} text={{ ...text.errors, ...text.patents.errors }} />
      <p>{run.state === 'waiting' ? text.patents.waitingWords : text.patents.runningWords}</p>
      <Progress label={text.patents.progress} share={run.state === 'waiting' ? 0 : run.share}>
        <span>{text.patents.rowsDone(formatNumber(run.rows))}</span>
        {run.secondsLeft !== null && <span>{text.patents.left(timeOf(run.secondsLeft, text))}</span>}
      </Progress>
      {mayStop && (
        <p>
          <Button busy={stop.isPending} onClick={() => stop.mutate({ id: run.id })}>
            {text.patents.stop}
          </Button>
        </p>
      )}
    </Section>
  )
}

function timeOf(seconds: number, { patents }: Text): string {
  return seconds < 90 ? patents.seconds(seconds) : patents.minutes(Math.ceil(seconds / 60))
}

function AboutFile({ run }: { readonly run: PatentImport }) {
  const text = useText()
  return (
    <Section title={text.about}>
      <Facts
        label={text.about}
        rows={[
          { label: text.name, value: run.fileName },
          { label: text.patents.format, value: text.patents.formats[run.format as Format] ?? run.format },
          ...(run.encoding === null ? [] : [{ label: text.patents.encoding, value: run.encoding }]),
          ...(run.observedOn === null ? [] : [{ label: text.patents.observedOn, value: run.observedOn }]),
          ...(run.finishedAt === null
            ? []
            : [{ label: text.finishedAt, value: <MomentText value={run.finishedAt} /> }]),
          ...(run.versionBefore === null || run.versionAfter === null
            ? []
            : [
                {
                  label: text.patents.version,
                  value: text.patents.versions(
                    formatNumber(run.versionBefore),
                    formatNumber(run.versionAfter),
                  ),
                },
              ]),
          { label: text.bytes, value: formatBytes(run.fileBytes) },
          { label: text.hash, value: <code>{run.fileSha256}</code> },
        ]}
      />
    </Section>
  )
}

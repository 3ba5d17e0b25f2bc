import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { queryClient } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { fieldOf, FIELD_NAMES, type FieldName } from '../../src/patents/fields.rules.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { CheckboxField } from '../ui/choices.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { DateField, SelectField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Findings } from './Findings.tsx'
import styles from './imports.module.css'
import type { Warning } from './patents.zh.ts'
import type { PatentImport, PatentPreview, PatentSheet } from './queries.ts'
import { type Text, useText } from './text.ts'

type Mappings = Record<string, Record<string, FieldName | null>>

/** Before an import: how each column is read, what the first rows become under it, and the start. */
export function MappingSection({ run }: { readonly run: PatentImport }) {
  const text = useText()
  const mayImport = useSession().has('officer', 'operator')
  const [mappings, setMappings] = useState<Mappings>(() =>
    Object.fromEntries(run.sheets.map(({ signature, mapping }) => [signature, mapping as Mappings[string]])),
  )
  const [looked, setLooked] = useState(mappings)
  const preview = useQuery({
    ...api.patentImports.preview.queryOptions({ input: { id: run.id, mappings: looked } }),
    enabled: mayImport,
    placeholderData: (before: PatentPreview | undefined) => before,
  })
  const change = (signature: string, column: string, field: string) =>
    setMappings((before) => ({
      ...before,
      [signature]: { ...before[signature], [column]: field === '' ? null : (field as FieldName) },
    }))
  return (
    <>
      <Section title={text.patents.mapping} note={text.patents.mappingNote} layout="stacked">
        {run.sheets.length === 0 && <p>{text.patents.noMapping}</p>}
        {run.sheets.map((sheet) => (
          <SheetMapping
            key={`${sheet.sheet ?? ''} ${sheet.signature}`}
            sheet={sheet}
            mapping={mappings[sheet.signature] ?? {}}
            readOnly={!mayImport}
            onChange={(column, field) => change(sheet.signature, column, field)}
          />
        ))}
        {run.sheets.length > 0 && mayImport && (
          <p>
            <Button busy={preview.isFetching} onClick={() => setLooked(mappings)}>
              {text.patents.again}
            </Button>
          </p>
        )}
      </Section>
      {mayImport && (
        <Section title={text.patents.preview} layout="stacked">
          <Loaded query={preview} text={{ ...text.errors, ...text.patents.errors }}>
            {(found) => <PreviewTable preview={found} />}
          </Loaded>
        </Section>
      )}
      <Findings findings={run.findings} />
      {mayImport && <StartForm run={run} mappings={mappings} />}
    </>
  )
}

interface SheetMappingProps {
  readonly sheet: PatentSheet
  readonly mapping: Mappings[string]
  readonly readOnly: boolean
  readonly onChange: (column: string, field: string) => void
}

function SheetMapping({ sheet, mapping, readOnly, onChange }: SheetMappingProps) {
  const text = useText()
  const options = FIELD_NAMES.map((value) => ({ value, label: either(fieldOf(value)) }))
  return (
    <div className={styles.sheet}>
      <h3 className={styles.sheetTitle}>
        {sheet.sheet !== null && text.patents.sheet(sheet.sheet)}
        <Badge tone="neutral">{text.patents.origins[sheet.origin]}</Badge>
      </h3>
      {sheet.warnings.map(({ code, columns }) => (
        <Notice key={`${code} ${columns.join(' ')}`} tone="risk">
          {[columns.join('、'), text.patents.warnings[code as Warning] ?? code].filter(Boolean).join(' · ')}
        </Notice>
      ))}
      <div className={styles.columns}>
        {sheet.columns.map((column) => (
          <SelectField
            key={column}
            name={`${sheet.signature}.${column}`}
            label={column}
            hint={sampleOf(sheet, column, text)}
            none={text.patents.unreadColumn}
            value={mapping?.[column] ?? ''}
            onChange={(field) => onChange(column, field)}
            options={options}
            readOnly={readOnly}
          />
        ))}
      </div>
    </div>
  )
}

const SAMPLE_LENGTH = 40

function sampleOf({ sample }: PatentSheet, column: string, { patents }: Text): string {
  const values = [...new Set(sample.map((row) => (row[column] ?? '').trim()).filter((value) => value !== ''))]
  if (values.length === 0) return patents.noSample
  const shown = values.slice(0, 2).join(' / ')
  return patents.sample(shown.length > SAMPLE_LENGTH ? `${shown.slice(0, SAMPLE_LENGTH)}…` : shown)
}

type PreviewRow = PatentPreview['rows'][number]
type ShownRow = PreviewRow & { readonly record?: PreviewRow['records'][number] }

function PreviewTable({ preview }: { readonly preview: PatentPreview }) {
  const text = useText()
  const rows = preview.rows.flatMap((row): readonly ShownRow[] =>
    row.records.length === 0 ? [row] : row.records.map((record) => ({ ...row, record })),
  )
  const { patents } = text
  return (
    <>
      <p>{patents.previewNote(formatNumber(preview.rowsLookedAt))}</p>
      <DataTable
        caption={patents.preview}
        tall
        columns={[
          {
            name: 'line',
            header: patents.line,
            numeric: true,
            cell: ({ line, sheet }) => (sheet === null ? line : `${sheet}!${line}`),
          },
          {
            name: 'result',
            header: patents.result,
            cell: ({ refused }) =>
              refused === null ? (
                <Badge tone="met">{patents.taken}</Badge>
              ) : (
                <Badge tone="late">
                  {patents.refusedBecause(refused.field ?? '', either(refused.words))}
                </Badge>
              ),
          },
          { name: 'number', header: patents.number, cell: ({ record }) => record?.publicationNumber ?? '' },
          {
            name: 'application',
            header: patents.application,
            cell: ({ record }) => record?.applicationNumber ?? '',
          },
          { name: 'title', header: patents.patentTitle, cell: ({ record }) => record?.title ?? '' },
          {
            name: 'applicants',
            header: patents.applicants,
            cell: ({ record }) => record?.applicants.join('；') ?? '',
          },
          { name: 'filedOn', header: patents.filedOn, cell: ({ record }) => record?.filedOn ?? '' },
          {
            name: 'publishedOn',
            header: patents.publishedOn,
            cell: ({ record }) => record?.publishedOn ?? '',
          },
          { name: 'classes', header: patents.classes, cell: ({ record }) => record?.ipc.join('；') ?? '' },
        ]}
        rows={rows}
        rowKey={({ sheet, line, record }) => `${sheet ?? ''} ${line} ${record?.publicationNumber ?? ''}`}
        empty={{ title: patents.noRows }}
      />
    </>
  )
}

function StartForm({ run, mappings }: { readonly run: PatentImport; readonly mappings: Mappings }) {
  const text = useText()
  const [observedOn, setObservedOn] = useState('')
  const [keep, setKeep] = useState(false)
  const start = useMutation(
    api.patentImports.start.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  )
  return (
    <Section title={text.patents.begin} layout="stacked">
      <Form
        label={text.patents.begin}
        onSubmit={() =>
          start.mutate({ id: run.id, mappings, keep, observedOn: observedOn === '' ? null : observedOn })
        }
        error={start.error}
        text={{ ...text.errors, ...text.patents.errors }}
        actions={
          <Button type="submit" kind="primary" busy={start.isPending}>
            {text.patents.start}
          </Button>
        }
      >
        <DateField
          name="observedOn"
          label={text.patents.observedOn}
          hint={text.patents.observedHint}
          value={observedOn}
          onChange={setObservedOn}
        />
        {run.sheets.length > 0 && (
          <CheckboxField name="keep" label={text.patents.keep} value={keep} onChange={setKeep} />
        )}
      </Form>
    </Section>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { FileField } from '../../ui/FileField.tsx'
import { Form } from '../../ui/Form.tsx'
import { formatNumber } from '../../ui/format.ts'
import { either } from '../../ui/language.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { refresh, useText } from './queries.ts'

/** Takes a table in and accounts for every row of it. */
export function InventorySection({ universityId }: { readonly universityId: string }) {
  const text = useText()
  const words = text.work
  const [file, setFile] = useState<File>()
  const [tried, setTried] = useState(false)
  const run = useMutation(api.cloud.inventory.mutationOptions({ onSettled: refresh }))
  const report = run.data
  return (
    <Section title={words.import} note={words.importNote}>
      <Form
        label={words.import}
        onSubmit={() => {
          setTried(true)
          if (file !== undefined) run.mutate({ universityId, file })
        }}
        error={run.error}
        text={text.errors}
        errors={tried && file === undefined ? [{ field: 'file', message: words.fileMissing }] : []}
        actions={
          <Button type="submit" kind="primary" busy={run.isPending}>
            {words.run}
          </Button>
        }
      >
        <FileField
          name="file"
          label={words.file}
          accept=".csv,.xls,.xlsx"
          value={file}
          onChange={setFile}
          required
        />
      </Form>
      {report && (
        <Notice tone={report.refused === 0 ? 'met' : 'risk'} title={words.done} live>
          <p>
            {words.counts(
              formatNumber(report.rows),
              formatNumber(report.accepted),
              formatNumber(report.updated),
              formatNumber(report.unchanged),
              formatNumber(report.refused),
            )}
          </p>
        </Notice>
      )}
      {report && report.refusals.length > 0 && (
        <DataTable
          caption={words.refusals}
          columns={[
            { name: 'line', header: words.line, numeric: true, cell: ({ line }) => formatNumber(line) },
            { name: 'field', header: words.field, cell: ({ field }) => field ?? '' },
            { name: 'value', header: words.value, cell: ({ value }) => value ?? '' },
            { name: 'why', header: words.why, cell: ({ words: reason }) => either(reason) },
          ]}
          rows={report.refusals}
          rowKey={({ line, field }) => `${line} ${field ?? ''}`}
        />
      )}
    </Section>
  )
}

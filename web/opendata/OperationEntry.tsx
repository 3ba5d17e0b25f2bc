import type { ReactNode } from 'react'
import { isRole, ROLES } from '../../src/identity/roles.ts'
import { either, useMessages } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { EnglishOnly } from './OpenDataPage.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { API_ROOT, fieldsOf, type Operation, type Schema, typeInWords } from './openapi.ts'
import styles from './ApiPage.module.css'

/** One operation, closed to a line until it is wanted. */
export function OperationEntry({
  operation,
  open,
}: {
  readonly operation: Operation
  readonly open: boolean
}) {
  const { api: text } = useMessages({ zh, en })
  const { method, path, summary, description, clauses, parameters, body, answer } = operation
  return (
    <details className={styles.operation} open={open}>
      <summary className={styles.summary}>
        <span className={styles.method} data-method={method}>
          {method}
        </span>
        <code className={styles.path}>{path}</code>
        <EnglishOnly>{summary}</EnglishOnly>
      </summary>
      <div className={styles.body}>
        {description && <p lang="en">{description}</p>}
        <Part title={text.allow}>{callers(operation, text)}</Part>
        {clauses.length > 0 && (
          <Part title={text.clauses}>
            <span className={styles.clauses}>
              {clauses.map((clause) => (
                <TextLink key={clause} href={`/clauses/${clause}`}>
                  {clause}
                </TextLink>
              ))}
            </span>
          </Part>
        )}
        {parameters.length > 0 && (
          <Part title={text.parameters}>
            <Fields
              rows={parameters.map(({ name, schema, required, in: place }) => ({
                name,
                schema,
                required,
                place: text.places[place] ?? place,
              }))}
            />
          </Part>
        )}
        {body && (
          <Part title={text.body}>
            <SchemaFields schema={body} sent />
          </Part>
        )}
        <Part title={`${text.answer} ${answer.status}`}>
          {answer.schema ? <SchemaFields schema={answer.schema} /> : text.noBody}
        </Part>
        <Refusals operation={operation} />
        {isOpenNow(operation) && (
          <p>
            <a href={API_ROOT + path}>
              {text.tryIt} {API_ROOT + path}
            </a>
          </p>
        )}
      </div>
    </details>
  )
}

function isOpenNow({ method, path, allow, parameters }: Operation): boolean {
  return (
    method === 'GET' &&
    allow === 'anyone' &&
    !path.includes('{') &&
    !parameters.some(({ required }) => required)
  )
}

type ApiWords = ReturnType<typeof useMessages<typeof zh>>['api']

function callers({ allow }: Operation, text: ApiWords): string {
  if (allow === 'anyone') return text.anyone
  if (allow === 'signedIn') return text.signedIn
  return allow.map((role) => (isRole(role) ? either(ROLES[role]) : role)).join(' · ')
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3 className={styles.partTitle}>{title}</h3>
      <div>{children}</div>
    </section>
  )
}

interface FieldRow {
  readonly name: string
  readonly schema: Schema
  readonly required: boolean | undefined
  readonly place?: string
}

/** The fields of a schema, two levels deep: deeper ones are read in the OpenAPI document. */
function SchemaFields({ schema, sent = false }: { readonly schema: Schema; readonly sent?: boolean }) {
  const fields = fieldsOf(schema)
  if (fields.length === 0) return <code>{typeInWords(schema)}</code>
  const rows = fields.flatMap(([name, field]) => [
    { name, schema: field, required: sent && schema.required?.includes(name) },
    ...fieldsOf(field).map(([inner, below]) => ({
      name: `${name}.${inner}`,
      schema: below,
      required: undefined,
    })),
  ])
  return <Fields rows={rows} />
}

function Fields({ rows }: { readonly rows: readonly FieldRow[] }) {
  const { api: text } = useMessages({ zh, en })
  return (
    <dl className={styles.fields}>
      {rows.map(({ name, schema, required, place }) => (
        <div key={`${place} ${name}`} data-inner={name.includes('.') || undefined}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <code className={styles.type}>{typeInWords(schema)}</code>
            {[place, required && text.required].filter(Boolean).map((mark) => (
              <span className={styles.mark} key={String(mark)}>
                {mark}
              </span>
            ))}
            {schema.description && <span lang="en">{schema.description}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Refusals({ operation: { refusals } }: { readonly operation: Operation }) {
  const { api: text } = useMessages({ zh, en })
  if (refusals.length === 0) return null
  return (
    <Part title={text.refusals}>
      <ul className={styles.refusals}>
        {refusals.map(({ status, code }) => (
          <li key={`${status} ${code}`}>
            <span className="tabular">{status}</span> <code>{code}</code>
          </li>
        ))}
      </ul>
    </Part>
  )
}

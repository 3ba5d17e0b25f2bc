import { useMutation, useQuery } from '@tanstack/react-query'
import { useContext, useEffect, useState } from 'react'
import { api, client } from '../app/api.ts'
import { AnswerList, AnswerRow } from '../ui/AnswerList.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Loading } from '../ui/states.tsx'
import { NavigationContext, TextLink } from '../ui/TextLink.tsx'
import { FileLine } from '../ui/UploadField.tsx'
import { type FillingParts, StepPage } from './DraftPage.tsx'
import { uploadedOf } from './files.ts'
import { faultWords, questionAt, sectionsOf } from './form.ts'
import styles from './matters.module.css'
import { MATERIALS } from './pages.ts'
import { type Fault, type Finding, useForgetMatters } from './queries.ts'
import { type Text, useText } from './text.ts'

/** The page before sending: every answer with a way back, what is missing by name, what the checks say, and the button. */
export function CheckStep(parts: FillingParts) {
  const text = useText()
  const { keeper, state, draft, procedure, mendAt } = parts
  const sections = sectionsOf(procedure.form, state.answers)
  // The server can only judge what it has: whatever is still on its way is sent first.
  const kept = useKept(parts)
  const completeness = useQuery({
    ...api.matters.completeness.queryOptions({ input: { id: draft.id } }),
    enabled: kept,
    gcTime: 0,
    staleTime: 0,
  })
  const [explanations, setExplanations] = useState<Readonly<Record<string, string>>>({})
  const [attempt, setAttempt] = useState(0)
  const navigation = useContext(NavigationContext)
  const forget = useForgetMatters()
  const submit = useMutation({
    mutationFn: async () => {
      await keeper.flush()
      return client.matters.submit({ id: draft.id, version: keeper.state().version, explanations })
    },
    onSuccess: async ({ number }) => {
      await forget()
      navigation?.go(`/my/matters/${number}/receipt`)
    },
  })
  const { faults = [], findings = [] } = completeness.data ?? {}
  const problems = faults.map((fault) => problemOf(fault, parts, text))
  const unexplained = findings
    .filter(({ severity, code }) => severity === 'explain' && !explanations[code]?.trim())
    .map(({ code }) => ({ field: code, message: text.draft.explainNeeded }))
  const blocked = findings.some(({ severity }) => severity === 'refuse')
  const open = [...problems, ...(attempt > 0 ? unexplained : [])]
  const send = () => {
    setAttempt(attempt + 1)
    if (problems.length === 0 && unexplained.length === 0 && !blocked) submit.mutate()
  }
  return (
    <StepPage parts={parts} title={text.draft.check} failed={attempt > 0 && open.length > 0}>
      <ErrorSummary
        error={submit.error}
        text={text.errors}
        errors={attempt > 0 ? open : []}
        attempt={attempt}
      />
      {attempt === 0 && problems.length > 0 && (
        <Notice tone="risk" title={text.draft.stillMissing(problems.length)}>
          <ul className={styles.missing}>
            {problems.map(({ field, message, href }) => (
              <li key={field}>
                <TextLink href={href}>{message}</TextLink>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <AnswerList
        sections={sections}
        answers={state.answers}
        changeAt={(section, question) => mendAt(`${section.name}.${question.name}`)}
        file={(id) => {
          const file = draft.materials.find((one) => one.id === id)
          return file ? <FileLine file={uploadedOf(file)} /> : id
        }}
      />
      <Materials {...parts} />
      {kept ? (
        <Loaded query={completeness} text={text.errors} skeleton={<Loading />}>
          {() => (
            <Findings
              findings={findings}
              explanations={explanations}
              onExplain={(code, words) => setExplanations({ ...explanations, [code]: words })}
            />
          )}
        </Loaded>
      ) : null}
      <div className={styles.submit}>
        <p>{text.draft.declare}</p>
        <Button
          kind="primary"
          onClick={send}
          busy={submit.isPending || (kept && completeness.isPending)}
          disabled={blocked}
        >
          {text.draft.submit}
        </Button>
      </div>
    </StepPage>
  )
}

function useKept({ keeper, state }: FillingParts): boolean {
  useEffect(() => {
    if (state.status === 'waiting') void keeper.flush()
  }, [keeper, state.status])
  return state.status === 'saved'
}

/** A fault as a sentence that leads to the page on which it can be mended. */
function problemOf(fault: Fault, { procedure, state, mendAt }: FillingParts, text: Text) {
  const { field } = fault
  if (fault.code === 'materialMissing') {
    const material = procedure.materials.find(({ code }) => code === field)
    const message = text.faults.materialMissing(material ? either(material.names) : field)
    return { field, message, href: mendAt(`${MATERIALS}.${field}`) }
  }
  const sections = sectionsOf(procedure.form, state.answers)
  const [name = ''] = field.split('.')
  const section = sections.find(({ questions }) => questions.some((one) => one.name === name))
  const label = questionAt(sections, field)?.label ?? field
  return { field, message: faultWords(fault, label, text), href: mendAt(`${section?.name ?? ''}.${name}`) }
}

function Materials({ procedure, draft, mendAt }: FillingParts) {
  const text = useText()
  if (procedure.materials.length === 0) return null
  return (
    <section className="answer-list" aria-labelledby="answers-materials">
      <div>
        <h2 id="answers-materials">{text.draft.materials}</h2>
        <dl>
          {procedure.materials.map(({ code, names }) => {
            const files = draft.materials.filter((file) => file.code === code && !file.withdrawn)
            return (
              <AnswerRow
                key={code}
                label={either(names)}
                change={mendAt(`${MATERIALS}.${code}`)}
                value={
                  files.length === 0
                    ? text.draft.noFile
                    : files.map((file) => <FileLine key={file.id} file={uploadedOf(file)} />)
                }
              />
            )
          })}
        </dl>
      </div>
    </section>
  )
}

interface FindingsProps {
  readonly findings: readonly Finding[]
  readonly explanations: Readonly<Record<string, string>>
  readonly onExplain: (code: string, words: string) => void
}

const TONES = { refuse: 'late', explain: 'risk', note: 'info' } as const

/** What the checks of the procedure say before filing: each with its rule, and a reason where one is asked for. */
function Findings({ findings, explanations, onExplain }: FindingsProps) {
  const text = useText()
  return findings.map(({ code, severity, words, rule }) => (
    <Notice key={code} tone={TONES[severity]} title={either(words)}>
      <p>
        {text.draft.rule(either(rule))}{' '}
        {clausesOf(rule).map((clause) => (
          <TextLink key={clause} href={`/clauses/${clause}`}>
            {clause}
          </TextLink>
        ))}
      </p>
      {severity === 'refuse' && <p>{text.draft.refused}</p>}
      {severity === 'explain' && (
        <TextAreaField
          name={code}
          label={text.draft.explain}
          rows={3}
          maxLength={1000}
          required
          value={explanations[code] ?? ''}
          onChange={(reason) => onExplain(code, reason)}
        />
      )}
    </Notice>
  ))
}

function clausesOf({ clauses }: { readonly clauses?: unknown }): readonly string[] {
  return Array.isArray(clauses) ? clauses.filter((clause) => typeof clause === 'string') : []
}

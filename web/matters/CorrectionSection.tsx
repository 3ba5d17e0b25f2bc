import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../app/api.ts'
import { AnswerField } from '../ui/AnswerField.tsx'
import { useAnnounce } from '../ui/announce.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Section } from '../ui/Page.tsx'
import { FileLine, UploadField } from '../ui/UploadField.tsx'
import { MomentText, RecordText } from '../ui/values.tsx'
import { uploadedOf } from './files.ts'
import { sectionsOf } from './form.ts'
import type { MatterProps } from './MatterPage.tsx'
import styles from './matters.module.css'
import { type Correction, type Matter, useRefreshMatters } from './queries.ts'
import { useText } from './text.ts'

type Item = Correction['items'][number]

/** What the office asked to be corrected: item by item, each answered in its place, and then sent back as a whole. */
export function CorrectionSection({ matter }: MatterProps) {
  const text = useText()
  const { correction, steps } = matter
  if (!correction) return null
  const answer = steps.find(({ answersCorrection }) => answersCorrection)
  return (
    <Section title={text.correction.title} note={text.correction.open(correction.open)}>
      <p>
        <RecordText>{correction.reason}</RecordText>
      </p>
      <p className={styles.quiet}>
        {correction.askedBy} · <MomentText value={correction.askedAt} />
      </p>
      <ol className={styles.correction}>
        {correction.items.map((item) => (
          <li key={item.id}>
            <ItemView matter={matter} item={item} mayAnswer={answer !== undefined} />
          </li>
        ))}
      </ol>
      {answer && <SendBack matter={matter} step={answer.code} label={either(answer.names)} />}
    </Section>
  )
}

interface ItemProps {
  readonly matter: Matter
  readonly item: Item
  readonly mayAnswer: boolean
}

function ItemView({ matter, item, mayAnswer }: ItemProps) {
  const text = useText()
  return (
    <div className={styles.correctionItem} data-answered={item.answered ? '' : undefined}>
      <p className={styles.correctionWanted}>
        {item.names && <strong>{either(item.names)}</strong>} <RecordText>{item.wanted}</RecordText>{' '}
        <Badge tone={item.answered ? 'met' : 'risk'}>
          {item.answered ? text.correction.answered : text.correction.toAnswer}
        </Badge>
      </p>
      {item.material && <FileLine file={uploadedOf(item.material)} />}
      {item.answered && !item.material && (
        <p>
          <RecordText>
            {typeof item.answer === 'string' ? item.answer : JSON.stringify(item.answer)}
          </RecordText>
        </p>
      )}
      {mayAnswer && !item.answered && <ItemAnswer matter={matter} item={item} />}
      {mayAnswer && item.answered && (
        <details>
          <summary>
            {text.correction.change}
            <span className="visually-hidden"> {item.wanted}</span>
          </summary>
          <ItemAnswer matter={matter} item={item} />
        </details>
      )}
    </div>
  )
}

function ItemAnswer(parts: Omit<ItemProps, 'mayAnswer'>) {
  return parts.item.kind === 'material' ? <FileAnswer {...parts} /> : <WordAnswer {...parts} />
}

function FileAnswer({ matter, item }: Omit<ItemProps, 'mayAnswer'>) {
  const text = useText()
  const refresh = useRefreshMatters()
  const add = async (file: File) => {
    const added = await client.matters.attach({ number: matter.number, code: item.code ?? 'other', file })
    await client.matters.answerItem({ number: matter.number, itemId: item.id, materialId: added.id })
    await refresh()
  }
  return (
    <UploadField
      name={`item-${item.id}`}
      label={item.answered ? text.correction.another : text.correction.file}
      required
      files={[]}
      texts={text.errors}
      onUpload={add}
    />
  )
}

function WordAnswer({ matter, item }: Omit<ItemProps, 'mayAnswer'>) {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const before = item.kind === 'field' && !item.answered ? matter.answers[item.code ?? ''] : item.answer
  const [answer, setAnswer] = useState<unknown>(before ?? undefined)
  const question = sectionsOf(matter.form, matter.answers)
    .flatMap(({ questions }) => questions)
    .find(({ name }) => item.kind === 'field' && name === item.code)
  const save = useMutation(
    api.matters.answerItem.mutationOptions({
      onSuccess: async () => {
        announce(text.correction.kept)
        await refresh()
      },
    }),
  )
  const label = text.correction.answer
  return (
    <Form
      label={item.wanted}
      onSubmit={() => save.mutate({ number: matter.number, itemId: item.id, answer })}
      error={save.error}
      text={text.errors}
      actions={
        <Button type="submit" busy={save.isPending}>
          {text.correction.keep}
        </Button>
      }
    >
      {question ? (
        <AnswerField question={question} path={`item-${item.id}`} value={answer} onChange={setAnswer} />
      ) : (
        <TextAreaField
          name={`item-${item.id}`}
          label={label}
          rows={3}
          maxLength={4000}
          value={typeof answer === 'string' ? answer : ''}
          onChange={setAnswer}
        />
      )}
    </Form>
  )
}

function SendBack({
  matter,
  step,
  label,
}: {
  readonly matter: Matter
  readonly step: string
  readonly label: string
}) {
  const text = useText()
  const announce = useAnnounce()
  const refresh = useRefreshMatters()
  const send = useMutation(
    api.matters.act.mutationOptions({
      onSuccess: async () => {
        announce(text.act.done(label))
        await refresh()
      },
      onError: () => void refresh(),
    }),
  )
  return (
    <Form
      label={label}
      onSubmit={() => send.mutate({ number: matter.number, step, version: matter.version })}
      error={send.error}
      text={text.errors}
      actions={
        <Button kind="primary" type="submit" busy={send.isPending}>
          {label}
        </Button>
      }
    >
      <p>{text.correction.sendNote}</p>
    </Form>
  )
}

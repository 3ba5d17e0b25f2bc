import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Answers } from './answers.ts'
import { AnswerText } from './AnswerList.tsx'
import { Button } from './Button.tsx'
import type { Question } from './declared.ts'
import { MomentText } from './values.tsx'
import { useOwnWords } from './words.ts'
import './VersionChoice.css'

interface VersionChoiceProps {
  /** The questions that were answered differently in two places. */
  readonly questions: readonly Question[]
  readonly mine: Answers
  readonly theirs: Answers
  readonly theirsAt: string
  readonly onChoose: (answers: Answers) => void
  readonly busy?: boolean
  /** Leaves the focus where it is: in a gallery nothing has happened. */
  readonly quiet?: boolean
}

type Side = 'mine' | 'theirs'

/** Two versions of one draft, side by side; each disputed answer is chosen by itself, and nothing is chosen beforehand. */
export function VersionChoice({
  questions,
  mine,
  theirs,
  theirsAt,
  onChoose,
  busy,
  quiet,
}: VersionChoiceProps) {
  const words = useOwnWords()
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  const [asked, setAsked] = useState(false)
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!quiet) box.current?.focus()
  }, [quiet])

  const open = questions.filter(({ name }) => chosen[name] === undefined)
  const decide = () => {
    setAsked(true)
    if (open.length > 0) return
    const theirFields = questions.filter(({ name }) => chosen[name] === 'theirs')
    onChoose({ ...mine, ...Object.fromEntries(theirFields.map(({ name }) => [name, theirs[name]])) })
  }
  const all = (side: Side) => setChosen(Object.fromEntries(questions.map(({ name }) => [name, side])))
  return (
    <section className="version-choice" aria-labelledby="version-choice" tabIndex={-1} ref={box}>
      <h2 id="version-choice">{words.versions.title}</h2>
      <p>
        {words.versions.what} <MomentText value={theirsAt} />
        {words.versions.kept}
      </p>
      <p className="version-all">
        <Button onClick={() => all('mine')}>{words.versions.allMine}</Button>
        <Button onClick={() => all('theirs')}>{words.versions.allTheirs}</Button>
      </p>
      {questions.map((question) => (
        <fieldset
          key={question.name}
          className="version-field"
          data-open={asked && chosen[question.name] === undefined ? '' : undefined}
        >
          <legend>{question.label}</legend>
          {(['mine', 'theirs'] as const).map((side) => (
            <Version
              key={side}
              name={question.name}
              label={words.versions[side]}
              chosen={chosen[question.name] === side}
              onChoose={() => setChosen({ ...chosen, [question.name]: side })}
            >
              <AnswerText question={question} value={(side === 'mine' ? mine : theirs)[question.name]} />
            </Version>
          ))}
        </fieldset>
      ))}
      {asked && open.length > 0 && (
        <p className="field-error" role="alert">
          {words.versions.stillOpen(open.length)}
        </p>
      )}
      <Button kind="primary" onClick={decide} busy={busy}>
        {words.versions.decide}
      </Button>
    </section>
  )
}

interface VersionProps {
  readonly name: string
  readonly label: string
  readonly chosen: boolean
  readonly onChoose: () => void
  readonly children: ReactNode
}

function Version({ name, label, chosen, onChoose, children }: VersionProps) {
  return (
    <label className="version" data-chosen={chosen ? '' : undefined}>
      <input type="radio" name={`version-${name}`} checked={chosen} onChange={onChoose} />
      <span className="version-side">{label}</span>
      <span className="version-value">{children}</span>
    </label>
  )
}

import type { ReactNode } from 'react'
import { type Answers, isAnswered } from './answers.ts'
import type { Question, QuestionSection } from './declared.ts'
import { asRows } from './RowsField.tsx'
import { TextLink } from './TextLink.tsx'
import { DateText, MoneyText, NumberText } from './values.tsx'
import { useOwnWords } from './words.ts'
import './AnswerList.css'

interface AnswerListProps {
  readonly sections: readonly QuestionSection[]
  readonly answers: Answers
  /** Where an answer can be changed; without it the list is for reading. */
  readonly changeAt?: (section: QuestionSection, question: Question) => string
  /** The file behind an answer of the kind `file`. */
  readonly file?: (id: string) => ReactNode
  readonly headingLevel?: 2 | 3
}

/** What was answered, question by question, each with a way back to it: the page before one sends anything. */
export function AnswerList({ sections, answers, changeAt, headingLevel = 2 }: AnswerListProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  return (
    <div className="answer-list">
      {sections.map((section) => (
        <section key={section.name} aria-labelledby={`answers-${section.name}`}>
          <Heading id={`answers-${section.name}`}>{section.title}</Heading>
          <dl>
            {section.questions.map((question) => (
              <AnswerRow
                key={question.name}
                label={question.label}
                change={changeAt?.(section, question)}
                value={<AnswerText question={question} value={answers[question.name]} />}
              />
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

interface AnswerRowProps {
  readonly label: string
  readonly value: ReactNode
  readonly change?: string | undefined
}

export function AnswerRow({ label, value, change }: AnswerRowProps) {
  const words = useOwnWords()
  return (
    <div className="answer-row" data-changes={change ? '' : undefined}>
      <dt>{label}</dt>
      <dd className="answer-value">{value}</dd>
      {change && (
        <dd className="answer-change">
          <TextLink href={change}>
            {words.change}
            <span className="visually-hidden">{words.changeOf(label)}</span>
          </TextLink>
        </dd>
      )}
    </div>
  )
}

/** One answer in words: amounts with their unit, choices by their labels, an empty one said to be empty. */
export function AnswerText({ question, value }: { readonly question: Question; readonly value: unknown }) {
  const words = useOwnWords()
  if (!isAnswered(value)) return <span className="answer-none">{words.notAnswered}</span>
  const labelOf = (one: unknown) =>
    question.options?.find((option) => option.value === one)?.label ?? plain(one)
  switch (question.kind) {
    case 'number':
      return <NumberText value={Number(value)} unit={question.unit} />
    case 'money':
      return <MoneyText fen={Number(value)} exact />
    case 'day':
      return <DateText value={plain(value)} />
    case 'yesNo':
      return value === true ? words.yes : words.no
    case 'choice':
      return labelOf(value)
    case 'choices':
      return Array.isArray(value) ? value.map(labelOf).join(words.listComma) : plain(value)
    case 'organisation':
      return <code>{plain(value)}</code>
    case 'group':
      return <Rows question={question} value={value} />
    default:
      return <span className="answer-text">{plain(value)}</span>
  }
}

function Rows({ question, value }: { readonly question: Question; readonly value: unknown }) {
  return (
    <ol className="answer-rows">
      {asRows(value).map((row, index) => (
        <li key={index}>
          <dl>
            {question.rows?.(row).map((inner) => (
              <div key={inner.name}>
                <dt>{inner.label}</dt>
                <dd>
                  <AnswerText question={inner} value={row[inner.name]} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  )
}

function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

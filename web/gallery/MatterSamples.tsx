import { useState } from 'react'
import { addDays, date } from '../../src/platform/calendar.ts'
import { dueDate, type WorkingCalendar } from '../../src/platform/working-days.ts'
import { AnswerField } from '../ui/AnswerField.tsx'
import { AnswerList } from '../ui/AnswerList.tsx'
import type { Answers } from '../ui/answers.ts'
import type { Question, QuestionSection } from '../ui/declared.ts'
import { DueClock } from '../ui/DueClock.tsx'
import { FormSteps } from '../ui/FormSteps.tsx'
import { useMessages } from '../ui/language.ts'
import { Receipt } from '../ui/Receipt.tsx'
import { SavedState } from '../ui/SavedState.tsx'
import { VersionChoice } from '../ui/VersionChoice.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Gallery.module.css'

const TODAY = '2026-11-22'
const SAVED_AT = '2026-11-22T06:32:00Z'
const MEGABYTE = 1_000_000

function useQuestions(): readonly QuestionSection[] {
  const { sample } = useMessages({ zh, en })
  const { matter } = sample
  const row: readonly Question[] = [
    { name: 'name', kind: 'personName', label: matter.partnerName, required: true },
    { name: 'share', kind: 'number', label: matter.share, unit: matter.percent, required: true },
  ]
  return [
    {
      name: 'firm',
      title: matter.firm,
      questions: [
        { name: 'firmName', kind: 'text', label: sample.name, hint: sample.nameHint, required: true },
        {
          name: 'firmStage',
          kind: 'choice',
          label: matter.stage,
          options: sample.stages.map((label, value) => ({ value: String(value), label })),
          required: true,
        },
        { name: 'revenue', kind: 'money', label: matter.revenue, required: true },
        { name: 'foreign', kind: 'yesNo', label: matter.hasForeign, required: true },
      ],
    },
    {
      name: 'people',
      title: matter.people,
      questions: [
        { name: 'partners', kind: 'group', label: matter.partner, required: true, rows: () => row },
        {
          name: 'licence',
          kind: 'file',
          label: matter.licence,
          hint: sample.fileHint,
          required: false,
          maxBytes: 10 * MEGABYTE,
        },
      ],
    },
  ]
}

/** Every kind of question, the list of steps, and the answers as they are checked before they are sent. */
export function QuestionSamples() {
  const { sample } = useMessages({ zh, en })
  const sections = useQuestions()
  const [answers, setAnswers] = useState<Answers>({
    firmName: sample.matter.mine,
    firmStage: '1',
    revenue: 830_000_000,
    partners: [{ name: '张三', share: 60 }],
  })
  const steps = sections.map(({ name, title }, index) => ({
    name,
    title,
    href: '/ui',
    state: index === 0 ? ('done' as const) : ('failed' as const),
  }))
  return (
    <div className={styles.stack}>
      <FormSteps steps={steps} current="people" />
      {sections.flatMap(({ questions }) =>
        questions.map((question) => (
          <AnswerField
            key={question.name}
            question={question}
            path={question.name}
            value={answers[question.name]}
            onChange={(value) => setAnswers({ ...answers, [question.name]: value })}
          />
        )),
      )}
      <AnswerList sections={sections} answers={answers} changeAt={() => '/ui'} headingLevel={3} />
    </div>
  )
}

const STATUSES = ['saved', 'saving', 'offline', 'signed-out', 'conflict', 'refused'] as const

export function DraftSamples() {
  const { sample } = useMessages({ zh, en })
  const [section] = useQuestions()
  const [chosen, setChosen] = useState(false)
  return (
    <div className={styles.stack}>
      {STATUSES.map((status) => (
        <SavedState
          key={status}
          state={{ status, savedAt: SAVED_AT }}
          today={TODAY}
          onRetry={() => undefined}
          signInHref="/sign-in"
        />
      ))}
      {!chosen && (
        <VersionChoice
          quiet
          questions={section?.questions.slice(0, 2) ?? []}
          mine={{ firmName: sample.matter.mine, firmStage: '1' }}
          theirs={{ firmName: sample.matter.theirs, firmStage: '2' }}
          theirsAt={SAVED_AT}
          onChoose={() => setChosen(true)}
        />
      )}
    </div>
  )
}

/** Made up so that a term crosses a holiday, a make-up workday and two weekends. */
function sampleCalendar(source: string, holiday: string): WorkingCalendar {
  return {
    years: [
      {
        year: 2026,
        source,
        version: 'sample',
        daysOff: { '2026-11-24': holiday, '2026-11-25': holiday },
        makeUpWorkdays: { '2026-11-28': holiday },
      },
    ],
  }
}

export function ClockSamples() {
  const { sample } = useMessages({ zh, en })
  const { matter } = sample
  const calendar = sampleCalendar(matter.calendar, matter.holiday)
  const counted = dueDate({ start: date('2026-11-20'), unit: 'workingDays', n: 8 }, calendar)
  const month = dueDate({ start: date('2026-09-30'), unit: 'months', n: 1 }, calendar)
  const shared = { today: TODAY, owner: matter.owner, basis: matter.basis }
  return (
    <div>
      <DueClock
        {...shared}
        name={matter.clock}
        standing="running"
        due={counted.due}
        term={matter.term}
        days={counted.derivation}
        calendars={counted.calendars}
        sample
        moves={[
          {
            key: '1',
            at: SAVED_AT,
            from: addDays(counted.due, -2),
            to: counted.due,
            why: matter.movedWhy,
          },
        ]}
      />
      <DueClock
        {...shared}
        name={matter.decisions.late}
        standing="late"
        due={month.due}
        term={matter.month}
        days={month.derivation}
      />
      <DueClock
        {...shared}
        name={matter.decisions.paused}
        standing="paused"
        due={null}
        term={matter.month}
        days={[]}
      />
      <DueClock
        {...shared}
        name={matter.decisions.met}
        standing="met"
        due={month.due}
        term={matter.month}
        days={[]}
      />
    </div>
  )
}

export function ReceiptSamples() {
  const { sample } = useMessages({ zh, en })
  const { matter } = sample
  return (
    <Receipt
      title={matter.handOver}
      issuer={matter.centre}
      number="H-2026-0142"
      parties={[
        { role: matter.from, name: matter.base, at: '2026-11-20 10:04', signed: true },
        { role: matter.to, name: matter.centre, at: matter.waiting, signed: false },
      ]}
      rows={[
        { label: matter.reason, value: matter.reasonText },
        { label: matter.due, value: matter.dueText },
      ]}
      proof={{ entry: 48_213, hash: '9f2c1d7be04a55c1c3e8f0a9d2b74416', href: '/ledger' }}
    />
  )
}

import { useEffect, useRef } from 'react'
import { AnswerField, type AnswerFieldProps } from './AnswerField.tsx'
import type { Answers } from './answers.ts'
import { Button } from './Button.tsx'
import { FieldError, fieldId, splitIds, useField } from './fields.tsx'
import { useOwnWords } from './words.ts'
import './RowsField.css'

/** A repeated group: people, works, marks. Rows are numbered; adding one moves the focus into it, removing one to the next. */
export function RowsField({ question, path, value, onChange }: AnswerFieldProps) {
  const words = useOwnWords()
  const rows = asRows(value)
  const list = useRef<HTMLOListElement>(null)
  const goTo = useRef<number>(undefined)
  const parts = useField({ name: path, hint: question.hint })
  const [hintId, errorId] = splitIds(parts.describedBy, Boolean(question.hint))

  useEffect(() => {
    if (goTo.current === undefined) return
    const row = list.current?.children[Math.min(goTo.current, rows.length - 1)]
    const target =
      row?.querySelector<HTMLElement>('input, select, textarea') ?? document.getElementById(parts.id)
    target?.focus()
    goTo.current = undefined
  })

  const change = (next: readonly Answers[], focus: number) => {
    goTo.current = focus
    onChange(next)
  }
  const set = (index: number, name: string, answer: unknown) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, [name]: answer } : row)))
  const full = question.maxRows !== undefined && rows.length >= question.maxRows
  return (
    <fieldset
      className="field rows-field"
      data-failed={parts.error ? '' : undefined}
      aria-describedby={parts.describedBy}
    >
      <legend className="field-label">
        {question.label}
        {!question.required && <span className="field-optional">{words.optional}</span>}
      </legend>
      {question.hint && (
        <div className="field-hint" id={hintId}>
          {question.hint}
        </div>
      )}
      <FieldError id={errorId} error={parts.error} />
      <ol className="rows-field-rows" ref={list}>
        {rows.map((row, index) => (
          // Rows have no name of their own before they are kept; their place is what tells them apart.
          <li key={index}>
            <fieldset className="rows-field-row">
              <legend>{words.rowNumber(question.label, index + 1)}</legend>
              {question.rows?.(row).map((inner) => (
                <AnswerField
                  key={inner.name}
                  question={inner}
                  path={`${path}.${index}.${inner.name}`}
                  value={row[inner.name]}
                  onChange={(answer) => set(index, inner.name, answer)}
                />
              ))}
              <Button
                kind="quiet"
                aria-label={words.removeRow(question.label, index + 1)}
                onClick={() =>
                  change(
                    rows.filter((_, at) => at !== index),
                    index,
                  )
                }
              >
                {words.remove}
              </Button>
            </fieldset>
          </li>
        ))}
      </ol>
      <Button id={fieldId(path)} disabled={full} onClick={() => change([...rows, {}], rows.length)}>
        {words.addRow(question.label)}
      </Button>
    </fieldset>
  )
}

export function asRows(value: unknown): readonly Answers[] {
  return Array.isArray(value)
    ? value.filter((row): row is Answers => typeof row === 'object' && row !== null)
    : []
}

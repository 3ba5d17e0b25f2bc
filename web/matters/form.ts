import { type Condition, type FieldData, type Form, holds, offered } from '../../src/matters/form.rules.ts'
import type { Answers } from '../ui/answers.ts'
import type { Question, QuestionSection } from '../ui/declared.ts'
import { either } from '../ui/language.ts'
import type { Fault } from './queries.ts'
import type { Text } from './text.ts'

/** A form as the API serves it. The types of the client lose read-only lists on their way through JSON; the data does not. */
export function formOf(served: unknown): Form {
  return served as Form
}

/** The sections of a form as they are asked over these answers, in the reader's language; empty ones are left out. */
export function sectionsOf(served: unknown, answers: Answers): readonly QuestionSection[] {
  return formOf(served)
    .sections.map(({ code, names, hint, fields }) => ({
      name: code,
      title: either(names),
      hint: hint && either(hint),
      questions: askedOf(fields, answers, answers),
    }))
    .filter(({ questions }) => questions.length > 0)
}

function askedOf(fields: readonly FieldData[], answers: Answers, around: Answers): readonly Question[] {
  return fields
    .filter(({ when }) => holds(when, { ...around, ...answers }))
    .map((field) => questionOf(field, { ...around, ...answers }))
}

function questionOf(field: FieldData, around: Answers): Question {
  return {
    name: field.name,
    kind: field.kind,
    label: either(field.label),
    hint: field.hint && either(field.hint),
    required: field.required !== false,
    ...particularsOf(field, around),
  }
}

function particularsOf(field: FieldData, around: Answers): Partial<Question> {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return { maxLength: field.maxLength }
    case 'number':
      return { unit: field.unit && either(field.unit) }
    case 'choice':
    case 'choices':
      return {
        options: Object.entries(offered(field, around)).map(([value, words]) => ({
          value,
          label: either(words),
          ...(words.hint && { hint: either(words.hint) }),
        })),
      }
    case 'file':
      return { accept: field.accepts.join(','), maxBytes: field.maxBytes }
    case 'group':
      return { maxRows: field.atMost ?? undefined, rows: (row) => askedOf(field.fields, row, around) }
    default:
      return {}
  }
}

/** Whether a material has to be there, given the answers. */
export function isNeeded(required: unknown, answers: Answers): boolean {
  return typeof required === 'boolean' ? required : holds(required as Condition, answers)
}

/** The question behind a path such as `owners.0.name`. */
export function questionAt(sections: readonly QuestionSection[], path: string): Question | undefined {
  const [name = '', , inner] = path.split('.')
  const question = sections.flatMap(({ questions }) => questions).find((one) => one.name === name)
  return inner === undefined ? question : question?.rows?.({}).find((one) => one.name === inner)
}

/** What is wrong with one answer, as a sentence that names it. */
export function faultWords(fault: Fault, label: string, text: Text): string {
  if (fault.words) return text.faults.unfit(label, either(fault.words))
  const words = text.faults[fault.code]
  return words(label, String(fault.limit ?? ''))
}

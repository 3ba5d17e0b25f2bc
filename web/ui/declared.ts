import type { Answers } from './answers.ts'
import type { Option } from './fields.tsx'

/** Kinds of answers that a procedure can ask for. */
export type AnswerKind =
  | 'text'
  | 'longText'
  | 'number'
  | 'money'
  | 'day'
  | 'yesNo'
  | 'choice'
  | 'choices'
  | 'organisation'
  | 'personName'
  | 'telephone'
  | 'email'
  | 'file'
  | 'group'

/** One question of a declared form, its words already in the reader's language. */
export interface Question {
  readonly name: string
  readonly kind: AnswerKind
  readonly label: string
  readonly hint?: string | undefined
  readonly required: boolean
  /** Of a number. */
  readonly unit?: string | undefined
  /** Of a choice. */
  readonly options?: readonly Option[] | undefined
  readonly maxLength?: number | undefined
  /** Of a file: as in the `accept` attribute, and how large it may be. */
  readonly accept?: string | undefined
  readonly maxBytes?: number | undefined
  /** The questions of one row of a repeated group; which are asked may depend on the row's own answers. */
  readonly rows?: ((row: Answers) => readonly Question[]) | undefined
  readonly maxRows?: number | undefined
}

/** Questions that belong together: one page of the form. */
export interface QuestionSection {
  readonly name: string
  readonly title: string
  readonly hint?: string | undefined
  readonly questions: readonly Question[]
}

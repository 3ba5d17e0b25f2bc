/** What is wrong with the answers to a form, in codes that the web has words for. Pure: the web checks with it too. */
import { isDate, type CalendarDate } from '#platform/calendar.ts'
import { maskEmail, maskName, maskPhone } from '../identity/mask.rules.ts'
import { checkCreditCode } from '../parties/identifiers.rules.ts'
import {
  holds,
  isFilled,
  offered,
  type Answers,
  type FieldData,
  type Form,
  type Masking,
  type Words,
} from './form.rules.ts'

export const FAULT_CODES = [
  'missing',
  'notText',
  'tooShort',
  'tooLong',
  'unfit',
  'notNumber',
  'notWhole',
  'tooSmall',
  'tooLarge',
  'notDay',
  'tooEarly',
  'tooLate',
  'notYesNo',
  'notChoice',
  'tooFew',
  'tooMany',
  'notCreditCode',
  'notTelephone',
  'notEmail',
  'notFile',
  'notRows',
  'unknownField',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]

/** One thing that is wrong: `field` is a path such as `owners.0.name`, `limit` is what the words of the code need. */
export interface Fault {
  readonly field: string
  readonly code: FaultCode
  readonly limit?: string | number
  readonly words?: Words
}

const HARDEST_LIMIT = 20_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/
const TELEPHONE = /^\+?[\d][\d\s()/-]{4,30}$/

/** Everything that stands in the way of a submission; an empty list means the answers are whole. */
export function findFaults(form: Form, answers: Answers, today: CalendarDate): Fault[] {
  const fields = form.sections.flatMap((section) => section.fields)
  return [...unknownFields(fields, answers), ...faultsOf(fields, answers, answers, '', today)]
}

/**
 * The answers that count: those of fields that are asked, text trimmed. What was typed before a condition hid its
 * field stays in the draft and goes no further.
 */
export function settledAnswers(form: Form, answers: Answers): Answers {
  return settle(
    form.sections.flatMap((section) => section.fields),
    answers,
    answers,
  )
}

function settle(fields: readonly FieldData[], answers: Answers, around: Answers): Answers {
  const settled: Record<string, unknown> = {}
  for (const field of fields) {
    const answer = answers[field.name]
    if (!isFilled(answer) || !holds(field.when, { ...around, ...answers })) continue
    settled[field.name] =
      field.kind === 'group' && Array.isArray(answer)
        ? answer.map((row) => settle(field.fields, asRow(row), around))
        : typeof answer === 'string'
          ? normalised(field, answer)
          : answer
  }
  return settled
}

function normalised(field: FieldData, answer: string): string {
  const trimmed = answer.trim()
  return field.kind === 'organisation' ? trimmed.toUpperCase() : trimmed
}

function asRow(row: unknown): Answers {
  return typeof row === 'object' && row !== null && !Array.isArray(row) ? (row as Answers) : {}
}

function unknownFields(fields: readonly FieldData[], answers: Answers): Fault[] {
  const known = new Set(fields.map(({ name }) => name))
  return Object.keys(answers)
    .filter((name) => !known.has(name))
    .map((field) => ({ field: field.slice(0, 100), code: 'unknownField' }))
}

function faultsOf(
  fields: readonly FieldData[],
  answers: Answers,
  around: Answers,
  path: string,
  today: CalendarDate,
): Fault[] {
  return fields.flatMap((field): Fault[] => {
    const answer = answers[field.name]
    const place = `${path}${field.name}`
    if (!holds(field.when, { ...around, ...answers })) return []
    if (!isFilled(answer)) return field.required === false ? [] : [{ field: place, code: 'missing' }]
    if (field.kind === 'group') return faultsOfGroup(field, answer, around, place, today)
    const fault = faultOf(field, answer, { ...around, ...answers }, today)
    return fault === undefined ? [] : [{ field: place, ...fault }]
  })
}

type Found = Omit<Fault, 'field'> | undefined
type Of<Kind extends FieldData['kind']> = Extract<FieldData, { kind: Kind }>

function faultsOfGroup(
  { fields, atLeast = 1, atMost = 50 }: Of<'group'>,
  answer: unknown,
  around: Answers,
  place: string,
  today: CalendarDate,
): Fault[] {
  if (!Array.isArray(answer)) return [{ field: place, code: 'notRows' }]
  if (answer.length < atLeast) return [{ field: place, code: 'tooFew', limit: atLeast }]
  if (answer.length > atMost) return [{ field: place, code: 'tooMany', limit: atMost }]
  return answer.flatMap((row, index) => [
    ...unknownFields(fields, asRow(row)).map((fault) => ({
      ...fault,
      field: `${place}.${index}.${fault.field}`,
    })),
    ...faultsOf(fields, asRow(row), around, `${place}.${index}.`, today),
  ])
}

function faultOf(
  field: Exclude<FieldData, { kind: 'group' }>,
  answer: unknown,
  answers: Answers,
  today: CalendarDate,
): Found {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return faultOfText(field, answer)
    case 'number':
      return faultOfNumber(answer, field)
    case 'money':
      return faultOfNumber(answer, { ...field, decimals: 0 })
    case 'day':
      return faultOfDay(field, answer, today)
    case 'yesNo':
      return typeof answer === 'boolean' ? undefined : { code: 'notYesNo' }
    case 'choice':
      return typeof answer === 'string' && Object.hasOwn(offered(field, answers), answer)
        ? undefined
        : { code: 'notChoice' }
    case 'choices':
      return faultOfChoices({ ...field, options: offered(field, answers) }, answer)
    case 'organisation':
      return isText(answer) && checkCreditCode(answer.trim().toUpperCase()).valid
        ? undefined
        : { code: 'notCreditCode' }
    case 'personName':
      return faultOfText({ maxLength: 100 }, answer)
    case 'telephone':
      return isText(answer) && TELEPHONE.test(answer.trim()) ? undefined : { code: 'notTelephone' }
    case 'email':
      return isText(answer) && EMAIL.test(answer.trim()) ? undefined : { code: 'notEmail' }
    case 'file':
      return isText(answer) && UUID.test(answer) ? undefined : { code: 'notFile' }
  }
}

function isText(answer: unknown): answer is string {
  return typeof answer === 'string' && !answer.includes('\0') && answer.isWellFormed()
}

function faultOfText(
  {
    minLength = 0,
    maxLength = HARDEST_LIMIT,
    pattern,
  }: Pick<Of<'text'>, 'minLength' | 'maxLength' | 'pattern'>,
  answer: unknown,
): Found {
  if (!isText(answer)) return { code: 'notText' }
  const { length } = [...answer.trim()]
  if (length < minLength) return { code: 'tooShort', limit: minLength }
  if (length > maxLength) return { code: 'tooLong', limit: maxLength }
  if (pattern !== undefined && !new RegExp(`^(?:${pattern.expression})$`, 'u').test(answer.trim()))
    return { code: 'unfit', words: pattern.words }
  return undefined
}

function faultOfNumber(
  answer: unknown,
  { min, max, decimals = 0 }: { min?: number; max?: number; decimals?: number },
): Found {
  if (typeof answer !== 'number' || !Number.isFinite(answer) || Math.abs(answer) > Number.MAX_SAFE_INTEGER)
    return { code: 'notNumber' }
  if (Number(answer.toFixed(decimals)) !== answer) return { code: 'notWhole', limit: decimals }
  if (min !== undefined && answer < min) return { code: 'tooSmall', limit: min }
  if (max !== undefined && answer > max) return { code: 'tooLarge', limit: max }
  return undefined
}

function faultOfDay({ notBefore, notAfter }: Of<'day'>, answer: unknown, today: CalendarDate): Found {
  if (typeof answer !== 'string' || !isDate(answer)) return { code: 'notDay' }
  const bound = (limit: string) => (limit === 'today' ? today : limit)
  if (notBefore !== undefined && answer < bound(notBefore))
    return { code: 'tooEarly', limit: bound(notBefore) }
  if (notAfter !== undefined && answer > bound(notAfter)) return { code: 'tooLate', limit: bound(notAfter) }
  return undefined
}

function faultOfChoices({ options, atLeast = 1, atMost }: Of<'choices'>, answer: unknown): Found {
  if (!Array.isArray(answer) || answer.some((one) => typeof one !== 'string' || !Object.hasOwn(options, one)))
    return { code: 'notChoice' }
  const chosen = new Set(answer).size
  if (chosen !== answer.length) return { code: 'notChoice' }
  if (chosen < atLeast) return { code: 'tooFew', limit: atLeast }
  return atMost !== undefined && chosen > atMost ? { code: 'tooMany', limit: atMost } : undefined
}

const MASKS: Readonly<Record<Exclude<Masking, 'none'>, (value: string) => string>> = {
  name: maskName,
  telephone: maskPhone,
  email: maskEmail,
  hidden: () => '***',
}

/** The answers as somebody sees them who has stated no purpose, and which fields were masked. */
export function maskAnswers(form: Form, answers: Answers): { answers: Answers; masked: string[] } {
  const masked: string[] = []
  const fields = form.sections.flatMap((section) => section.fields)
  return { answers: masking(fields, answers, '', masked), masked }
}

function masking(fields: readonly FieldData[], answers: Answers, path: string, masked: string[]): Answers {
  const shown: Record<string, unknown> = { ...answers }
  for (const field of fields) {
    const answer = answers[field.name]
    const { masking: how = 'none' } = field
    if (!isFilled(answer)) continue
    if (how !== 'none') {
      shown[field.name] = MASKS[how](typeof answer === 'string' ? answer : '')
      masked.push(`${path}${field.name}`)
    } else if (field.kind === 'group' && Array.isArray(answer)) {
      shown[field.name] = answer.map((row, index) =>
        masking(field.fields, asRow(row), `${path}${field.name}.${index}.`, masked),
      )
    }
  }
  return shown
}

/** What a check of a code answers, and what the checks of all codes have in common. */

export type IdentifierFault =
  | 'empty'
  | 'excel-number'
  | 'length'
  | 'characters'
  | 'form'
  | 'kind'
  | 'region'
  | 'date'
  | 'country'
  | 'check'

interface ValidIdentifier<Facts = object> {
  readonly valid: true
  /** The one form in which the code is stored and compared. */
  readonly value: string
  readonly facts: Facts
}

export interface InvalidIdentifier {
  readonly valid: false
  readonly reason: IdentifierFault
  readonly expectedCheck?: string
}

export type Verdict<Facts = object> = ValidIdentifier<Facts> | InvalidIdentifier

const EXCEL_NUMBER = /^[+-]?\d(?:\.\d+)?E[+-]?\d{1,3}$/i

/** A spreadsheet turned the code into a floating-point number: `2.01E+12` no longer says which code it was. */
function isExcelNumber(text: string): boolean {
  return EXCEL_NUMBER.test(text.trim())
}

export function plain(input: string): string {
  return input.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}

export function fault(reason: IdentifierFault, expectedCheck?: string): InvalidIdentifier {
  return expectedCheck === undefined ? { valid: false, reason } : { valid: false, reason, expectedCheck }
}

/** What no code survives, whatever its kind. */
export function unreadable(input: string): InvalidIdentifier | undefined {
  if (plain(input) === '') return fault('empty')
  if (isExcelNumber(input)) return fault('excel-number')
  return undefined
}

export function weightedSum(values: readonly number[], weights: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * (weights[index % weights.length] ?? 0), 0)
}

export const digitsOf = (text: string) => Array.from(text, Number)

/** Numbers of Chinese patents and applications (examination guidelines; WIPO ST.16 for the kinds of documents). */
import { digitsOf, fault, unreadable, plain, type Verdict, weightedSum } from './verdict.rules.ts'

export type PatentRight = 'invention' | 'utility-model' | 'design'

export interface PatentApplicationFacts {
  readonly right: PatentRight
  readonly year: number
  /** Entered the national phase of an international application (type digits 8 and 9). */
  readonly international: boolean
  /** Old documents print the number without its check digit; then nothing was checked. */
  readonly checked: boolean
}

// The fifth (before October 2003: third) digit. 8 and 9 are the national phase of PCT inventions and utility models.
const RIGHT_OF_TYPE: Readonly<Record<string, PatentRight>> = {
  1: 'invention',
  2: 'utility-model',
  3: 'design',
  8: 'invention',
  9: 'utility-model',
}
const PATENT_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9]

function patentCheck(body: string): string {
  const remainder = weightedSum(digitsOf(body), PATENT_WEIGHTS) % 11
  return remainder === 10 ? 'X' : String(remainder)
}

/**
 * Chinese application or patent number: `202111118231.9`, `ZL95115608.X`, `CN85105156`. Since October 2003 year,
 * type and 7 digits; before, two digits of the year, type and 5 digits; a check digit after the point. The weights 2 to 9
 * start over after the eighth digit.
 */
export function checkPatentApplication(input: string): Verdict<PatentApplicationFacts> {
  const broken = unreadable(input)
  if (broken) return broken
  const text = plain(input).replace(/^(?:CN|ZL)/, '')
  const parts = /^(\d{12}|\d{8})(?:\.?([\dX]))?$/.exec(text)
  if (!parts) return fault(/^[\dX.]+$/.test(text) ? (text.includes('.') ? 'form' : 'length') : 'characters')
  const body = parts[1] ?? ''
  const check = parts[2]
  const long = body.length === 12
  const right = RIGHT_OF_TYPE[body.charAt(long ? 4 : 2)]
  if (!right) return fault('kind')
  const year = long
    ? Number(body.slice(0, 4))
    : 1900 + Number(body.slice(0, 2)) + (body.startsWith('0') ? 100 : 0)
  if (long ? year < 2003 || year > 2100 : year < 1985 || year > 2003) return fault('date')
  const expected = patentCheck(body)
  if (check !== undefined && check !== expected) return fault('check', expected)
  return {
    valid: true,
    value: check === undefined ? body : `${body}.${check}`,
    facts: {
      right,
      year,
      international: /[89]/.test(body.charAt(long ? 4 : 2)),
      checked: check !== undefined,
    },
  }
}

const PUBLICATION = /^CN(\d{7}|\d{9})(A[89]?|B[89]?|C[1-7]?|U[89]?|Y[1-7]?|D|S[1-9]?)$/
// ST.16 letters of the three rights; a number that starts with 3 is a design and cannot carry the letter of an invention.
const LETTERS_OF_FIRST_DIGIT: Readonly<Record<string, { right: PatentRight; letters: string }>> = {
  1: { right: 'invention', letters: 'ABC' },
  2: { right: 'utility-model', letters: 'UY' },
  3: { right: 'design', letters: 'DS' },
}

/** Chinese publication number: CN, 9 digits (7 before 2007) and the kind of document. */
export function checkPublicationNumber(
  input: string,
): Verdict<{ readonly right: PatentRight; readonly kind: string }> {
  const broken = unreadable(input)
  if (broken) return broken
  const value = plain(input)
  const parts = PUBLICATION.exec(value)
  if (!parts) return fault(/^CN\d+[A-Z]\d?$/.test(value) ? 'length' : 'form')
  const [, digits = '', kind = ''] = parts
  const known = LETTERS_OF_FIRST_DIGIT[digits.charAt(0)]
  if (!known?.letters.includes(kind.charAt(0))) return fault('kind')
  return { valid: true, value, facts: { right: known.right, kind } }
}

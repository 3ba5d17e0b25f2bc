/** Numbers of documents and applications of all offices, brought to one form (WIPO ST.3, ST.13, ST.16; CN: see parties). */
import { checkPatentApplication, type PatentRight } from '../parties/patent-numbers.rules.ts'
import type { NumberState, Right, Stage } from './record.rules.ts'

export interface DocumentNumber {
  /** `CN104751825B` */
  readonly publicationNumber: string
  readonly office: string
  readonly kind: string
  readonly right: Right
  readonly stage: Stage
}

export interface ApplicationNumber {
  readonly applicationNumber: string
  readonly numberState: NumberState
  readonly applicationKey: string | null
  /** What the number itself says of the right, for Chinese ones. */
  readonly right: Right | undefined
}

const EXCEL_NUMBER = /^[+-]?\d(?:\.\d+)?E[+-]?\d{1,3}$/i

/** A spreadsheet turned the number into a floating-point one: `2.01E+12` no longer says which it was. */
export const isDestroyed = (text: string): boolean => EXCEL_NUMBER.test(text.trim())

const squeezed = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s,:'’\-/]+/g, '')
    .toUpperCase()

const FIRST_DIGIT: Readonly<Record<string, PatentRight>> = {
  1: 'invention',
  2: 'utility-model',
  3: 'design',
}
const CN_LETTER: Readonly<Record<string, { readonly right: PatentRight; readonly stage: Stage }>> = {
  A: { right: 'invention', stage: 'application' },
  B: { right: 'invention', stage: 'grant' },
  C: { right: 'invention', stage: 'grant' },
  U: { right: 'utility-model', stage: 'grant' },
  Y: { right: 'utility-model', stage: 'grant' },
  D: { right: 'design', stage: 'grant' },
  S: { right: 'design', stage: 'grant' },
}

const DOCUMENT = /^([A-Z]{2})([A-Z]{0,4}\d[\dA-Z.]*?)([A-Z]\d?)?$/

/**
 * The number of a published document in its one form, from `CN 104751825 B`, `US 2013/0101709 A1`, `WO 02/14184`, or its parts;
 * undefined for what is no such number (an application number, a destroyed number, a date).
 */
export function documentNumber(
  text: string,
  { office, kind: letter }: { readonly office?: string; readonly kind?: string } = {},
): DocumentNumber | undefined {
  if (isDestroyed(text)) return undefined
  const given = squeezed(text)
  const parts = DOCUMENT.exec(/^[A-Z]{2}/.test(given) || office === undefined ? given : `${office}${given}`)
  if (parts === null) return undefined
  const [, country = '', rest = '', ending = ''] = parts
  const kind = ending === '' ? squeezed(letter ?? '') : ending
  if (!/^(?:[A-Z]\d?)?$/.test(kind)) return undefined
  const number = numberOf(country, rest.replaceAll('.', ''), kind)
  if (number === undefined || (country === 'CN' && rest.includes('.'))) return undefined
  const { right, stage } = meaningOf(country, number, kind)
  return { publicationNumber: `${country}${number}${kind}`, office: country, kind, right, stage }
}

/** The digits as the office writes them today; undefined where they cannot be those of a document. */
function numberOf(office: string, digits: string, kind: string): string | undefined {
  if (office === 'CN') return chineseDocument(digits, kind) ? digits : undefined
  if (office === 'US') {
    const [, letters = '', serial = ''] = /^([A-Z]*)0*(\d+)$/.exec(digits) ?? []
    if (serial === '') return digits
    // The databases of the EPO write six digits after the year of an application that was published with seven.
    const short = letters === '' && /^(?:19|20)\d{8}$/.test(serial) && !kind.startsWith('B')
    return short ? `${serial.slice(0, 4)}0${serial.slice(4)}` : `${letters}${serial}`
  }
  if (office === 'WO') {
    const [, year = '', serial = ''] = /^(\d{2})(\d{5,6})$/.exec(digits) ?? []
    if (year === '') return digits
    return `${Number(year) > 77 ? '19' : '20'}${year}${serial.padStart(6, '0')}`
  }
  return digits
}

function chineseDocument(digits: string, kind: string): boolean {
  // Until 1988 a document bore the number of its application; from 2007 nine digits, between them seven.
  if (!/^(?:[123]\d{6}|[123]\d{8}|8[5-8]\d{6})$/.test(digits)) return false
  const letter = CN_LETTER[kind.charAt(0)]
  if (kind === '') return digits.length !== 8
  return letter !== undefined && (digits.length === 8 || FIRST_DIGIT[digits.charAt(0)] === letter.right)
}

function meaningOf(office: string, number: string, kind: string): { right: Right; stage: Stage } {
  const letter = kind.charAt(0)
  if (office === 'CN') {
    const known = CN_LETTER[letter]
    if (known) return known
    return { right: FIRST_DIGIT[number.charAt(0)] ?? 'other', stage: 'unknown' }
  }
  if (office === 'US') return americanMeaning(number, kind)
  if (letter === 'U') return { right: 'utility-model', stage: 'unknown' }
  if (letter === 'S' || letter === 'D') return { right: 'design', stage: 'grant' }
  if (letter === 'B' || letter === 'C') return { right: 'invention', stage: 'grant' }
  if (letter === 'A')
    return { right: 'invention', stage: office === 'EP' || office === 'WO' ? 'application' : 'unknown' }
  return {
    right: office === 'WO' || office === 'EP' ? 'invention' : 'other',
    stage: office === 'WO' ? 'application' : 'unknown',
  }
}

function americanMeaning(number: string, kind: string): { right: Right; stage: Stage } {
  if (number.startsWith('D') || kind.startsWith('S')) return { right: 'design', stage: 'grant' }
  if (number.startsWith('PP')) return { right: 'plant', stage: 'grant' }
  if (kind.startsWith('P'))
    return { right: 'plant', stage: kind === 'P2' || kind === 'P3' ? 'grant' : 'application' }
  // Until 2001 grants bore the letter A; published applications have eleven digits.
  const published = /^20\d{9}$/.test(number)
  if (kind.startsWith('B') || !published) return { right: 'invention', stage: 'grant' }
  return { right: 'invention', stage: 'application' }
}

const MISSING: ApplicationNumber = {
  applicationNumber: '',
  numberState: 'missing',
  applicationKey: null,
  right: undefined,
}

/**
 * The number of an application with what is known of it. A destroyed or faulty one is kept as it was given and joins nothing.
 * `filedYear` tells apart the two ways American numbers of before 2001 are written.
 */
export function applicationNumber(
  text: string,
  {
    office,
    filedYear,
  }: { readonly office?: string | undefined; readonly filedYear?: number | undefined } = {},
): ApplicationNumber {
  const given = text.trim()
  if (given === '') return MISSING
  if (isDestroyed(given))
    return { ...MISSING, applicationNumber: given.slice(0, 60), numberState: 'destroyed' }
  const plain = squeezed(given)
  const country = /^(?:PCT)?([A-Z]{2})/.exec(plain)?.[1] ?? office
  if (plain.startsWith('PCT')) return foreign(plain, '')
  const chinese =
    country === 'CN' ||
    country === 'ZL' ||
    (country === undefined && /^\d{8}(?:\d{4})?(?:\.?[\dX])?$/.test(plain))
  if (chinese) return chineseApplication(plain, given)
  if (country === undefined || !/\d/.test(plain))
    return { ...MISSING, applicationNumber: given.slice(0, 60), numberState: 'malformed' }
  const digits = (plain.startsWith(country) ? plain.slice(2) : plain)
    .replace(/[AUFTWDV]\d?$/, '')
    .replaceAll('.', '')
  return foreign(country === 'US' ? americanApplication(digits, filedYear) : digits, country)
}

function chineseApplication(plain: string, given: string): ApplicationNumber {
  // `CN2009101277538A`: exporters append the kind of the application.
  const verdict = checkPatentApplication(plain.replace(/(?<=\d[\dX]?)[AUSZ]$/, ''))
  if (!verdict.valid) {
    const numberState = verdict.reason === 'check' ? 'checkDigitFails' : 'malformed'
    return { ...MISSING, applicationNumber: given.slice(0, 60), numberState }
  }
  const { value, facts } = verdict
  return {
    applicationNumber: `CN${value}`,
    numberState: facts.checked ? 'sound' : 'unchecked',
    applicationKey: `CN${value.split('.', 1)[0] ?? ''}`,
    right: facts.right,
  }
}

/** Series and serial number, `13657122`; those of before 2001 that end in their year with that year before them. */
function americanApplication(digits: string, filedYear: number | undefined): string {
  const modern = /^(?:19|20)\d{2}(\d{8})$/.exec(digits)
  if (modern?.[1] !== undefined) return modern[1]
  const old = /^(\d{4,6})(\d{2})$/.exec(digits)
  if (old !== null && filedYear !== undefined && filedYear < 2001 && Number(old[2]) === filedYear % 100)
    return `${filedYear}${(old[1] ?? '').padStart(6, '0')}`
  return digits
}

function foreign(digits: string, office: string): ApplicationNumber {
  const value = `${office}${digits}`.slice(0, 60)
  return { applicationNumber: value, numberState: 'unchecked', applicationKey: value, right: undefined }
}

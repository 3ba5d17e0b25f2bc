/**
 * The check digits of the codes that parties carry. Every function takes a code as a person may have typed it
 * (full-width digits, spaces, lower case) and answers with its normal form, or with what is wrong and, where the rest of the
 * code allows it, the check character that would have been right.
 */
import {
  digitsOf,
  fault,
  type InvalidIdentifier,
  plain,
  unreadable,
  type Verdict,
  weightedSum,
} from './verdict.rules.ts'

// GB/T 2260: the first two digits of every division code.
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(
    ' ',
  ),
)

// GB 32100-2015: no I, O, S, V, Z, which are read as digits or as one another.
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
// GB 32100-2015, table 1: the registering department.
const REGISTRARS = '123456789ANY'

export interface CreditCodeFacts {
  readonly registrar: string
  readonly category: string
  readonly regionCode: string
  readonly organisationCode: string
  /** Codes are in use whose inner GB 11714 check fails while the outer one holds: a warning, not a refusal. */
  readonly organisationCodeHolds: boolean
}

function creditCheck(first17: string): string {
  const sum = weightedSum(
    Array.from(first17, (character) => CREDIT_ALPHABET.indexOf(character)),
    CREDIT_WEIGHTS,
  )
  return CREDIT_ALPHABET.charAt((31 - (sum % 31)) % 31)
}

/** Unified social credit code, GB 32100-2015: 18 characters, the last a check over the other 17. */
export function checkCreditCode(input: string): Verdict<CreditCodeFacts> {
  const broken = unreadable(input)
  if (broken) return broken
  const value = plain(input)
  if (value.length !== 18) return fault('length')
  const first17 = value.slice(0, 17)
  if (!Array.from(first17).every((character) => CREDIT_ALPHABET.includes(character)))
    return fault('characters')
  const expected = creditCheck(first17)
  if (!CREDIT_ALPHABET.includes(value.charAt(17))) return fault('characters', expected)
  if (!REGISTRARS.includes(value.charAt(0))) return fault('kind', expected)
  if (!/^\d{6}$/.test(value.slice(2, 8))) return fault('region', expected)
  if (value.charAt(17) !== expected) return fault('check', expected)
  const organisationCode = value.slice(8, 17)
  return {
    valid: true,
    value,
    facts: {
      registrar: value.charAt(0),
      category: value.charAt(1),
      regionCode: value.slice(2, 8),
      organisationCode,
      organisationCodeHolds: checkOrganisationCode(organisationCode).valid,
    },
  }
}

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** Organisation code, GB 11714-1997: 8 characters and a check digit, often written with a hyphen before it. */
export function checkOrganisationCode(input: string): Verdict {
  const broken = unreadable(input)
  if (broken) return broken
  const value = plain(input).replace(/-(?=.$)/, '')
  if (value.length !== 9) return fault('length')
  if (!/^[0-9A-Z]{8}/.test(value)) return fault('characters')
  // Letters count 10 for A to 35 for Z.
  const sum = weightedSum(
    Array.from(value.slice(0, 8), (character) => Number.parseInt(character, 36)),
    ORGANISATION_WEIGHTS,
  )
  const remainder = 11 - (sum % 11)
  const expected = remainder === 10 ? 'X' : remainder === 11 ? '0' : String(remainder)
  return value.charAt(8) === expected ? { valid: true, value, facts: {} } : fault('check', expected)
}

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

function isCalendarDay(yyyymmdd: string): boolean {
  const [year, month, day] = [yyyymmdd.slice(0, 4), yyyymmdd.slice(4, 6), yyyymmdd.slice(6, 8)].map(
    Number,
  ) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Resident identity number, GB 11643-1999: region, date of birth, sequence and a check over the 17 before it. */
export function checkResidentId(
  input: string,
): Verdict<{ readonly regionCode: string; readonly bornOn: string }> {
  const broken = unreadable(input)
  if (broken) return broken
  const value = plain(input)
  if (value.length !== 18) return fault('length')
  if (!/^\d{17}[\dX]$/.test(value)) return fault('characters')
  const born = value.slice(6, 14)
  if (!PROVINCES.has(value.slice(0, 2))) return fault('region')
  if (!isCalendarDay(born)) return fault('date')
  const expected = '10X98765432'.charAt(weightedSum(digitsOf(value.slice(0, 17)), RESIDENT_WEIGHTS) % 11)
  if (value.charAt(17) !== expected) return fault('check', expected)
  return {
    valid: true,
    value,
    facts: {
      regionCode: value.slice(0, 6),
      bornOn: `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`,
    },
  }
}

/** Code of a patent agency: the province (GB/T 2260) and three digits. No check digit is published for it. */
export function checkAgencyCode(input: string): Verdict<{ readonly provinceCode: string }> {
  const broken = unreadable(input)
  if (broken) return broken
  const value = plain(input)
  if (!/^\d+$/.test(value)) return fault('characters')
  if (value.length !== 5) return fault('length')
  const provinceCode = value.slice(0, 2)
  return PROVINCES.has(provinceCode) ? { valid: true, value, facts: { provinceCode } } : fault('region')
}

/** Code of a listed share with its exchange: Shanghai, Shenzhen, Beijing, Hong Kong. */
export function checkStockCode(input: string): Verdict<{ readonly exchange: string }> {
  const broken = unreadable(input)
  if (broken) return broken
  const value = plain(input)
  const parts = /^(?:\d{6}\.(SH|SZ|BJ)|\d{4,5}\.(HK))$/.exec(value)
  return parts ? { valid: true, value, facts: { exchange: parts[1] ?? parts[2] ?? '' } } : fault('form')
}

/** ISO 7064 MOD 97-10 over letters read as 10 to 35, the way of ISO 17442. */
function mod97(text: string): number {
  let remainder = 0
  for (const character of text) {
    for (const digit of String(Number.parseInt(character, 36)))
      remainder = (remainder * 10 + Number(digit)) % 97
  }
  return remainder
}

/** Legal entity identifier, ISO 17442: 18 characters and two check digits. */
export function checkLei(input: string): Verdict {
  const broken = unreadable(input)
  if (broken) return broken
  const value = plain(input)
  if (value.length !== 20) return fault('length')
  if (!/^[0-9A-Z]{18}\d{2}$/.test(value)) return fault('characters')
  const body = value.slice(0, 18)
  const expected = String(98 - mod97(`${body}00`)).padStart(2, '0')
  return value.endsWith(expected) ? { valid: true, value, facts: {} } : fault('check', expected)
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** A country of ISO 3166-1 by its two letters. */
function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && regionNames.of(code) !== undefined
}

/** A registration number of another country's register: its form is that country's affair, so only its reading is checked. */
export function checkForeignRegistration(
  country: string,
  input: string,
): Verdict<{ readonly country: string }> {
  const broken = unreadable(input)
  if (broken) return broken
  if (!isCountry(country) || country === 'CN') return fault('country')
  const value = plain(input)
  if (value.length > 40) return fault('length')
  return /^[\p{L}\p{N}][\p{L}\p{N}./-]*$/u.test(value)
    ? { valid: true, value, facts: { country } }
    : fault('characters')
}

export const IDENTIFIER_SCHEMES = [
  'cn-credit-code',
  'cn-organisation-code',
  'cn-resident-id',
  'cn-patent-agency-code',
  'cn-stock-code',
  'lei',
  'foreign-registration',
] as const

export type IdentifierScheme = (typeof IDENTIFIER_SCHEMES)[number]

/** Schemes whose value names a natural person: stored masked and hashed, never as typed. */
export const PERSONAL_SCHEMES: ReadonlySet<IdentifierScheme> = new Set<IdentifierScheme>(['cn-resident-id'])

/** The codes by which other registers know an organisation, beside its credit code. */
export const ORGANISATION_SCHEMES = [
  'cn-organisation-code',
  'cn-patent-agency-code',
  'cn-stock-code',
  'lei',
  'foreign-registration',
] as const satisfies readonly IdentifierScheme[]

/** One check for every scheme under which a party can be identified. `country` matters for foreign registrations only. */
export function checkIdentifier(scheme: IdentifierScheme, value: string, country = 'CN'): Verdict {
  switch (scheme) {
    case 'cn-credit-code':
      return checkCreditCode(value)
    case 'cn-organisation-code':
      return checkOrganisationCode(value)
    case 'cn-resident-id':
      return checkResidentId(value)
    case 'cn-patent-agency-code':
      return checkAgencyCode(value)
    case 'cn-stock-code':
      return checkStockCode(value)
    case 'lei':
      return checkLei(value)
    case 'foreign-registration':
      return checkForeignRegistration(country, value)
  }
}

/**
 * Codes are in use that fail their published check (rules of the domain, section 11), so a failed check or an unknown
 * region may be overridden with a reason. What is not even a code of that form may not.
 */
export function mayBeOverridden(verdict: InvalidIdentifier): boolean {
  return verdict.reason === 'check' || verdict.reason === 'region' || verdict.reason === 'kind'
}

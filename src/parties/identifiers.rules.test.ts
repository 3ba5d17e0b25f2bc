import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sharedData } from '#testing/shared-data.ts'
import {
  checkAgencyCode,
  checkCreditCode,
  checkForeignRegistration,
  checkIdentifier,
  checkLei,
  checkOrganisationCode,
  checkResidentId,
  IDENTIFIER_SCHEMES,
  mayBeOverridden,
} from './identifiers.rules.ts'
import { checkPatentApplication, checkPublicationNumber } from './patent-numbers.rules.ts'

interface Vector {
  readonly input: string
  readonly valid: boolean
  readonly expected_check?: string
}

interface Vectors {
  readonly patent_application_numbers: {
    readonly valid: readonly { readonly formatted: string; readonly compact: string; readonly zl: string }[]
    readonly invalid: readonly Vector[]
  }
  readonly unified_social_credit_codes: {
    readonly valid: readonly { readonly code: string; readonly org_code: string }[]
    readonly synthetic_valid: readonly { readonly code: string }[]
    readonly invalid: readonly Vector[]
  }
  readonly resident_id: readonly Vector[]
  readonly publication_numbers: readonly Vector[]
  readonly agency_codes: readonly Vector[]
}

const file = sharedData('../domain/vectors.json')
// A skipped suite is still read through: without the folder its lists are empty.
const vectors: Vectors =
  file === undefined
    ? {
        patent_application_numbers: { valid: [], invalid: [] },
        unified_social_credit_codes: { valid: [], synthetic_valid: [], invalid: [] },
        resident_id: [],
        publication_numbers: [],
        agency_codes: [],
      }
    : (JSON.parse(readFileSync(file, 'utf8')) as Vectors)

describe.skipIf(file === undefined)(
  '[F019] the vectors of the domain (skipped without the shared data)',
  () => {
    const { patent_application_numbers: patents, unified_social_credit_codes: codes } = vectors

    test('credit codes with both of their check digits', () => {
      for (const { code, org_code } of codes.valid) {
        expect(checkCreditCode(code)).toMatchObject({
          valid: true,
          value: code,
          facts: { organisationCode: org_code, organisationCodeHolds: true },
        })
        expect(checkOrganisationCode(org_code)).toMatchObject({ valid: true })
      }
      for (const { code } of codes.synthetic_valid)
        expect(checkCreditCode(code)).toMatchObject({ valid: true })
    })

    test('patent numbers however they are printed', () => {
      for (const { formatted, compact, zl } of patents.valid) {
        for (const input of [formatted, compact, zl]) {
          expect(checkPatentApplication(input)).toMatchObject({ valid: true, value: formatted })
        }
      }
    })

    const checks: readonly (readonly [
      string,
      readonly Vector[],
      (input: string) => ReturnType<typeof checkIdentifier>,
    ])[] = [
      ['credit codes', codes.invalid, checkCreditCode],
      ['patent numbers', patents.invalid, checkPatentApplication],
      ['resident numbers', vectors.resident_id, checkResidentId],
      ['publication numbers', vectors.publication_numbers, checkPublicationNumber],
      ['agency codes', vectors.agency_codes, checkAgencyCode],
    ]
    for (const [name, list, check] of checks) {
      test(`${name} are judged as the vectors say, with the right check character`, () => {
        for (const { input, valid, expected_check } of list) {
          const verdict = check(input)
          expect({ input, valid: verdict.valid }).toEqual({ input, valid })
          expect({ input, ...verdict }).toMatchObject(
            expected_check === undefined ? { input } : { expectedCheck: expected_check },
          )
        }
      })
    }
  },
)

test.for([
  ['9132 0115 ma0te5t080', '91320115MA0TE5T080'],
  ['９１３２０１１５ＭＡ０ＴＥ５Ｔ０８０', '91320115MA0TE5T080'],
] as const)('[F019] %s is read as %s', ([typed, value]) => {
  expect(checkCreditCode(typed)).toMatchObject({ valid: true, value })
})

test.for([
  ['2.01E+12', 'excel-number'],
  ['9.13201E+17', 'excel-number'],
  ['', 'empty'],
  ['　', 'empty'],
] as const)('[F019] %s is no code of any scheme', ([typed, reason]) => {
  for (const scheme of IDENTIFIER_SCHEMES)
    expect(checkIdentifier(scheme, typed, 'KR')).toEqual({ valid: false, reason })
})

test('[F019] one wrong character is always noticed, and the right last one is named', () => {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const code = fc.tuple(
    fc.constantFrom('11', '12', '52', '91', '92', 'N3', 'Y1'),
    fc.stringMatching(/^[0-9]{6}$/),
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: 9, maxLength: 9 }),
  )
  fc.assert(
    fc.property(code, fc.nat(16), fc.constantFrom(...alphabet), (parts, at, other) => {
      const first17 = parts.join('')
      const probe = checkCreditCode(`${first17}Z`)
      if (probe.valid || probe.expectedCheck === undefined) throw new Error('no check character')
      const whole = first17 + probe.expectedCheck
      expect(checkCreditCode(whole).valid).toBe(true)
      if (whole.charAt(at) === other) return
      // 3 has order 30 modulo 31, a prime: no single error keeps the sum.
      expect(checkCreditCode(whole.slice(0, at) + other + whole.slice(at + 1)).valid).toBe(false)
    }),
  )
})

test('[F019] no text whatsoever makes a check throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...IDENTIFIER_SCHEMES), (text, scheme) => {
      expect(typeof checkIdentifier(scheme, text).valid).toBe('boolean')
      expect(typeof checkPatentApplication(text).valid).toBe('boolean')
      expect(typeof checkPublicationNumber(text).valid).toBe('boolean')
    }),
  )
})

test('[F019] old numbers printed without a check digit are valid, and marked as not checked', () => {
  expect(checkPatentApplication('CN85105156')).toMatchObject({
    valid: true,
    value: '85105156',
    facts: { year: 1985, checked: false },
  })
  expect(checkPatentApplication('CN96121602.6')).toMatchObject({
    valid: true,
    facts: { right: 'invention', checked: true },
  })
})

test('[F019] identifiers of other countries: a country, a register, a number', () => {
  expect(checkLei('529900T8BM49AURSDO55').valid).toBe(true)
  expect(checkLei('529900T8BM49AURSDO56')).toEqual({ valid: false, reason: 'check', expectedCheck: '55' })
  expect(checkForeignRegistration('KR', '110111-0006246')).toMatchObject({
    valid: true,
    facts: { country: 'KR' },
  })
  expect(checkForeignRegistration('QX', '1')).toMatchObject({ reason: 'country' })
  expect(checkForeignRegistration('CN', '1')).toMatchObject({ reason: 'country' })
  expect(checkForeignRegistration('US', "1'; drop table party")).toMatchObject({ reason: 'characters' })
})

test('[F019] a failed check may be overridden, a code that is none may not', () => {
  const failed = checkCreditCode('91350211M0000XUF46')
  const broken = checkCreditCode('12345678')
  if (failed.valid || broken.valid) throw new Error('both are wrong')
  expect([mayBeOverridden(failed), mayBeOverridden(broken)]).toEqual([true, false])
})

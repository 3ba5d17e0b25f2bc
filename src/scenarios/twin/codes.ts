const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** A unified social credit code whose check digits hold (GB 32100, GB 11714) and that nobody was given: series MX. */
export class CodeMaker {
  readonly #region: string
  #serial = 0

  constructor(regionCode: string) {
    this.#region = regionCode
  }

  creditCode(kind: 'enterprise' | 'law-firm' | 'university' = 'enterprise'): string {
    const opening = { enterprise: '91', 'law-firm': '31', university: '12' }[kind]
    const organisation = organisationCode(`MX${String(this.#serial++).padStart(6, '0')}`)
    const body = `${opening}${this.#region}${organisation}`
    return body + creditCheck(body)
  }
}

/** Eight characters and the check of GB 11714: weights 3, 7, 9, 10, 5, 8, 4, 2. */
function organisationCode(eight: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, at) => all + weight * Number.parseInt(eight[at] ?? '0', 36), 0)
  const check = 11 - (sum % 11)
  return eight + (check === 10 ? 'X' : check === 11 ? '0' : String(check))
}

function creditCheck(seventeen: string): string {
  let sum = 0
  for (let at = 0, weight = 1; at < 17; at++, weight = (weight * 3) % 31)
    sum += creditAlphabet.indexOf(seventeen[at] ?? '0') * weight
  return creditAlphabet[(31 - (sum % 31)) % 31] ?? '0'
}

/** An application number whose check digit holds: year, kind, serial (weights 2 to 9, 2 to 5, modulus 11). */
export function patentNumber(year: number, kind: 1 | 2 | 3, serial: number): string {
  const digits = `${year}${kind}${String(serial).padStart(7, '0')}`
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
  const rest = weights.reduce((all, weight, at) => all + weight * Number(digits[at]), 0) % 11
  return `ZL${digits}.${rest === 10 ? 'X' : rest}`
}

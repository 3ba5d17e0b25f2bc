/** Numbers that people read aloud and type: a wrong digit or two swapped ones are found by the last (Luhn). */
export function matterNumber(year: number, serial: number): string {
  const body = `${year}${String(serial).padStart(6, '0')}`
  return `${body.slice(0, 4)}-${body.slice(4)}-${luhn(body)}`
}

export function isMatterNumber(text: string): boolean {
  const match = /^(\d{4})-(\d{6,9})-(\d)$/.exec(text)
  return match !== null && luhn(`${match[1]}${match[2]}`) === Number(match[3])
}

/** The n-th document of a matter carries its number. */
export function documentNumber(number: string, nth: number): string {
  return `${number}-D${nth}`
}

function luhn(digits: string): number {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10
}

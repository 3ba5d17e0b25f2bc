/** What is wrong with a password; the web words each for a person. */
export type PasswordProblem = 'TOO_SHORT' | 'TOO_LONG' | 'TOO_FEW_CLASSES' | 'TOO_COMMON' | 'CONTAINS_EMAIL'

export interface PasswordHolder {
  staff: boolean
  email: string
}

/** Suggested values of classified protection (等保), held in one place: docs/security.md cites them. */
export const PASSWORD_LENGTH = { everyone: 8, staff: 12, longest: 128 } as const
const STAFF_CHARACTER_CLASSES = 3

const CHARACTER_CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u]

/** Stems of the passwords that leaked lists open with, the Chinese ones included. */
const COMMON_STEMS = new Set(
  `password passw0rd p@ssw0rd p@ssword admin administrator root guest welcome qwerty qwertyuiop asdfghjkl zxcvbnm
  1qaz2wsx q1w2e3r4 qazwsx iloveyou letmein monkey dragon football baseball sunshine princess superman abc abcd aa
  woaini woaini1314 woaiwojia zhang wang mima caonima taobao alipay huawei zhongguo beijing nihao test changeme
  default secret zhiyuan zhishichanquan`.split(/\s+/u),
)

/** Digits and marks hung on either end do not make a common word uncommon: Password2026! is still password. */
const DECORATION = /^[\d\W_]+|[\d\W_]+$/gu

/** Everything that is wrong with a password for its holder; empty when it will do. */
export function passwordProblems(password: string, holder: PasswordHolder): PasswordProblem[] {
  const problems: PasswordProblem[] = []
  const length = [...password].length
  if (length < (holder.staff ? PASSWORD_LENGTH.staff : PASSWORD_LENGTH.everyone)) problems.push('TOO_SHORT')
  if (length > PASSWORD_LENGTH.longest) problems.push('TOO_LONG')
  if (holder.staff && classesIn(password) < STAFF_CHARACTER_CLASSES) problems.push('TOO_FEW_CLASSES')
  if (isCommon(password)) problems.push('TOO_COMMON')
  if (containsMailbox(password, holder.email)) problems.push('CONTAINS_EMAIL')
  return problems
}

function classesIn(password: string): number {
  return CHARACTER_CLASSES.filter((one) => one.test(password)).length
}

function isCommon(password: string): boolean {
  const lower = password.toLowerCase()
  const bare = lower.replaceAll(DECORATION, '')
  return bare === '' ? isRun(lower) : COMMON_STEMS.has(lower) || COMMON_STEMS.has(bare)
}

/** Digits alone, or digits and marks: guessed first when few different ones repeat or when they count up. */
function isRun(password: string): boolean {
  const digits = password.replaceAll(/\D/gu, '')
  return (
    new Set(password).size <= 4 ||
    '01234567890123456789'.includes(digits) ||
    '98765432109876543210'.includes(digits)
  )
}

function containsMailbox(password: string, email: string): boolean {
  const mailbox = email.slice(0, email.lastIndexOf('@')).toLowerCase()
  return mailbox.length >= 4 && password.toLowerCase().includes(mailbox)
}

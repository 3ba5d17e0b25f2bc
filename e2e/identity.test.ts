import type { Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { axeFindings, type OpenedPage, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import { site, type Site } from '#testing/site.ts'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../src/identity/demo-accounts.rules.ts'
import { codeAt } from '../src/identity/second-factor.ts'

const demo = (role: string) => `${role}@demo.zhiyuan.example`
const ORGANISATION = '01900000-0000-7000-8000-000000000001'

let here: Site
let citizenId = ''

beforeAll(async () => {
  here = await site(() => signedInWorld({ pages: true }))
  citizenId = await idOf(demo('citizen'))
  await here.world.db
    .insertInto('membership')
    .values({
      accountId: await idOf(demo('enterprise')),
      organisationId: ORGANISATION,
      organisationName: '柑橘园科技股份有限公司',
      role: 'administrator',
      validFrom: '2026-01-01',
    })
    .execute()
})

beforeEach(async () => {
  await here.world.db.deleteFrom('attemptCount').execute()
})

async function idOf(email: string): Promise<string> {
  const { id } = await here.world.db
    .selectFrom('userAccount')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return id
}

async function signIn(page: Page, email: string, next = '/en/account'): Promise<void> {
  await visit(page, `/en/sign-in?next=${next.replace(/^\/en/u, '')}`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signInWithCode(page: Page, email: string, next?: string): Promise<void> {
  await signIn(page, email, next)
  await page.getByRole('heading', { level: 1, name: 'Second factor' }).waitFor()
  await page.getByLabel('Code').fill(codeAt(DEMO_TOTP_SECRET, new Date()))
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByRole('button', { name: 'Sign out' }).first().waitFor()
}

/** What is wrong with a page on a phone or for a screen reader, in either language. */
async function problemsOf({ page, complaints }: OpenedPage, ...paths: string[]): Promise<string[]> {
  const problems: string[] = []
  await page.setViewportSize({ width: 360, height: 740 })
  for (const path of paths.flatMap((one) => [one, `/en${one}`])) {
    await visit(page, path)
    problems.push(...(await axeFindings(page)).map((finding) => `${path}: ${finding}`))
    const overflow = await overflowOf(page)
    if (overflow > 0) problems.push(`${path} is ${overflow} pixels too wide`)
  }
  return [...problems, ...complaints]
}

describe('[F008] [F106] pages of identity are sound on a phone and for a screen reader, in both languages', () => {
  test('those of a visitor', async () => {
    const invitation = '/invitations/no-such-invitation-at-all'
    const paths = ['/sign-in', '/reset-password', '/reset-password?token=abc', '/account', invitation]
    expect(await problemsOf(await openPage(here.origin), ...paths)).toEqual([])
  })

  test('those of a firm', async () => {
    const opened = await openPage(here.origin)
    await signIn(opened.page, demo('enterprise'))
    await opened.page.getByRole('heading', { level: 1, name: 'My account' }).waitFor()
    const own = ['/account', '/account/second-factor', '/account/who-viewed-my-data']
    expect(await problemsOf(opened, ...own, `/account/organisations/${ORGANISATION}`)).toEqual([])
  })

  test('those of an administrator', async () => {
    const opened = await openPage(here.origin)
    await signInWithCode(opened.page, demo('administrator'))
    expect(await problemsOf(opened, '/work/accounts', `/work/accounts/${citizenId}`)).toEqual([])
  })
})

test('[F106] a wrong password is refused in words, with the focus on them, and what was typed stays', async () => {
  const { page } = await openPage(here.origin)
  await visit(page, '/sign-in')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  const summary = page.getByRole('alert')
  await summary.getByRole('link', { name: '请填写邮箱地址。' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-email')
  await page.getByLabel('邮箱').fill(demo('citizen'))
  await page.getByLabel('密码').fill('不是这个密码')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await summary.getByText('邮箱或密码不对').waitFor()
  expect(await page.getByLabel('邮箱').inputValue()).toBe(demo('citizen'))
})

test('[F106] staff sign in with password and code, and a wrong code is refused in words', async () => {
  const { page } = await openPage(here.origin)
  await signIn(page, demo('officer'))
  await page.getByLabel('Code').fill('000000')
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText('change every 30 seconds').waitFor()
  await page.getByLabel('Code').fill(codeAt(DEMO_TOTP_SECRET, new Date()))
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor()
  expect(await page.locator('main').textContent()).toContain('Officer')
})

test('[F106] a citizen sets up a second factor from a code drawn by the page, and keeps backup codes', async () => {
  const { page, complaints } = await openPage(here.origin)
  await signIn(page, demo('volunteer'), '/en/account/second-factor')
  await page.getByRole('heading', { level: 1, name: 'Set up the second factor' }).waitFor()
  await page.getByLabel('Current password').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('img', { name: 'QR code that sets up the authenticator' }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.getByText('enter the key by hand').click()
  const key = (await page.locator('details code').textContent()) ?? ''
  await page.getByLabel('The six digits').fill(codeAt(fromBase32(key), new Date()))
  await page.getByRole('button', { name: 'Finish' }).click()
  await page.getByText('Keep the backup codes').waitFor()
  expect(await page.locator('main li code').count()).toBe(10)
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('Set up', { exact: true }).waitFor()
  expect(complaints).toEqual([])
})

test('[F106] [S135] a person reads who viewed their data, when and why', async () => {
  const office = await openPage(here.origin)
  await signInWithCode(office.page, demo('administrator'), `/en/work/accounts/${citizenId}`)
  await office.page.getByText('c***@demo.zhiyuan.example').waitFor()
  await office.page.getByLabel('What for').fill('Called about a locked account')
  await office.page.getByRole('button', { name: 'Show' }).click()
  await office.page.getByText(demo('citizen')).waitFor()

  const { page } = await openPage(here.origin)
  await signIn(page, demo('citizen'), '/en/account/who-viewed-my-data')
  const row = page.getByRole('row', { name: /Called about a locked account/u })
  await row.waitFor()
  expect(await row.textContent()).toContain('演示·管理员')
  expect(await row.textContent()).toContain('e-mail address')
})

test('[F106] a firm invites a colleague, who opens an account from the letter', async () => {
  const { page } = await openPage(here.origin)
  await signIn(page, demo('enterprise'), `/en/account/organisations/${ORGANISATION}`)
  await page.getByRole('heading', { level: 1, name: /members/u }).waitFor()
  await page.getByLabel('E-mail address').fill('colleague@orchard.example')
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await page.getByRole('cell', { name: 'waiting' }).waitFor()
  const { linkPath } = await here.world.db
    .selectFrom('outbox')
    .select('linkPath')
    .where('recipient', '=', 'colleague@orchard.example')
    .executeTakeFirstOrThrow()

  const other = await openPage(here.origin)
  await visit(other.page, `/en${linkPath}`)
  await other.page.getByLabel('Name').fill('Colleague')
  await other.page.getByLabel('Set a password').fill('password')
  await other.page.getByRole('button', { name: 'Accept the invitation' }).click()
  await other.page.getByText('guessed first').waitFor()
  await other.page.getByLabel('Set a password').fill('lake-stone-bridge-7')
  await other.page.getByRole('button', { name: 'Accept the invitation' }).click()
  await other.page.getByText('You have joined').waitFor()
  const members = await here.world.db
    .selectFrom('membership')
    .select('id')
    .where('organisationId', '=', ORGANISATION)
    .execute()
  expect(members).toHaveLength(2)
})

test('[F106] an administrator opens and suspends an account', async () => {
  const { page } = await openPage(here.origin)
  await signInWithCode(page, demo('administrator'), '/en/work/accounts')
  const form = page.getByRole('form', { name: 'Open an account' })
  await form.getByLabel('Name').fill('New Officer')
  await form.getByLabel('E-mail address').fill('new.officer@office.example')
  await form.getByLabel('Officer', { exact: true }).check()
  await form.getByRole('button', { name: 'Open it' }).click()
  await page.getByText('The account of New Officer is open').waitFor()
  await page.getByRole('link', { name: 'New Officer' }).click()
  const suspend = page.getByRole('form', { name: 'Suspend the account' })
  await suspend.getByLabel('Why').fill('Left the office')
  await suspend.getByRole('button', { name: 'Suspend the account' }).click()
  await page.getByRole('button', { name: 'Reinstate the account' }).waitFor()
  expect(await page.locator('main').textContent()).toContain('Left the office')
})

function fromBase32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text.replaceAll(/[\s=]/gu, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2))).toString('utf8')
}

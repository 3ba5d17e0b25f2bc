import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import { site, type Site } from '#testing/site.ts'
import type { Page } from 'playwright-core'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../src/identity/demo-accounts.rules.ts'
import { codeAt } from '../src/identity/second-factor.ts'
import { recordAudit } from '../src/ledger/public.ts'
import { notify } from '../src/notices/public.ts'
import { orderNotice } from '../src/services/notices.ts'

const LANGUAGES = [
  ['zh', ''],
  ['en', '/en'],
] as const
const WORDS = {
  zh: {
    unread: '通知，2 条未读',
    one: '通知，1 条未读',
    all: '全部标为已读',
    none: '通知',
    order: '服务订单：邮件',
    sms: '手机号码',
    send: '发送验证码',
    code: '验证码',
    confirm: '确认',
    confirmed: '已确认：138****5678',
    save: '保存',
    saved: '已保存',
    resend: '再发一次',
    emptied: '没有放弃的',
  },
  en: {
    unread: 'Notices, 2 unread',
    one: 'Notices, 1 unread',
    all: 'Mark all as read',
    none: 'Notices',
    order: 'Service orders: Mail',
    sms: 'Mobile number',
    send: 'Send a code',
    code: 'Code',
    confirm: 'Confirm',
    confirmed: 'Confirmed: 138****5678',
    save: 'Save',
    saved: 'Saved',
    resend: 'Send again',
    emptied: 'Nothing was given up',
  },
} as const

let here: Site

beforeAll(async () => {
  here = await site(() =>
    signedInWorld({
      pages: true,
      env: {
        SMS_WEBHOOK_URL: 'http://127.0.0.1:9/sms',
        WEBHOOK_SECRET: 'a secret that both sides know, and nobody else',
      },
    }),
  )
})

beforeEach(async () => {
  for (const table of [
    'attemptCount',
    'notice',
    'outbox',
    'noticePreference',
    'noticeAddress',
    'noticeCode',
  ] as const)
    await here.world.db.deleteFrom(table).execute()
})

async function tell(email: string, ...titles: readonly { zh: string; en: string }[]) {
  const { id } = await here.world.db
    .selectFrom('userAccount')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  await here.world.write(async (tx, context) => {
    for (const words of titles)
      await notify(tx, context, {
        to: { accounts: [id] },
        kind: orderNotice,
        subject: { kind: 'test', id: '1' },
        words,
        more: { zh: '请在三天内查看。', en: 'Please look within three days.' },
        href: '/stations',
      })
    await recordAudit(tx, context, { action: 'test.told', subject: { kind: 'test', id: '1' } })
  })
}

async function signIn(page: Page, role: string, path: string) {
  await visit(page, '/en/sign-in?next=/account')
  await page.getByLabel('E-mail address').fill(`${role}@demo.zhiyuan.example`)
  await page.getByLabel('Password').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  if (role === 'administrator') {
    await page.getByRole('heading', { level: 1, name: 'Second factor' }).waitFor()
    await page.getByLabel('Code').fill(codeAt(DEMO_TOTP_SECRET, new Date()))
    await page.getByRole('button', { name: 'Verify' }).click()
  }
  await page.getByRole('button', { name: 'Sign out' }).first().waitFor()
  await visit(page, path)
}

const quotes = { zh: '三家机构已报价', en: 'Three agencies have quoted' }
const filed = { zh: '成果已交付', en: 'The work was delivered' }

describe.each(LANGUAGES)('[S73] notices in %s', (language, prefix) => {
  const words = WORDS[language]

  test('a citizen sees the bell, reads one, and marks the rest', async () => {
    await tell('citizen@demo.zhiyuan.example', quotes, filed)
    const { page, complaints } = await openPage(here.origin, { width: 390, height: 844 })
    await signIn(page, 'citizen', `${prefix}/account`)
    await page.getByRole('link', { name: words.unread }).click()
    await page.getByText(filed[language]).waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    await page.getByRole('link', { name: quotes[language] }).click()
    await page.waitForURL(`**${prefix}/stations`)
    await page.getByRole('link', { name: words.one }).click()
    await page.getByRole('button', { name: words.all }).click()
    await page.getByRole('link', { name: words.none, exact: true }).first().waitFor()
    expect(complaints).toEqual([])
  })

  test('a citizen chooses, gives a number and confirms it', async () => {
    const { page, complaints } = await openPage(here.origin, { width: 390, height: 844 })
    await signIn(page, 'citizen', `${prefix}/account/notice-settings`)
    await page.getByLabel(words.order).uncheck()
    await page.getByRole('button', { name: words.save }).click()
    await page.getByText(words.saved, { exact: true }).waitFor()
    await page.getByLabel(words.sms, { exact: true }).fill('138 1234 5678')
    await page.getByRole('button', { name: words.send }).click()
    await page.getByLabel(words.code, { exact: true }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    const { subject } = await here.world.db.selectFrom('outbox').select('subject').executeTakeFirstOrThrow()
    await page.getByLabel(words.code, { exact: true }).fill(/\d{6}/u.exec(subject)?.[0] ?? '')
    await page.getByRole('button', { name: words.confirm, exact: true }).click()
    await page.getByText(words.confirmed).waitFor()
    await tell('citizen@demo.zhiyuan.example', quotes)
    expect(
      await here.world.db.selectFrom('outbox').select('channel').where('channel', '=', 'mail').execute(),
    ).toEqual([])
    expect(complaints).toEqual([])
  })

  test('an administrator sends again what was given up', async () => {
    await tell('citizen@demo.zhiyuan.example', quotes)
    await here.world.db
      .updateTable('outbox')
      .set({ deadAt: new Date(), lastError: '550 no such mailbox', attempts: 1 })
      .execute()
    const { page, complaints } = await openPage(here.origin)
    await signIn(page, 'administrator', `${prefix}/work/outbox`)
    await page.getByText('550 no such mailbox').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: words.resend }).click()
    await page.getByText(words.emptied).waitFor()
    await visit(page, `${prefix}/work/notices`)
    expect(await axeFindings(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, overflowOf, visit } from '#testing/chromium.ts'
import { launchBrowser } from '#testing/launch-browser.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import { site, type Site } from '#testing/site.ts'
import { date } from '#platform/calendar.ts'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../src/identity/demo-accounts.rules.ts'
import { beginStationPost } from '../src/identity/public.ts'
import { codeAt } from '../src/identity/second-factor.ts'
import { recordAudit } from '../src/ledger/public.ts'

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 900 }
const LANGUAGES = [
  ['zh', ''],
  ['en', '/en'],
] as const

const WORDS = {
  zh: {
    start: '开始办理',
    begin: '开始填写',
    another: '另外新办一件',
    whom: '本人',
    topic: '海外事务',
    subject: '标题',
    question: '问题',
    name: '联系人',
    phone: '电话',
    proceed: '继续',
    skip: '先跳过',
    check: '核对与提交',
    submit: '确认提交',
    received: '已收到，请保存回执',
    fill: /^请填写/,
    errorTitle: /^出错：/,
    saved: /^已保存 \d{2}:\d{2}$/,
    goOn: /^继续填写/,
    here: /这里填写的/,
    decide: '按所选保存',
    signInAgain: '重新登录，继续填写',
    accept: '受理',
    answer: '答复',
    answerField: '答复内容',
    confirm: /^确认：/,
    receive: '接收',
    handOver: '移送',
    handOverBegin: '移送到其他站点或单位',
    receiver: '接收的站点或单位',
    reason: '事由',
    receipt: '移送回执',
    needed: /没有接收方不能移送/,
  },
  en: {
    start: 'Start',
    begin: 'Start filling in',
    another: 'Start another one',
    whom: 'Myself',
    topic: 'Matters abroad',
    subject: 'Subject',
    question: 'Question',
    name: 'Name',
    phone: 'Telephone',
    proceed: 'Continue',
    skip: 'Skip for now',
    check: 'Check and submit',
    submit: 'Submit',
    received: 'Received: keep this receipt',
    fill: /^Fill in/,
    errorTitle: /^Error: /,
    saved: /^Saved \d{2}:\d{2}$/,
    goOn: /^Continue/,
    here: /Entered here/,
    decide: 'Save what I chose',
    signInAgain: 'Sign in and continue',
    accept: 'Take it up',
    answer: 'Answer',
    answerField: 'The answer',
    confirm: /^Confirm:/,
    receive: 'Receive it',
    handOver: 'Hand over',
    handOverBegin: 'Hand over to another station or body',
    receiver: 'Receiving station or body',
    reason: 'Reason',
    receipt: 'Receipt of hand-over',
    needed: /without a receiver/,
  },
} as const
type Words = (typeof WORDS)['zh' | 'en']

const QUESTION = '我们准备去德国参展，怎样事先查清有没有侵权风险？'

let here: Site
let browser: Browser
let centre: string
let base: string
const opened: BrowserContext[] = []

beforeAll(async () => {
  here = await site(() => signedInWorld({ pages: true }))
  browser = await launchBrowser()
  const windows = here.world.zone.stations.filter(({ kind }) => kind === 'window')
  centre = windows.find(({ carrier }) => carrier === 'centre')?.id ?? ''
  base = windows.find(({ id, carrier }) => id !== centre && carrier !== null)?.id ?? ''
  await post('officer@demo.zhiyuan.example', centre)
  await post('operator@demo.zhiyuan.example', base)
})
afterAll(() => browser.close())
// A page that stays open goes on asking; the next test would share the machine with it.
afterEach(async () => {
  await Promise.all(opened.splice(0).map((context) => context.close().catch(() => undefined)))
})

async function post(email: string, stationId: string) {
  const { id } = await here.world.db
    .selectFrom('userAccount')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  await here.world.write(async (tx, context) => {
    await beginStationPost(tx, { accountId: id, stationId, validFrom: date('2024-01-01') })
    await recordAudit(tx, context, { action: 'account.posted', subject: { kind: 'account', id } })
  })
}

/** A device of its own on which somebody has signed in. */
async function device(role: string, viewport = DESK, on = browser): Promise<Page> {
  const context = await on.newContext({ baseURL: here.origin, viewport })
  opened.push(context)
  const headers = { origin: here.origin, 'content-type': 'application/json' }
  const signedIn = await context.request.post('/api/auth/sign-in/email', {
    headers,
    data: { email: `${role}@demo.zhiyuan.example`, password: DEMO_PASSWORD },
  })
  const { twoFactorRedirect } = (await signedIn.json()) as { twoFactorRedirect?: boolean }
  if (twoFactorRedirect) {
    await context.request.post('/api/auth/two-factor/verify-totp', {
      headers,
      data: { code: codeAt(DEMO_TOTP_SECRET, new Date()) },
    })
  }
  return context.newPage()
}

/** Opens a draft through the pages; answers its address without the language. */
async function begin(page: Page, prefix: string, words: Words, query = ''): Promise<string> {
  await visit(page, `${prefix}/services/general-enquiry/start${query}`)
  const another = page.getByRole('button', { name: words.another })
  const whom = page.getByRole('radio', { name: words.whom })
  await whom.or(another).first().waitFor()
  if (await another.isVisible()) await another.click()
  await whom.check()
  await page.getByRole('button', { name: words.begin }).click()
  await page.waitForURL(/\/my\/drafts\//)
  return new URL(page.url()).pathname.replace(/^\/en/, '')
}

const kept = (page: Page) => page.locator('.saved-state[data-status="saved"]').waitFor()

async function fillAtDesk(page: Page, words: Words, subject: string) {
  await page.getByRole('radio', { name: words.topic }).check()
  await page.getByLabel(words.subject, { exact: true }).fill(subject)
  await page.getByLabel(words.question, { exact: true }).fill(QUESTION)
  await page.getByRole('button', { name: words.proceed }).click()
  await page.getByLabel(words.name, { exact: true }).fill('王小明')
  await page.getByRole('button', { name: words.proceed }).click()
  await page.getByRole('button', { name: words.proceed }).click()
  await page.getByRole('heading', { level: 1, name: words.check }).waitFor()
}

async function submit(page: Page, words: Words): Promise<string> {
  await page.getByRole('button', { name: words.submit }).click()
  await page.waitForURL(/\/receipt$/)
  await page.getByRole('heading', { level: 1, name: words.received }).waitFor()
  return /matters\/([\d-]+)\/receipt/.exec(page.url())?.[1] ?? ''
}

describe.each(LANGUAGES)('matters in %s', (language, prefix) => {
  const words = WORDS[language]

  test('[F001] [F008] catalogue, service, station and my matters have no finding of axe and fit a phone', async () => {
    const page = await device('citizen', PHONE)
    for (const path of [
      '/services',
      '/services/general-enquiry',
      `/stations/${centre}`,
      '/my',
      '/publicity',
    ]) {
      await visit(page, prefix + path)
      expect([path, await axeFindings(page)]).toEqual([path, []])
      expect([path, (await overflowOf(page)) <= 0]).toEqual([path, true])
    }
  })

  test('[F004] [S79] the browser is killed in the middle of the form; another one has the draft with its time', async () => {
    const doomed = await launchBrowser()
    const phone = await device('citizen', PHONE, doomed)
    const draft = await begin(phone, prefix, words)
    await phone.getByRole('radio', { name: words.topic }).check()
    await phone.getByRole('button', { name: words.proceed }).click()
    await phone.getByRole('heading', { level: 1, name: words.subject }).waitFor()
    await phone.getByLabel(words.subject, { exact: true }).fill('出国参展')
    await phone.getByRole('button', { name: words.proceed }).click()
    await phone.getByLabel(words.question, { exact: true }).pressSequentially(QUESTION)
    await kept(phone)
    expect(await axeFindings(phone)).toEqual([])
    expect(await overflowOf(phone)).toBeLessThanOrEqual(0)
    const gone = new Promise((resolve) => doomed.once('disconnected', resolve))
    const session = await doomed.newBrowserCDPSession()
    void session.send('Browser.crash').catch(() => undefined)
    await gone

    const desk = await device('citizen')
    await visit(desk, `${prefix}/my`)
    await desk.locator(`a.button[href="${prefix}${draft}"]`).click()
    await desk.waitForURL(`**${draft}`)
    await kept(desk)
    expect(await desk.getByLabel(words.subject, { exact: true }).inputValue()).toBe('出国参展')
    expect(await desk.getByLabel(words.question, { exact: true }).inputValue()).toBe(QUESTION)
    expect(await desk.getByRole('radio', { name: words.topic }).isChecked()).toBe(true)
    expect((await desk.locator('.saved-state').textContent())?.trim()).toMatch(words.saved)
  })

  test('[F004] [F008] what is missing is said with the focus on it, in the title, and leads to its field', async () => {
    const page = await device('citizen')
    await begin(page, prefix, words)
    await page.getByRole('button', { name: words.proceed }).click()
    const summary = page.getByRole('alert')
    await summary.waitFor()
    expect(await page.evaluate('document.activeElement.className')).toBe('error-summary')
    expect(await page.title()).toMatch(words.errorTitle)
    expect(await axeFindings(page)).toEqual([])
    await summary.getByRole('link', { name: new RegExp(words.subject) }).click()
    expect(await page.evaluate('document.activeElement.id')).toBe('field-subject')
  })

  test('[F004] two devices: different answers come together, the same answer is asked about', async () => {
    const desk = await device('citizen')
    const draft = await begin(desk, prefix, words)
    await desk.getByLabel(words.subject, { exact: true }).fill('第一稿')
    await kept(desk)
    const phone = await device('citizen', PHONE)
    await visit(phone, `${prefix}${draft}?step=question.subject`)
    await phone.getByLabel(words.subject, { exact: true }).fill('手机上的')
    await expect.poll(async () => phone.locator('.saved-state').getAttribute('data-status')).not.toBe('saved')
    await kept(phone)
    await desk.getByRole('radio', { name: words.topic }).check()
    await expect
      .poll(() => desk.getByLabel(words.subject, { exact: true }).inputValue(), { timeout: 10_000 })
      .toBe('手机上的')
    await kept(desk)

    await phone.reload()
    await phone.getByLabel(words.subject, { exact: true }).fill('手机再改')
    await expect.poll(async () => phone.locator('.saved-state').getAttribute('data-status')).not.toBe('saved')
    await kept(phone)
    await desk.getByLabel(words.subject, { exact: true }).fill('桌面再改')
    await desk.getByRole('radio', { name: words.here }).waitFor()
    expect(await axeFindings(desk)).toEqual([])
    await desk.getByRole('radio', { name: words.here }).check()
    await desk.getByRole('button', { name: words.decide }).click()
    await kept(desk)
    await phone.reload()
    expect(await phone.getByLabel(words.subject, { exact: true }).inputValue()).toBe('桌面再改')
  })

  test('[F004] a session that ended loses nothing: the page says so, and signing in continues where one was', async () => {
    const page = await device('citizen')
    const draft = await begin(page, prefix, words)
    await kept(page)
    await page.context().clearCookies()
    await page.getByLabel(words.subject, { exact: true }).fill('登录过期之后写的')
    await page.getByRole('link', { name: words.signInAgain }).click()
    await page.waitForURL(/\/sign-in\?next=/)
    await page.locator('#field-email').fill('citizen@demo.zhiyuan.example')
    await page.locator('#field-password').fill(DEMO_PASSWORD)
    await page.locator('form button[type="submit"]').click()
    await page.waitForURL(`**${draft}**`)
    await kept(page)
    expect(await page.getByLabel(words.subject, { exact: true }).inputValue()).toBe('登录过期之后写的')
  })

  test('[F002] [F003] [S78] [S133] filed at a base, handed to the centre with a receipt on both sides, answered; the station’s result is its list', async () => {
    const applicant = await device('citizen')
    await begin(applicant, prefix, words, `?station=${base}`)
    await fillAtDesk(applicant, words, '移送的一件')
    const number = await submit(applicant, words)
    expect(number).toMatch(/^\d{4}-\d{6,9}-\d$/)
    expect(await axeFindings(applicant)).toEqual([])
    const due = await dueDays(applicant, prefix, number)

    const atBase = await device('operator')
    await visit(atBase, `${prefix}/work/matters/${number}`)
    await atBase.getByText(words.handOverBegin).click()
    const form = atBase.getByRole('form', { name: words.handOverBegin })
    await form.getByRole('button', { name: words.handOver }).click()
    await form.getByRole('alert').getByText(words.needed).waitFor()
    await form.getByLabel(words.receiver).selectOption(centre)
    await form.getByLabel(words.reason).fill('由中心窗口办理')
    await form.getByRole('button', { name: words.handOver }).click()
    await form.waitFor({ state: 'detached' })

    const atCentre = await device('officer')
    await visit(atCentre, `${prefix}/work/queue`)
    const waiting = atCentre.locator('li', { hasText: number })
    await waiting.getByRole('button', { name: words.receive, exact: true }).click()
    await waiting.waitFor({ state: 'detached' })
    for (const side of [atBase, atCentre]) {
      await visit(side, `${prefix}/work/matters/${number}`)
      await side.getByRole('heading', { name: words.receipt }).waitFor()
    }
    expect(await dueDays(applicant, prefix, number)).toEqual(due)
    await applicant.getByRole('heading', { name: words.receipt }).waitFor()

    await atCentre.getByRole('button', { name: words.accept, exact: true }).click()
    await atCentre.getByRole('button', { name: words.confirm }).click()
    await atCentre.getByRole('button', { name: words.answer, exact: true }).click()
    await atCentre.getByLabel(words.answerField).fill('请先做海外侵权预警分析。')
    expect(await axeFindings(atCentre)).toEqual([])
    await atCentre.getByRole('button', { name: words.confirm }).click()
    await atCentre.getByRole('button', { name: words.confirm }).waitFor({ state: 'detached' })

    const visitor = await device('citizen')
    await visit(visitor, `${prefix}/stations/${centre}`)
    const figure = await visitor.locator('.figure').first().textContent()
    const rows = await visitor.locator('#handled .register-rows > li').count()
    expect(rows).toBeGreaterThan(0)
    expect(figure).toContain(String(rows))
  }, 120_000)

  test('[F008] the whole way by keyboard alone', async () => {
    const page = await device('citizen')
    await begin(page, prefix, words)
    await page.locator('#field-topic').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.type('键盘')
    await page.keyboard.press('Tab')
    await page.keyboard.type(QUESTION)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await tabTo(page, 'field-contactName')
    await page.keyboard.type('王小明')
    await page.keyboard.press('Enter')
    await tabToButton(page, words.proceed)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: words.check }).waitFor()
    await kept(page)
    await tabToButton(page, words.submit)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/receipt$/)
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe(words.received)
  })
})

/** Signed in once: whatever door one comes through leads to the same draft, and its matter is one record. */
test('[F001] [S73] [S78] portal, station page and counter open the same item and write to one record', async () => {
  const words = WORDS.zh
  const citizen = await device('citizen')
  await visit(citizen, '/services')
  await citizen.getByRole('link', { name: '综合咨询' }).click()
  await citizen.getByRole('link', { name: words.start, exact: true }).waitFor()
  await visit(citizen, `/stations/${base}`)
  await citizen.getByRole('link', { name: '综合咨询' }).first().click()
  await citizen.waitForURL(new RegExp(`services/general-enquiry\\?station=${base}`))

  const counter = await device('officer')
  await visit(counter, '/work/counter')
  await counter.getByRole('button', { name: /选这一件 综合咨询/ }).click()
  await counter.getByLabel('姓名或单位名称').fill('赵来人')
  await counter.getByLabel(/来人的平台账号/).fill('citizen@demo.zhiyuan.example')
  expect(await axeFindings(counter)).toEqual([])
  await counter.getByRole('button', { name: words.begin }).click()
  await counter.waitForURL(/\/work\/counter\/[0-9a-f-]{36}/)
  await counter.getByLabel(words.subject, { exact: true }).fill('窗口起的头')
  await kept(counter)
  const id = /counter\/([0-9a-f-]{36})/.exec(counter.url())?.[1] ?? ''

  await visit(citizen, `/my/drafts/${id}`)
  expect(await citizen.getByLabel(words.subject, { exact: true }).inputValue()).toBe('窗口起的头')
  await fillAtDesk(citizen, words, '窗口起头，回家写完')
  const number = await submit(citizen, words)

  await visit(counter, `/work/counter/${id}`)
  await counter.getByText(number).first().waitFor()
  await visit(counter, `/work/search?q=${number}`)
  expect(await counter.locator('.data-table tbody tr').count()).toBe(1)
})

async function dueDays(page: Page, prefix: string, number: string): Promise<readonly string[]> {
  await visit(page, `${prefix}/my/matters/${number}`)
  await page.locator('.due-clock').first().waitFor()
  return page.locator('.due-clock-due time').allTextContents()
}

/** Presses Tab until the control has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, id: string) {
  for (let press = 0; press < 60; press++) {
    if ((await page.evaluate('document.activeElement.id')) === id) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`sixty tabs do not reach ${id}`)
}

async function tabToButton(page: Page, name: string) {
  for (let press = 0; press < 60; press++) {
    const focused = await page.evaluate(
      '[document.activeElement.tagName, document.activeElement.textContent.trim()].join(" ")',
    )
    if (focused === `BUTTON ${name}`) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`sixty tabs do not reach the button “${name}”`)
}

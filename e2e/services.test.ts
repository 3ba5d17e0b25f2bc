import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { clerk } from '#testing/matters.ts'
import { plantFirms } from '#testing/parties.ts'
import { site, type Site } from '#testing/site.ts'
import type { As } from '#testing/world.ts'
import { plantAgencies } from '../src/agencies/register.fixture.ts'
import { insertMembership } from '../src/identity/public.ts'
import { recordAudit } from '../src/ledger/public.ts'

const LANGUAGES = [
  ['zh', ''],
  ['en', '/en'],
] as const
const WORDS = {
  zh: {
    begin: '开始填写',
    service: '战略策划',
    title: '一句话说明',
    purpose: '目的和具体要求',
    budgetFrom: '预算下限',
    budgetTo: '预算上限',
    neededBy: '希望完成日期',
    contact: '联系人',
    phone: '电话',
    proceed: '继续',
    submit: '确认提交',
    tooLow: '预算上限低于下限。',
    take: '选定乙咨询的报价',
    confirm: '确认选定',
    taken: '服务中',
    price: '价格',
    scope: '服务内容和交付物',
    days: '需要天数',
    valid: '报价有效期至',
    sendQuote: '提交报价',
    standing: '今天选定则',
    description: '交付说明',
    deliver: '提交交付',
    delivered: '已交付，待验收',
    accept: '验收并归档',
    go: '确认',
    filed: '服务记录',
    grade: '非常满意',
    rate: '提交评价',
    receipt: '账本回执',
    station: '站点',
    subject: '事项',
    day: '日期',
    book: /^确认预约 \d/,
    why: '为什么由这位接待',
    replayed: /重算，结果相同/,
    kept: '已到',
    change: (name: string) => `更改：${name}`,
    monday: '周一',
    saveHours: '保存当班时间',
    unread: /看不懂这个时间/,
    hoursSaved: '当班时间已更改',
    email: '本人账户的邮箱',
    link: '关联',
    linked: /已关联到/,
    duty: '我的值班',
    noDuty: '还没有站点把您的账户列为值班人员',
  },
  en: {
    begin: 'Start filling in',
    service: 'Strategy',
    title: 'In one line',
    purpose: 'Purpose and what is wanted',
    budgetFrom: 'Budget from',
    budgetTo: 'Budget up to',
    neededBy: 'Wanted by',
    contact: 'Name',
    phone: 'Telephone',
    proceed: 'Continue',
    submit: 'Submit',
    tooLow: 'The upper end of the budget is below the lower.',
    take: 'Take the quote of 乙咨询',
    confirm: 'Take this quote',
    taken: 'Being worked on',
    price: 'Price',
    scope: 'Scope and what is delivered',
    days: 'Days needed',
    valid: 'Valid until',
    sendQuote: 'Send the quote',
    standing: 'if taken today',
    description: 'What is delivered',
    deliver: 'Deliver',
    delivered: 'Delivered; to be accepted',
    accept: 'Accept and file',
    go: 'Confirm',
    filed: 'Service 2026',
    grade: 'Very satisfied',
    rate: 'Send the rating',
    receipt: 'Receipt in the ledger',
    station: 'Station',
    subject: 'Subject',
    day: 'Day',
    book: /^Book \d/,
    why: 'Why this person',
    replayed: /the result is the same/,
    kept: 'Came',
    change: (name: string) => `Change: ${name}`,
    monday: 'Mon',
    saveHours: 'Save the hours',
    unread: /These hours cannot be read/,
    hoursSaved: 'The hours are changed',
    email: 'Mail address of their account',
    link: 'Link',
    linked: /Linked to the account of/,
    duty: 'My duty',
    noDuty: 'No station lists your account as on duty',
  },
} as const
const STATION = 'window-centre'
const NAMES = ['林晓', '周正', '陈默'] as const

let here: Site
let firm: As
let agencies: As[]
let officer: As
let citizens: As[]

beforeAll(async () => {
  here = await site()
  const w = here.world
  w.setToday('2026-11-25')
  const [firmId = ''] = await plantFirms(w.db, 1, '订单企业')
  const account = async (name: string, role: 'enterprise' | 'agency' | 'citizen') =>
    (await clerk(w, name, [], [role])).accountId
  const buyerId = await account('buyer', 'enterprise')
  await w.write(async (tx, context) => {
    await insertMembership(tx, {
      accountId: buyerId,
      organisationId: firmId,
      organisationName: '订单企业',
      role: 'administrator',
      validFrom: date('2026-01-01'),
    })
    await recordAudit(tx, context, { action: 'test.joined', subject: { kind: 'account', id: buyerId } })
  })
  firm = { roles: ['enterprise'], organisationIds: [firmId], accountId: buyerId }
  const planted = await plantAgencies(
    w.db,
    [
      { name: '甲咨询', facts: { classes: ['consulting'] } },
      { name: '乙咨询', facts: { classes: ['consulting'] } },
    ],
    w.zone.carriers[0]?.id ?? '',
  )
  agencies = await Promise.all(
    planted.map(async ({ partyId }, index) => ({
      roles: ['agency'] as const,
      organisationIds: [partyId],
      accountId: await account(`agency-${index}`, 'agency'),
    })),
  )
  const desk = await clerk(w, 'desk', [STATION])
  officer = { roles: ['officer'], accountId: desk.accountId }
  for (const name of NAMES) {
    await desk.post('/api/v1/bookings/bookables', {
      station: STATION,
      kind: 'person',
      name,
      skills: ['filing'],
      duties: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:30' })),
    })
  }
  citizens = await Promise.all(
    ['a', 'b', 'c', 'd', 'e', 'f'].map(async (name) => ({
      roles: ['citizen'] as const,
      accountId: await account(`citizen-${name}`, 'citizen'),
    })),
  )
})

type Words = (typeof WORDS)[keyof typeof WORDS]

/** As a firm places it on a phone: one question a page, a budget the wrong way round told and mended, the receipt. */
async function place(page: Page, prefix: string, words: Words): Promise<string> {
  await visit(page, `${prefix}/services/special-service-order/start`)
  await page.getByRole('button', { name: words.begin }).click()
  await page.waitForURL(/\/my\/drafts\//)
  const proceed = () => page.getByRole('button', { name: words.proceed, exact: true }).click()
  const answer = async (question: string, value: string) => {
    await page.getByLabel(question).fill(value)
    await proceed()
  }
  await page.getByRole('radio', { name: words.service }).check()
  expect(await axeFindings(page)).toEqual([])
  await proceed()
  await answer(words.title, '三年专利布局规划')
  await answer(words.purpose, '公司准备上市，需要一份三年的专利和商标布局规划。')
  await answer(words.budgetFrom, '90000')
  await answer(words.budgetTo, '60000')
  await answer(words.neededBy, '2027-03-31')
  await answer(words.contact, '王小明')
  await answer(words.phone, '13800001234')
  await page.getByText(words.tooLow).first().waitFor()
  await page.getByRole('link', { name: words.budgetTo }).first().click()
  await page.getByLabel(words.budgetTo).fill('120000')
  // Who came from the check goes back to it.
  await proceed()
  await page.getByRole('button', { name: words.submit }).waitFor()
  expect(await page.getByText(words.tooLow).count()).toBe(0)
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: words.submit }).click()
  await page.waitForURL(/\/receipt$/)
  return /matters\/([\d-]+)\/receipt/.exec(page.url())?.[1] ?? ''
}

async function shot(page: Awaited<ReturnType<typeof openPage>>['page'], name: string) {
  if (process.env['SHOTS'])
    await page.screenshot({ path: `${process.env['SHOTS']}/${name}.png`, fullPage: true })
}

describe.each(LANGUAGES)('[F005] in %s', (language, prefix) => {
  const words = WORDS[language]
  const phone = { width: 390, height: 844 }

  test('[S74] two agencies quote, one is taken, delivers, and the order is filed and rated', async () => {
    const buyer = await openPage(here.origin, { ...phone, as: firm })
    const number = await place(buyer.page, prefix, words)
    await here.world.as(agencies[0]!).post(`/api/v1/service-orders/${number}/quotes`, {
      priceFen: 9_000_000,
      scope: '访谈、检索和布局图一份',
      days: 30,
      validUntil: '2026-12-31',
    })
    const desk = await openPage(here.origin, { as: agencies[1]! })
    await visit(desk.page, `${prefix}/work/orders`)
    await shot(desk.page, `${language}-work-orders`)
    await desk.page.locator(`a[href$="/work/orders/${number}"]`).click()
    await desk.page.getByLabel(words.price, { exact: true }).fill('80000')
    await desk.page.getByLabel(words.scope).fill('访谈、检索、布局图和实施表各一份')
    await desk.page.getByLabel(words.days).fill('20')
    await desk.page.getByLabel(words.valid).fill('2026-12-31')
    await desk.page.getByRole('button', { name: words.sendQuote }).click()
    await desk.page.getByText('乙咨询').first().waitFor()
    expect(await axeFindings(desk.page)).toEqual([])
    await shot(desk.page, `${language}-work-order`)

    await visit(buyer.page, `${prefix}/orders`)
    await buyer.page.locator(`a[href$="/my/matters/${number}"]`).click()
    await buyer.page.getByRole('button', { name: words.take }).waitFor()
    await shot(buyer.page, `${language}-quotes`)
    expect(await axeFindings(buyer.page)).toEqual([])
    expect(await overflowOf(buyer.page)).toBeLessThanOrEqual(0)
    await buyer.page.getByRole('button', { name: words.take }).click()
    await buyer.page.getByRole('button', { name: words.confirm }).click()
    await buyer.page.getByText(words.taken).first().waitFor()

    await visit(desk.page, `${prefix}/work/orders/${number}`)
    await desk.page.getByLabel(words.description).fill('规划报告和实施表，见附件，可当面讲解。')
    await desk.page.getByRole('button', { name: words.deliver, exact: true }).click()
    await desk.page.getByText(words.delivered).first().waitFor()
    await shot(desk.page, `${language}-work-delivered`)

    await visit(buyer.page, `${prefix}/my/matters/${number}`)
    await buyer.page.getByRole('button', { name: words.accept }).click()
    await buyer.page.locator('#step-form').getByRole('button').first().click()
    await buyer.page.getByText(words.filed).first().waitFor()
    await buyer.page.getByLabel(words.grade, { exact: true }).check()
    await buyer.page.getByRole('button', { name: words.rate }).click()
    await buyer.page.getByRole('link', { name: words.receipt }).first().waitFor()
    await shot(buyer.page, `${language}-filed`)
    expect(await axeFindings(buyer.page)).toEqual([])
    expect(await overflowOf(buyer.page)).toBeLessThanOrEqual(0)
    expect([...desk.complaints, ...buyer.complaints]).toEqual([])
  })

  test('[S27] [S79] three bookings each show why that person was chosen, and none is outside hours', async () => {
    const people = citizens.slice(language === 'zh' ? 0 : 3, language === 'zh' ? 3 : 6)
    const chosen = new Set<string>()
    for (const [index, who] of people.entries()) {
      const { page, complaints } = await openPage(here.origin, { ...phone, as: who })
      await visit(page, `${prefix}/bookings`)
      await page.getByLabel(words.station, { exact: true }).selectOption(STATION)
      await page.getByLabel(words.subject, { exact: true }).selectOption('filing-advice')
      await page
        .getByLabel(words.day, { exact: true })
        .selectOption(language === 'zh' ? '2026-11-26' : '2026-11-27')
      const slots = page.locator('input[name=slot]')
      await slots.first().waitFor()
      for (const from of await slots.evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? '')))
        expect((from >= '09:00' && from < '12:00') || (from >= '13:30' && from < '17:30')).toBe(true)
      await slots.nth(index).check()
      if (index === 0) {
        expect(await axeFindings(page)).toEqual([])
        expect(await overflowOf(page)).toBeLessThanOrEqual(0)
        await shot(page, `${language}-bookings`)
      }
      await page.getByRole('button', { name: words.book }).click()
      await page.getByRole('heading', { name: words.why }).waitFor()
      await page.getByText(words.replayed).waitFor()
      const reason = (await page.locator('main section p strong').first().textContent()) ?? ''
      const name = NAMES.find((one) => reason.includes(one))
      expect(name, reason).toBeDefined()
      chosen.add(name ?? '')
      if (index === 2) {
        expect(await axeFindings(page)).toEqual([])
        expect(await overflowOf(page)).toBeLessThanOrEqual(0)
        await shot(page, `${language}-booking`)
      }
      expect(complaints).toEqual([])
    }
    expect(chosen.size).toBe(3)
  })

  test('[S27] [S79] the station changes hours and links an adviser, who then sees who booked them', async () => {
    const name = language === 'zh' ? NAMES[0] : NAMES[1]
    const adviser = citizens[language === 'zh' ? 3 : 0]!
    const own = await openPage(here.origin, { ...phone, as: adviser })
    await visit(own.page, `${prefix}/bookings/duty`)
    await own.page.getByText(words.noDuty).waitFor()

    const desk = await openPage(here.origin, { as: officer })
    await visit(desk.page, `${prefix}/work/bookings`)
    await desk.page.getByRole('button', { name: words.change(name) }).click()
    const monday = desk.page.getByRole('textbox', { name: new RegExp(`^${words.monday}`) })
    await monday.fill('9-12')
    await desk.page.getByRole('button', { name: words.saveHours }).click()
    await desk.page.getByText(words.unread).first().waitFor()
    await monday.fill('09:00-12:00')
    await desk.page.getByRole('button', { name: words.saveHours }).click()
    await desk.page.getByText(words.hoursSaved).waitFor()
    await desk.page
      .getByLabel(words.email)
      .fill(language === 'zh' ? 'citizen-d@desk.example' : 'citizen-a@desk.example')
    await desk.page.getByRole('button', { name: words.link, exact: true }).click()
    await desk.page.getByText(words.linked).first().waitFor()
    await shot(desk.page, `${language}-calendar-wide`)
    expect(await axeFindings(desk.page)).toEqual([])
    await desk.page.setViewportSize(phone)
    expect(await overflowOf(desk.page)).toBeLessThanOrEqual(0)
    expect(await axeFindings(desk.page)).toEqual([])
    await shot(desk.page, `${language}-calendar-phone`)

    await visit(own.page, `${prefix}/bookings/duty`)
    await own.page.getByText('09:00–12:00').first().waitFor()
    await own.page.getByRole('heading', { name: words.duty }).waitFor()
    await own.page.locator('a[href*="/bookings/B"]').first().waitFor()
    await shot(own.page, `${language}-duty`)
    expect(await axeFindings(own.page)).toEqual([])
    expect(await overflowOf(own.page)).toBeLessThanOrEqual(0)
    expect([...desk.complaints, ...own.complaints]).toEqual([])
  })
})

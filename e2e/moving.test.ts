import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { inTransaction } from '#platform/database.ts'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { figure as figureOf } from '#testing/figures.ts'
import { site, type Site } from '#testing/site.ts'
import { insertAccount } from '../src/identity/account.store.ts'
import { beginStationPost, insertMembership } from '../src/identity/public.ts'
import type { Role } from '../src/identity/roles.ts'
import { recordAudit } from '../src/ledger/public.ts'
import { upsertOrganisations } from '../src/parties/public.ts'

const TODAY = '2026-11-20'
const LANGUAGES = [
  ['zh', '', '青禾代理', '91320115MA0TE6A18D'],
  ['en', '/en', '远山代理', '91320115MA0TE7B252'],
] as const
const WORDS = {
  zh: {
    begin: '开始填写',
    founded: '成立日期',
    staff: '入驻人数',
    classes: '服务类别',
    industries: '主要服务的产业',
    licence: '营业执照或执业许可证',
    proceed: '继续',
    submit: '确认提交',
    proposed: '建议入驻',
    replayed: '用保存的数据重算，结果一致。',
    rules: ['发展阶段', '园区产业', '规模'],
    confirm: /^确认：/,
    accept: '受理',
    place: '确定载体和单元',
    follow: '采纳',
    agree: '同意',
    moveIn: '签约入驻',
    lease: '租约编号',
    rent: '月租金',
    beginExit: /启动迁出程序/,
    warn: '提醒整改',
    remedy: '应当整改的事项',
    offer: '告知听证权利',
    ask: '申请听证',
    statement: '陈述和理由',
    hear: '记录听证',
    heardOn: '听证日期',
    record: '听证记录',
    decide: '决定迁出',
    grounds: '理由',
    leave: '办理迁出',
    blocked: '还有 1 件客户事项未了结',
  },
  en: {
    begin: 'Start filling in',
    founded: 'Founded on',
    staff: 'People who will work there',
    classes: 'Classes of service',
    industries: 'Industries served',
    licence: 'Business or practice licence',
    proceed: 'Continue',
    submit: 'Submit',
    proposed: 'Proposed',
    replayed: 'Computed again from what was kept: the same result.',
    rules: ['Stage', 'Industry of the park', 'Size'],
    confirm: /^Confirm:/,
    accept: 'Take up',
    place: 'Propose a place',
    follow: 'Yes',
    agree: 'Agree',
    moveIn: 'Sign and move in',
    lease: 'Number of the lease',
    rent: 'Rent a month',
    beginExit: /Begin the move-out/,
    warn: 'Warn',
    remedy: 'What has to be put right',
    offer: 'Offer a hearing',
    ask: 'Ask to be heard',
    statement: 'Statement',
    hear: 'Record the hearing',
    heardOn: 'Heard on',
    record: 'Record',
    decide: 'Decide that it leaves',
    grounds: 'Grounds',
    leave: 'Complete the exit',
    blocked: '1 matters of clients are open',
  },
} as const

const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
)

let here: Site

async function account(email: string, role: Role, organisation?: { id: string; name: string }) {
  return here.world.write(async (tx, context) => {
    const id =
      (await insertAccount(
        tx,
        { email, name: email, roles: [role], passwordHash: null as never },
        null,
        context.now,
      )) ?? ''
    if (organisation !== undefined)
      await insertMembership(tx, {
        accountId: id,
        organisationId: organisation.id,
        organisationName: organisation.name,
        role: 'administrator',
        validFrom: date('2026-01-01'),
      })
    else
      for (const { id: stationId, kind } of here.world.zone.stations)
        if (kind === 'window' || kind === 'operations-centre')
          await beginStationPost(tx, { accountId: id, stationId, validFrom: date('2026-01-01') })
    await recordAudit(tx, context, { action: 'account.opened', subject: { kind: 'account', id } })
    return id
  })
}

const figure = async (day: string) => {
  const { value } = await figureOf(here.world, 'agencies', day)
  return value ?? 0
}

/** Takes one step on the page of a matter: its button, its questions, its confirmation. */
async function act(page: Page, step: string, words: { confirm: RegExp }, fill?: () => Promise<void>) {
  await page.getByRole('button', { name: step, exact: true }).click()
  await fill?.()
  await page.getByRole('button', { name: words.confirm }).click()
  await page.getByRole('button', { name: words.confirm }).waitFor({ state: 'detached' })
}

beforeAll(async () => {
  here = await site()
  here.world.setToday(TODAY)
})

describe.each(LANGUAGES)('in %s', (language, prefix, name, creditCode) => {
  const words = WORDS[language]
  let organisation: { id: string; name: string }
  let applicant: { roles: readonly Role[]; organisationIds: readonly string[]; accountId: string }
  let officer: { roles: readonly Role[]; accountId: string }

  beforeAll(async () => {
    const [party] = await inTransaction(here.world.db, (tx) =>
      upsertOrganisations(tx, { on: date('2026-02-01'), source: 'test' }, [{ name, creditCode }]),
    )
    organisation = { id: party?.id ?? '', name }
    const accountId = await account(`firm-${language}@people.example`, 'agency', organisation)
    applicant = { roles: ['agency'], organisationIds: [organisation.id], accountId }
    officer = { roles: ['officer'], accountId: await account(`desk-${language}@zone.example`, 'officer') }
  })

  test('[F011] [S202] [S59] a start-up applies, reads the base proposed and its three rules, is placed, and stands in the directory on the day', async () => {
    here.world.setToday(TODAY)
    const { zone } = here.world
    const base = zone.carriers.find(({ stage }) => stage === 'start-up')
    const park = zone.placement.at(-1)?.parks.find(({ carrier }) => carrier === base?.id)?.industries[0] ?? ''
    const [before, yesterday] = [await figure(TODAY), await figure('2026-11-19')]
    const { page, complaints } = await openPage(here.origin, { as: applicant })
    await visit(page, `${prefix}/services/agency-move-in/start`)
    await page.getByRole('button', { name: words.begin }).click()
    await page.waitForURL(/\/my\/drafts\//)
    await page.getByLabel(words.founded).fill('2026-02-01')
    await page.getByLabel(words.staff).fill('5')
    await page.getByRole('button', { name: words.proceed }).click()
    const industry = zone.industries
      .flatMap(({ groups }) => groups.flatMap(({ members }) => members))
      .find(({ code }) => code === park)
    const choose = (question: string | RegExp, option: string) =>
      page.getByRole('group', { name: question }).getByRole('checkbox', { name: option, exact: true }).check()
    await choose(words.classes, zone.services[0]?.names[language] ?? '')
    await choose(words.industries, industry?.names[language] ?? '')
    await page.getByRole('button', { name: words.proceed }).click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer: PDF })
    await page.getByText(`${PDF.length} B`).first().waitFor()
    await page.getByRole('button', { name: words.proceed }).click()
    await page.getByRole('button', { name: words.submit }).click()
    await page.waitForURL(/\/receipt$/)
    const number = /matters\/([\d-]+)\/receipt/.exec(page.url())?.[1] ?? ''

    await visit(page, `${prefix}/my/matters/${number}`)
    const proposed = page.getByRole('heading', { name: words.proposed })
    await proposed
      .filter({ hasText: base?.shortNames[language] ?? '' })
      .first()
      .waitFor()
    for (const rule of words.rules) await page.locator('ol strong', { hasText: rule }).first().waitFor()
    await page.getByText(words.replayed).waitFor()
    expect(await axeFindings(page)).toEqual([])

    const desk = (await openPage(here.origin, { as: officer })).page
    await visit(desk, `${prefix}/work/matters/${number}`)
    await act(desk, words.accept, words)
    await act(desk, words.place, words, () =>
      desk.getByRole('radio', { name: words.follow, exact: true }).check(),
    )
    await visit(page, `${prefix}/my/matters/${number}`)
    await act(page, words.agree, words)
    await visit(desk, `${prefix}/work/matters/${number}`)
    expect(await figure(TODAY)).toBe(before)
    await act(desk, words.moveIn, words, async () => {
      await desk.getByLabel(words.lease).fill(`ZL-${language}-1`)
      await desk.getByLabel(words.rent).fill('3000')
    })
    expect(await figure(TODAY)).toBe(before + 1)
    expect(await figure('2026-11-19')).toBe(yesterday)
    await visit(page, `${prefix}/agencies`)
    await page.getByText(name).first().waitFor()
    expect(complaints).toEqual([])
  }, 120_000)

  test('[F012] [S202] [S56] a trigger, a warning, a hearing, a decision; the exit waits for the client file and then goes through', async () => {
    here.world.setToday('2028-06-01')
    const desk = (await openPage(here.origin, { as: officer })).page
    const { items } = (await here.world.as('visitor').get('/api/v1/agencies')).body
    const { code } = items.find((one: { name: string }) => one.name === name)
    const before = await figure('2028-06-01')
    const opened = await here.world.as('operator').post(`/api/v1/agencies/${code}/client-files`, {
      reference: 'K-1',
      title: '一种阀门 发明专利申请',
      clientName: '清源机电',
      openedOn: '2027-04-01',
    })
    expect(opened.status).toBe(201)

    await visit(desk, `${prefix}/work/exits`)
    await desk.locator('tr', { hasText: name }).getByRole('button', { name: words.beginExit }).click()
    await desk.waitForURL(/\/work\/matters\//)
    const number = desk.url().split('/').at(-1) ?? ''
    await act(desk, words.warn, words, () =>
      desk.getByLabel(words.remedy).fill('补报统计报表，恢复服务记录。'),
    )
    await act(desk, words.offer, words)

    const { page } = await openPage(here.origin, { as: applicant, width: 390, height: 800 })
    await visit(page, `${prefix}/my/matters/${number}`)
    await act(page, words.ask, words, () => page.getByLabel(words.statement).fill('正在搬迁，望予继续。'))
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    await visit(desk, `${prefix}/work/matters/${number}`)
    await act(desk, words.hear, words, async () => {
      await desk.getByLabel(words.heardOn).fill('2028-06-01')
      await desk.getByLabel(words.record, { exact: true }).fill('机构陈述了理由，双方确认事实无误。')
    })
    await act(desk, words.decide, words, () =>
      desk.getByLabel(words.grounds).fill('两年未报送统计报表，也无服务记录。'),
    )

    await desk.getByRole('button', { name: words.leave, exact: true }).click()
    await desk.getByRole('button', { name: words.confirm }).click()
    await desk.getByText(words.blocked).first().waitFor()
    await desk.getByText('K-1 一种阀门 发明专利申请').first().waitFor()
    expect(await axeFindings(desk)).toEqual([])
    expect(await figure('2028-06-01')).toBe(before)

    const files = (await here.world.as('operator').get(`/api/v1/agencies/${code}/client-files`)).body.items
    await here.world.as('operator').post(`/api/v1/client-files/${files[0].id}/finish`, { note: '已授权' })
    await visit(desk, `${prefix}/work/matters/${number}`)
    await act(desk, words.leave, words)
    expect(await figure('2028-06-01')).toBe(before - 1)
    await visit(page, `${prefix}/agencies`)
    expect(await page.getByText(name).count()).toBe(0)
  }, 120_000)
})

import { beforeAll, describe, expect, test } from 'vitest'
import { approvedPlan, handTo, seatIn } from '#testing/annual-plan.ts'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'

const LANGUAGES = [
  ['zh', ''],
  ['en', '/en'],
] as const

const WORDS = {
  zh: {
    start: '启动任务',
    refused: '还缺人员',
    clause: 'S197',
    assign: '分派',
    running: '进行中',
    change: '调整时限或目标',
    done: '已办理',
    moved: '调整 1 次',
    late: '逾期',
    required: '请填写这一项',
  },
  en: {
    start: 'Start the task',
    refused: 'Still missing: person',
    clause: 'S197',
    assign: 'Hand to a unit',
    running: 'Under way',
    change: 'Move days or target',
    done: 'Done.',
    moved: 'moved once',
    late: 'late',
    required: 'Please fill this in',
  },
} as const

let here: Site
let codes: string[]
let seatId: string

beforeAll(async () => {
  here = await site()
  const { world } = here
  world.setToday('2026-03-02')
  seatId = (await seatIn(world, 'ip-office', '周牵头')).seatId
  const meeting = (
    await world.as('officer').post('/api/v1/leading-group/meetings', {
      body: 'leading-group',
      title: '第一次全体会议',
      heldOn: '2026-03-02',
      place: '会议室',
      chair: '组长',
    })
  ).body
  const item = (
    await world.as('officer').post(`/api/v1/leading-group/meetings/${meeting.id}/agenda`, {
      title: '机构引进',
      unit: 'ip-office',
    })
  ).body
  await world.as('officer').post(`/api/v1/leading-group/meetings/${meeting.id}/minutes`, {
    version: 1,
    attendees: ['组长'],
    minutes: '通过。',
  })
  await world.as('officer').post(`/api/v1/leading-group/meetings/${meeting.id}/decisions`, {
    agendaItemId: item.id,
    words: '年底前机构超过一百家。',
    dueOn: '2026-12-31',
    public: true,
  })
  codes = await approvedPlan(world, 2026, [
    { title: '中文启动之事', decision: 1 },
    { title: '英文启动之事', decision: 1 },
    { title: '逾期之事', decision: 1, startsOn: '2026-01-05', dueOn: '2026-02-15' },
  ])
  await handTo(world, codes[2] ?? '', seatId)
  await world.as('officer').post(`/api/v1/plan/tasks/${codes[2]}/start`, { version: 1 })
}, 60_000)

describe.each(LANGUAGES)('the plan in %s', (language, prefix) => {
  const words = WORDS[language]
  const own = () => (language === 'zh' ? codes[0] : codes[1]) ?? ''

  test('[F088] [S196] [S62] the schedule is a table, late first, and its numbers open', async () => {
    const { page, complaints } = await openPage(here.origin)
    await visit(page, `${prefix}/plan/progress`)
    const rows = page.locator('#schedule tbody tr')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(3)
    expect(await rows.first().textContent()).toContain('逾期之事')
    expect(await rows.first().textContent()).toContain('2026-01-05')
    expect(await axeFindings(page)).toEqual([])
    await page.locator('a[href*="standing=late"]').first().click()
    await page.waitForURL('**standing=late**')
    await rows.nth(1).waitFor({ state: 'detached' })
    await rows.first().waitFor()
    expect(await rows.count()).toBe(1)
    expect(complaints).toEqual([])
  })

  test('[F088] [S197] a task without a person is refused with the clause, and starts once somebody answers for it', async () => {
    const { page, complaints } = await openPage(here.origin, { as: 'officer' })
    await visit(page, `${prefix}/work/plan/tasks/${own()}`)
    await page.getByRole('button', { name: words.start }).click()
    const refusal = page.locator('.error-summary')
    await refusal.waitFor()
    expect(await refusal.textContent()).toContain(words.refused)
    expect(await refusal.textContent()).toContain(words.clause)
    expect(await axeFindings(page)).toEqual([])

    await handTo(here.world, own(), seatId)
    await visit(page, `${prefix}/work/plan/tasks/${own()}`)
    await page.getByRole('button', { name: words.start }).click()
    await page.locator('h1').getByText(words.running).waitFor()
    expect(complaints).toEqual([])
  })

  test('[F088] [S196] the baseline bar stays where it was after a change', async () => {
    const { page } = await openPage(here.origin, { as: 'officer' })
    await visit(page, `${prefix}/work/plan/tasks/${own()}`)
    const bar = page.locator('[class*="baseline"]').first()
    const before = await bar.getAttribute('style')
    await page.locator('summary', { hasText: words.change }).click()
    const submit = page.getByRole('button', { name: words.change })
    await submit.click()
    await page.getByText(words.required).first().waitFor()
    await page.locator('#field-dueOn').fill('2027-01-31')
    await page.locator('#field-reason').fill('上级文件推迟')
    await submit.click()
    await page.getByText(words.done).first().waitFor()
    await page.getByText(words.moved).first().waitFor()
    const { body } = await here.world.as('visitor').get(`/api/v1/plan/tasks/${own()}`)
    expect(body).toMatchObject({ baseline: { dueOn: '2026-12-31' }, dueOn: '2027-01-31', moved: 1 })
    // Two years now share the width; the baseline still begins and ends on its own days.
    expect(before).not.toBeNull()
    await bar.waitFor()
    expect(await page.locator('main').textContent()).toContain('2026-12-31')
    expect(await axeFindings(page)).toEqual([])
  })

  test('[F089] [S186] [S188] a decision shows its tasks and their state, late first', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/plan/decisions`)
    await page.locator('.register-rows a').first().click()
    await page.waitForURL(`**${prefix}/plan/decisions/1`)
    const rows = page.locator('main tbody tr')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(3)
    expect(await rows.first().textContent()).toContain('逾期之事')
    expect(await rows.first().textContent()).toContain(words.late)
    expect(await axeFindings(page)).toEqual([])
  })

  test('the desks stand, with no finding of axe', async () => {
    const { page, complaints } = await openPage(here.origin, { as: 'officer' })
    for (const path of ['/work/plan', '/work/plan/seats', '/work/leading-group', '/work/issues']) {
      await visit(page, prefix + path)
      expect(await axeFindings(page), path).toEqual([])
    }
    expect(complaints).toEqual([])
  })

  test('on a phone nothing scrolls sideways', async () => {
    const { page } = await openPage(here.origin, { width: 390, height: 780 })
    for (const path of [
      '/plan/progress',
      `/plan/tasks/${own()}`,
      '/plan/decisions/1',
      '/plan/versions/2026/1',
    ]) {
      await visit(page, prefix + path)
      expect(await overflowOf(page), path).toBeLessThanOrEqual(0)
    }
  })
})

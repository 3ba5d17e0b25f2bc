import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'

let here: Site
let snapshotId: string

/** Platforms with evidence, so that the public register of them has something to count. */
async function foundPlatforms(from: number, count: number) {
  await sql`
    insert into operation_platform (code, name, kind, established_on, evidence_hash, source)
    select 'e2e-' || n, 'Platform ' || n, 'operation-platform', date '2024-05-01', repeat('a', 64), 'test'
    from generate_series(${from}::int, ${from + count - 1}::int) n`.execute(here.world.db)
}

beforeAll(async () => {
  here = await site()
  await foundPlatforms(1, 7)
  const { body } = await here.world
    .as('statistician')
    .post('/api/v1/snapshots', { asOf: '2026-09-30', title: '三季度' })
  snapshotId = body.id
})

describe.each([
  ['zh', ''],
  ['en', '/en'],
] as const)('in %s', (_, prefix) => {
  test.each([
    '/board',
    '/indicators/operation-platforms',
    '/indicators/none',
    '/snapshots',
    'snapshot',
    '/restatements',
  ])('[F084] [F086] [F008] %s has no finding of axe, stays on its origin, and fits a phone', async (name) => {
    const path = name === 'snapshot' ? `/snapshots/${snapshotId}` : name
    const { page, complaints } = await openPage(here.origin, { width: 360, height: 740 })
    await visit(page, prefix + path)
    expect(await axeFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  })

  test('[F085] a visitor opens a number of the board and finds as many rows as it says', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/board`)
    const figure = page.locator(`a.figure-number[href*="/indicators/operation-platforms"]`)
    expect(Number.parseInt((await figure.textContent()) ?? '', 10)).toBe(7)
    await figure.click()
    const rows = page.locator('#records tbody tr')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(7)
  })
})

describe('the statistician', () => {
  test('[F086] is asked for a day and a name, with the focus on what is missing', async () => {
    const { page } = await openPage(here.origin, { as: 'statistician' })
    await visit(page, '/work/snapshots')
    await page.getByRole('button', { name: '冻结全部指标' }).click()
    const problem = page.getByRole('link', { name: '请写名称。' })
    await problem.waitFor()
    expect(await page.locator(':focus').textContent()).toContain('请写名称。')
  })

  test('[F086] sees what no longer agrees, writes the cause, and everybody reads old, new and cause', async () => {
    await sql`update operation_platform set established_on = '2026-10-15' where code = 'e2e-7'`.execute(
      here.world.db,
    )
    const { page, complaints } = await openPage(here.origin, { as: 'statistician' })
    await visit(page, `/work/snapshots?snapshot=${snapshotId}`)
    await page.locator('main tbody button').first().click()
    const panel = page.getByRole('dialog')
    await panel.getByText('Platform 7').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await panel.getByRole('textbox').fill('第七家的成立日期录错')
    await panel.getByRole('button', { name: '写入更正' }).click()
    await panel.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])

    const visitor = await openPage(here.origin)
    await visit(visitor.page, '/restatements')
    const line = visitor.page.locator('tbody tr').first()
    await line.getByText('第七家的成立日期录错').waitFor()
    expect((await line.textContent())?.replaceAll(/\s/g, '')).toMatch(/7[^\d]+6/)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'

let here: Site
let reportId: string

beforeAll(async () => {
  here = await site()
  const statistician = here.world.as('statistician')
  const snapshot = await statistician.post('/api/v1/snapshots', { asOf: '2025-12-31', title: '2025 年' })
  const begun = await statistician.post('/api/v1/reports', { year: 2025, snapshotId: snapshot.body.id })
  reportId = begun.body.id
  const published = await statistician.post(`/api/v1/reports/${reportId}/publication`, { version: 1 })
  expect(published.status).toBe(200)
})

describe.each([
  ['zh', '', '中文 PDF'],
  ['en', '/en', 'PDF in Chinese'],
] as const)('in %s', (_, prefix, words) => {
  test.each(['/reports', 'report', '/reports/01900000-0000-7000-8000-00000000dead', '/register'])(
    '[F086] [F008] %s has no finding of axe, stays on its origin, and fits a phone',
    async (name) => {
      const path = name === 'report' ? `/reports/${reportId}` : name
      const { page, complaints } = await openPage(here.origin, { width: 360, height: 740 })
      await visit(page, prefix + path)
      expect(await axeFindings(page)).toEqual([])
      expect(await overflowOf(page)).toBeLessThanOrEqual(0)
      expect(complaints).toEqual([])
    },
  )

  test('[F086] [S98] a visitor opens a published report from the list and finds its documents', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/reports`)
    await page.getByRole('link', { name: /2025/u }).first().click()
    await page.getByText(words).waitFor()
    const href = await page.getByRole('link', { name: 'PDF', exact: true }).first().getAttribute('href')
    const answer = await page.request.get(here.origin + (href ?? ''))
    expect([answer.status(), (await answer.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
  })
})

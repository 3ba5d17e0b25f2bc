import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'

let here: Site
let orchard = ''

const dirty = [
  '名称,统一社会信用代码,资质,认定日期',
  '湖滨仪器有限公司,91320115MA0TE5T080,高新技术企业,2024-12-01',
  '远帆知识产权（集团）有限公司,31320000MD0TE5T258,,',
  '被表格毁掉的公司,9.13201E+17,,',
  '校验位写错的公司,914403001922038217,,',
  ',,,',
].join('\r\n')

beforeAll(async () => {
  here = await site()
  const officer = here.world.as('officer')
  const plant = async (name: string, source: string, more: object = {}) =>
    (await officer.post('/api/v1/parties', { name, source, ...more })).body.id as string
  orchard = await plant('柑橘园科技股份有限公司', '登记窗口', {
    creditCode: '52320115MJ0TE5T19M',
    regionCode: '320000',
    address: '湖滨路 1 号',
  })
  await officer.put(`/api/v1/parties/${orchard}/standings`, {
    standing: 'specialised',
    validFrom: '2025-01-01',
    source: '认定公告',
  })
  await plant('远帆知识产权(集团)有限公司', '合作名录', { address: '湖滨路 9 号' })
})

describe.each([
  ['zh', ''],
  ['en', '/en'],
] as const)('in %s', (_language, prefix) => {
  test.each([
    '/organisations',
    '/organisations?q=没有这一家',
    '/organisations/:orchard',
    '/organisations/00000000-0000-7000-8000-000000000000',
  ])('[F008] [F019] %s has no finding of axe and fits a phone', async (path) => {
    const { page, complaints } = await openPage(here.origin, { width: 360, height: 740 })
    await visit(page, prefix + path.replace(':orchard', orchard))
    expect(await axeFindings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    expect(complaints).toEqual([])
  })

  test.each([
    '/work/organisations/new',
    '/work/organisations/:orchard',
    '/work/organisations/duplicates',
    '/work/imports',
  ])('[F008] [F019] the workbench page %s has no finding of axe and fits a phone', async (path) => {
    const { page, complaints } = await openPage(here.origin, { width: 360, height: 740, as: 'officer' })
    await visit(page, prefix + path.replace(':orchard', orchard))
    expect(await axeFindings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    expect(complaints).toEqual([])
  })
})

test('[F019] a dirty file is brought in, its rows are accounted for, and the pair it makes is merged and parted again', async () => {
  const { page } = await openPage(here.origin, { as: 'officer' })
  await visit(page, '/en/work/imports')
  await page.getByLabel('Kind of file').selectOption('organisations')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '名录.csv', mimeType: 'text/csv', buffer: Buffer.from(dirty) })
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '名录.csv' }).waitFor()
  const main = page.locator('main')
  await expect
    .poll(() => main.textContent())
    .toContain('5 rows = Accepted 2 + Updated 0 + Unchanged 0 + Refused 3')
  expect(await main.textContent()).toContain('a spreadsheet turned the code into a floating-point number')
  expect(await main.textContent()).toContain('it should be 6')
  expect(await axeFindings(page)).toEqual([])

  await visit(page, '/en/work/organisations/duplicates')
  await page.getByRole('button', { name: 'Keep the second, merge the first into it' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByLabel('Reason').fill('Same licence')
  expect(await axeFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('Nothing to compare').waitFor()

  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('alertdialog').getByLabel('Reason').fill('Two offices')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('undone: Two offices').waitFor()
  await page.getByText('1 pair to compare').waitFor()
})

test('[F019] an organisation is looked up on a past day', async () => {
  const { page } = await openPage(here.origin)
  await visit(page, `/en/organisations/${orchard}`)
  await page.getByLabel('As it was on').fill('2020-01-01')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByText('Not yet on record that day').waitFor()
  await page.getByRole('button', { name: 'Back to today' }).click()
  await page.getByText('Specialised-and-sophisticated enterprise').first().waitFor()
  expect(new URL(page.url()).search).toBe('')
})

test('[F019] a taken code is refused in words, and what was typed stays', async () => {
  const { page } = await openPage(here.origin, { as: 'officer' })
  await visit(page, '/work/organisations/new')
  await page.getByLabel('名称', { exact: true }).fill('另一家')
  await page.getByLabel('统一社会信用代码').fill('52320115MJ0TE5T19M')
  await page.getByLabel('依据').fill('营业执照')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  const summary = page.getByRole('alert')
  await summary.waitFor()
  expect(await summary.textContent()).toContain('柑橘园科技股份有限公司')
  expect(await page.getByLabel('名称', { exact: true }).inputValue()).toBe('另一家')
})

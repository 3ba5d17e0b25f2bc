import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, date } from '#platform/calendar.ts'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'
import { putRecords } from '../src/patents/public.ts'
import { PatentRecord } from '../src/patents/record.rules.ts'
import { patentNumber } from '../src/scenarios/twin/codes.ts'

const TODAY = '2026-11-22'
const WORDS = {
  zh: {
    offer: '挂牌一件专利',
    number: '公开号',
    field: '应用领域',
    industry: '产业',
    summary: '说明',
    save: '挂牌',
    confirm: '确认有效：',
    state: '挂牌中',
    lapsed: '权利已终止',
    left: '权利终止，下架',
    recheck: '立即复核',
    run: '导入',
    done: '共 1,002 行：新增 1,000',
    to: '推进到',
    process: '线上加工',
    reason: '理由',
    move: '推进',
    moved: '已推进 2 件',
    notPublic: '未公开',
    select: '选中：',
  },
  en: {
    offer: 'Offer a patent',
    number: 'Publication number',
    field: 'Field of application',
    industry: 'Industry',
    summary: 'Description',
    save: 'Offer it',
    confirm: 'It stands: ',
    state: 'On the market',
    lapsed: 'The right has ended',
    left: 'The right has ended: left the market',
    recheck: 'Check now',
    run: 'Take it in',
    done: '1,002 rows: 1,000 new',
    to: 'To',
    process: 'Prepared',
    reason: 'Reason',
    move: 'Move',
    moved: '2 moved',
    notPublic: 'not public',
    select: 'Choose: ',
  },
} as const

const record = (number: number, legalStatus = 'in-force') =>
  PatentRecord.parse({
    publicationNumber: `CN${300_000_000 + number}B`,
    applicationNumber: `CN2018101${20_000 + number}`,
    applicationKey: `CN2018101${20_000 + number}`,
    office: 'CN',
    kind: 'B',
    right: 'invention',
    titles: { zh: `第${number}种阀门` },
    applicants: [{ name: '湖滨阀门有限公司', country: 'CN' }],
    legalStatus,
    legalStatusOn: TODAY,
    source: {
      run: 't',
      file: 'f',
      line: 1,
      format: 't',
      observedOn: TODAY,
      seenAt: `${TODAY}T00:00:00.000Z`,
    },
  })

let here: Site
let firm = ''
beforeAll(async () => {
  here = await site()
  here.world.setToday(TODAY)
  await putRecords(
    here.world,
    [0, 1, 2, 3].map((number) => record(number)),
  )
  firm = (
    await here.world.as('officer').post('/api/v1/parties', { name: '湖滨阀门有限公司', source: '登记簿' })
  ).body.id
})

describe.each([
  ['zh', '', 0],
  ['en', '/en', 2],
] as const)('the market and the cloud in %s', (language, prefix, first) => {
  const words = WORDS[language]

  test('[F046] [S124] [S128] an owner offers and confirms; what nobody confirms fades, and what lapses in an import leaves the market', async () => {
    const { world } = here
    world.setToday(TODAY)
    const { page, complaints } = await openPage(here.origin, {
      as: { roles: ['enterprise'], organisationIds: [firm] },
    })
    page.setDefaultTimeout(15_000)
    await visit(page, `${prefix}/work/market`)
    await page.getByRole('link', { name: words.offer }).click()
    await page.getByLabel(words.number).fill(record(first).publicationNumber)
    await page.getByLabel(words.field).fill('工业阀门')
    await page.getByLabel(words.industry).selectOption({ index: 1 })
    await page.getByLabel(words.summary).fill('可提供样机')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: words.save, exact: true }).click()
    await page.getByRole('heading', { level: 1 }).getByText(words.state).waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const listing = async () => (await world.as('visitor').get(`/api/v1/market/listings/${id}`)).body

    const { confirmBy } = await listing()
    world.setToday(confirmBy)
    await world.as('officer').post('/api/v1/market/listings/recheck')
    await visit(page, `${prefix}/work/market?state=faded`)
    await page.getByRole('button', { name: words.confirm }).first().click()
    await expect.poll(async () => (await listing()).state).toBe('active')
    expect((await listing()).confirmBy > addDays(date(confirmBy), 1)).toBe(true)

    await putRecords(world, [record(first, 'lapsed')])
    const { page: office } = await openPage(here.origin, { as: 'officer' })
    await visit(office, `${prefix}/work/market`)
    await office.getByRole('button', { name: words.recheck }).click()
    await expect.poll(async () => (await listing()).state).toBe('lapsed')
    expect(await axeFindings(office)).toEqual([])

    const { page: phone } = await openPage(here.origin, { width: 390 })
    await visit(phone, `${prefix}/market`)
    const rows = phone.getByRole('main').getByRole('list').last()
    expect(await rows.getByText(`第${first}种阀门`).count()).toBe(0)
    await phone.getByLabel(new RegExp(`^${words.lapsed}`)).click()
    await phone.getByRole('link', { name: `第${first}种阀门` }).click()
    await phone.getByText(words.left).waitFor()
    expect(await overflowOf(phone)).toBeLessThanOrEqual(0)
    expect(await axeFindings(phone)).toEqual([])
    expect(complaints).toEqual([])
    world.setToday(TODAY)
  })

  test('[F042] [S125] [S126] a university takes in 1,000 patents; the stages add up, each opens its list, and a move says who and why', async () => {
    const { world } = here
    const name = `湖滨大学${language}`
    const id = (await world.as('officer').post('/api/v1/parties', { name, source: '登记簿' })).body.id
    const { page } = await openPage(here.origin, { as: { roles: ['university'], organisationIds: [id] } })
    page.setDefaultTimeout(20_000)
    const numberOf = (index: number) =>
      patentNumber(2012 + (index % 12), 1, 400_000 + index).replace('ZL', '')
    const rows = Array.from({ length: 1000 }, (_, index) => `${numberOf(index)},第${index}号装置,有效`)
    const csv = ['申请号,专利名称,法律状态', ...rows, '2.01E+12,毁坏,', ',没有号码,'].join('\r\n')
    await visit(page, `${prefix}/work/university-cloud`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '盘点.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByRole('button', { name: words.run, exact: true }).click()
    await page.getByText(words.done).waitFor()
    await page.getByRole('cell', { name: '2.01E+12' }).waitFor()

    const boxes = page.getByRole('checkbox', { name: words.select })
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await page.getByLabel(words.to, { exact: true }).selectOption({ label: words.process })
    await page.getByLabel(words.reason).fill('分级后推进')
    await page.getByRole('button', { name: words.move, exact: true }).click()
    await page.getByText(words.moved).waitFor()
    expect(await axeFindings(page)).toEqual([])

    await visit(page, `${prefix}/university-cloud`)
    const row = page.getByRole('row', { name })
    const counts = (await row.getByRole('cell').allTextContents()).map((cell) =>
      Number(cell.replaceAll(',', '')),
    )
    const numbers = counts.filter((count) => !Number.isNaN(count))
    expect(numbers.slice(0, 5)).toEqual([998, 2, 0, 0, 0])
    expect(numbers.at(-1)).toBe(1000)
    await row.getByRole('link', { name: '2', exact: true }).click()
    const list = page.getByRole('main').getByRole('list').last().getByRole('listitem')
    await expect.poll(() => list.count()).toBe(2)
    await list.first().getByRole('link').click()
    await page.getByText('分级后推进').waitFor()
    expect(await axeFindings(page)).toEqual([])

    const { page: visitor } = await openPage(here.origin, { width: 390 })
    await visit(visitor, `${prefix}/university-cloud`)
    await visitor.getByText(words.notPublic).first().waitFor()
    expect(await overflowOf(visitor)).toBeLessThanOrEqual(0)
    expect(await visitor.getByRole('row', { name }).count()).toBe(0)
  })
})

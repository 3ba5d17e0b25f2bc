import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'
import { testAccountId } from '#testing/world.ts'
import { putRecords } from '../src/patents/public.ts'
import { source } from '../src/patents/record.fixture.ts'
import { PatentRecord } from '../src/patents/record.rules.ts'

const WORDS = {
  zh: {
    save: '保存这个分析',
    name: '分析的名称',
    note: '说明（可不填）',
    submit: '保存',
    rerun: '在同一版本上重算',
    identical: '重算一致',
    today: '与今天的数据比较',
    came: '新进入',
    changed: '内容有变',
    status: '法律状态 有效 → 未缴年费终止',
    html: '离线网页（HTML）',
    edit: '修改',
    editName: '名称',
    saveEdit: '保存修改',
    share: '分享',
    everybody: '所有人',
    apply: '确定',
    remove: '删除',
    undo: '撤销删除',
  },
  en: {
    save: 'Save this analysis',
    name: 'Name of the analysis',
    note: 'Note (optional)',
    submit: 'Save',
    rerun: 'Count again on the same version',
    identical: 'The same figures',
    today: 'Compare with today’s data',
    came: 'Came in',
    changed: 'Changed',
    status: 'Legal status In force → Lapsed, fees unpaid',
    html: 'Offline page (HTML)',
    edit: 'Edit',
    editName: 'Name',
    saveEdit: 'Save the changes',
    share: 'Share',
    everybody: 'Everybody',
    apply: 'Apply',
    remove: 'Delete',
    undo: 'Take the deletion back',
  },
} as const

const record = (number: number, legalStatus = 'in-force') =>
  PatentRecord.parse({
    publicationNumber: `CN${200_000_000 + number}B`,
    applicationNumber: `CN2018101${10_000 + number}`,
    applicationKey: `CN2018101${10_000 + number}`,
    office: 'CN',
    kind: 'B',
    right: 'invention',
    titles: { zh: `第${number}种电池` },
    applicants: [{ name: number % 2 === 0 ? '青梧通信股份有限公司' : '江南大学', country: 'CN' }],
    ipc: ['H01M10/00'],
    filedOn: `201${number % 5}-01-02`,
    legalStatus,
    source,
  })

let here: Site
beforeAll(async () => {
  here = await site()
  await putRecords(
    here.world,
    Array.from({ length: 8 }, (_, number) => record(number)),
  )
})

describe.each([
  ['zh', '', 0],
  ['en', '/en', 10],
] as const)('saved analyses in %s', (language, prefix, more) => {
  const words = WORDS[language]
  const as = { roles: ['enterprise' as const], accountId: testAccountId(`author-${language}`) }

  test('[F063] [S127] a landscape is saved, counted again to the same figures, compared with today, and shared', async () => {
    const { page, complaints } = await openPage(here.origin, { as })
    page.setDefaultTimeout(10_000)
    const { world } = here
    await visit(page, `${prefix}/patents/landscape?q=${encodeURIComponent('电池')}`)
    await page.getByRole('link', { name: words.save }).click()
    await page.getByLabel(words.name).fill(`电池 A ${language}`)
    await page.getByLabel(words.note).fill('<b>为什么看</b>')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: words.submit, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: `电池 A ${language}` }).waitFor()
    await page.getByText('<b>为什么看</b>').waitFor()
    await page.getByRole('button', { name: words.rerun }).click()
    await page.getByRole('alert').getByText(words.identical).waitFor()
    expect(await axeFindings(page)).toEqual([])
    const address = new URL(page.url()).pathname

    const before = (await world.as('visitor').get('/api/v1/patents/landscape?q=电池')).body.documents
    await putRecords(world, [record(100 + more), record(1 + more / 10, 'lapsed')])
    await visit(page, address)
    await page.getByRole('button', { name: words.rerun }).click()
    await page.getByRole('alert').getByText(words.identical).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: words.html }).click(),
    ])
    const html = await readFile(await download.path(), 'utf8')
    expect(html).toContain('&lt;b&gt;为什么看')
    expect(html).toContain(`<td>${before}</td>`)

    await page.getByRole('link', { name: words.today }).click()
    const main = page.getByRole('main')
    await main.getByRole('table').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await main.getByRole('link', { name: '+1', exact: true }).first().click()
    const rows = main.getByRole('list').last().getByRole('listitem')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(1)
    await main.getByLabel(new RegExp(`^${words.changed}`)).click()
    await main.getByText(words.status).waitFor()
    expect(complaints).toEqual([])
  })

  test('[F063] it is renamed, shared with everybody, read by a visitor on a phone, deleted and taken back', async () => {
    const { page } = await openPage(here.origin, { as })
    const mine = (await here.world.as(as).get('/api/v1/analyses?scope=mine')).body.items[0]
    const path = `${prefix}/patents/analyses/${mine.id}`
    await visit(page, path)
    await page.getByRole('link', { name: words.edit, exact: true }).click()
    await page.getByLabel(words.editName, { exact: true }).fill(`电池 B ${language}`)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: words.saveEdit }).click()
    await page.getByRole('heading', { level: 1, name: `电池 B ${language}` }).waitFor()
    await page.getByRole('button', { name: words.share, exact: true }).click()
    await page.getByRole('radio', { name: words.everybody }).check()
    await page.getByRole('button', { name: words.apply, exact: true }).click()
    await page.getByRole('heading', { level: 1 }).getByText(words.everybody).waitFor()

    const { page: phone } = await openPage(here.origin, { width: 390 })
    await visit(phone, `${prefix}/patents/analyses`)
    await phone.getByRole('link', { name: `电池 B ${language}` }).click()
    await phone.getByRole('heading', { level: 1, name: `电池 B ${language}` }).waitFor()
    expect(await overflowOf(phone)).toBeLessThanOrEqual(0)
    expect(await phone.getByRole('button', { name: words.remove, exact: true }).count()).toBe(0)

    await page.getByRole('button', { name: words.remove, exact: true }).click()
    await page.getByRole('button', { name: words.undo }).waitFor()
    expect((await here.world.as('visitor').get(`/api/v1/analyses/${mine.id}`)).status).toBe(404)
    await page.getByRole('button', { name: words.undo }).click()
    await page.getByRole('button', { name: words.remove, exact: true }).waitFor()
  })
})

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { inTransaction } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { site, type Site } from '#testing/site.ts'
import { plantAgencies, plantOrganisations, type Planted } from '../src/agencies/register.fixture.ts'
import { insertAccount } from '../src/identity/account.store.ts'
import { beginStationPost } from '../src/identity/public.ts'
import { recordAudit } from '../src/ledger/public.ts'

const LANGUAGES = [
  ['zh', '', 2025],
  ['en', '/en', 2024],
] as const
const WORDS = {
  zh: {
    year: '考核年度',
    cutoff: '记录截止日',
    open: '启动',
    compute: '计分',
    publish: '公示名单',
    close: '定案公布',
    recompute: '重新计算',
    same: /用保存的记录重算：.* 分，摘要一致/,
    differs: '不同之处：2 项',
    cause: /2026-04-20 作废、撤回或结束：重复登记/,
    object: '提出异议',
    body: '异议内容',
    send: '提交异议',
    sent: '异议已收到，相应期限停止计时',
    paused: '暂停',
    upheld: '异议不成立',
    reason: '理由',
    decide: '作出处理',
    final: '已定案公布',
    file: '名单（中文 PDF）',
    masked: '客户和未公开的申请只对机构本人和办理人员显示名称',
  },
  en: {
    year: 'Year',
    cutoff: 'Cut-off day',
    open: 'Open',
    compute: 'Compute the scores',
    publish: 'Make the list public',
    close: 'Make it final',
    recompute: 'Compute again',
    same: /From the stored records: .* points, same digest/,
    differs: '2 items differ',
    cause: /Voided, withdrawn or ended on 2026-04-20: 重复登记/,
    object: 'Object',
    body: 'Your objection',
    send: 'File the objection',
    sent: 'Your objection is filed; the clock stands still',
    paused: 'Paused',
    upheld: 'dismissed',
    reason: 'Reasons',
    decide: 'Decide',
    final: 'Final and published',
    file: 'List (English PDF)',
    masked: 'Clients and unpublished filings are named to the agency itself',
  },
} as const

let here: Site
let planted: Planted[]

beforeAll(async () => {
  here = await site()
  const { world } = here
  world.setToday('2026-04-20')
  planted = await plantAgencies(
    world.db,
    ['湖光代理', '小山代理', '远帆代理'].map((name) => ({ name, movedIn: '2023-05-01' })),
    world.zone.carriers[0]?.id ?? '',
  )
  const clients = await plantOrganisations(
    world.db,
    Array.from({ length: 40 }, (_, at) => `客户${at}`),
  )
  const served = (agencyId: string, year: number) =>
    Array.from({ length: 120 }, (_, at) => ({
      id: randomUUID(),
      agencyId,
      clientId: clients[at % clients.length] ?? '',
      reference: `${year}-${agencyId.slice(0, 4)}-${at}`,
      matterType: 'consulting',
      serviceClass: 'agency',
      servedOn: `${year}-07-01`,
      clusterCode: null,
      source: 'test',
    }))
  await inTransaction(world.db, async (tx) => {
    await insertAll(
      tx,
      'serviceRecord',
      planted.slice(0, 2).flatMap(({ id }) => [...served(id, 2024), ...served(id, 2025)]),
    )
    await insertAll(
      tx,
      'agencyReturn',
      planted.flatMap(({ id }) =>
        [2024, 2025].map((year) => ({
          id: randomUUID(),
          agencyId: id,
          periodFrom: `${year}-01-01`,
          periodTo: `${year + 1}-01-01`,
          revenueFen: 100,
          headcount: 3,
          filedOn: `${year + 1}-02-10`,
          source: 'test',
        })),
      ),
    )
  })
})

/** An officer of the station at which the publicity lies: there objections are decided. */
async function deskOf(station: string, email: string): Promise<string> {
  return here.world.write(async (tx, context) => {
    const account = { email, name: '经办', roles: ['officer' as const], passwordHash: null as never }
    const id = (await insertAccount(tx, account, null, context.now)) ?? ''
    await beginStationPost(tx, { accountId: id, stationId: station, validFrom: date('2026-04-01') })
    await recordAudit(tx, context, { action: 'account.opened', subject: { kind: 'account', id } })
    return id
  })
}

describe.each(LANGUAGES)('in %s', (language, prefix, year) => {
  const words = WORDS[language]
  const code = () => planted[0]?.code ?? ''
  const own = () => ({
    roles: ['agency'] as const,
    organisationIds: [planted[0]?.partyId ?? ''],
    accountId: randomUUID(),
  })

  test('[F091] [S199] [S200] an officer opens a round, computes it and makes the list public', async () => {
    here.world.setToday('2026-04-20')
    const { page, complaints } = await openPage(here.origin, { as: 'officer' })
    await visit(page, `${prefix}/work/appraisal`)
    await page.getByRole('textbox', { name: words.year }).fill(String(year))
    await page.getByLabel(words.cutoff).fill('2026-04-19')
    await page.getByRole('button', { name: words.open, exact: true }).click()
    await page.getByRole('button', { name: words.compute, exact: true }).click()
    await page.getByRole('button', { name: words.publish, exact: true }).click()
    await page.getByRole('button', { name: words.close, exact: true }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('[F091] [S200] an agency recomputes its score from its own page and reads every difference with its cause', async () => {
    const { page, complaints } = await openPage(here.origin, { as: own() })
    await visit(page, `${prefix}/agencies/${code()}`)
    await page.locator(`a[href="${prefix}/appraisal/${year}/agencies/${code()}"]`).click()
    await page.getByRole('button', { name: words.recompute }).click()
    await page.getByText(words.same).waitFor()
    await sql`update service_record set voided_at = '2026-04-20T02:00:00Z', void_reason = '重复登记'
      where agency_id = ${planted[0]?.id} and client_id = (select client_id from service_record
        where agency_id = ${planted[0]?.id} order by reference limit 1) and served_on between ${`${year}-01-01`} and ${`${year}-12-31`}`.execute(
      here.world.db,
    )
    await page.getByRole('button', { name: words.recompute }).click()
    await page.getByText(words.differs).waitFor()
    await page.getByText(words.cause).first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('[F091] [S200] a count opens to as many records; whoever is not of the agency sees no client', async () => {
    const { page } = await openPage(here.origin, { width: 390, height: 800 })
    await visit(page, `${prefix}/appraisal/${year}/agencies/${code()}`)
    const count = page.locator(`a[href$="/${code()}/clients"]`)
    expect(Number((await count.textContent())?.replaceAll(/\D/gu, ''))).toBe(40)
    await count.click()
    await page.getByText(words.masked).waitFor()
    await page.locator('tbody tr').nth(39).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(40)
    expect(await page.getByText('客户0').count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  })

  test('[F091] [S200] [S201] an objection stops the clock; decided, the list becomes final with its document', async () => {
    const agency = await openPage(here.origin, { as: own() })
    await visit(agency.page, `${prefix}/appraisal/${year}`)
    await agency.page.locator('summary', { hasText: words.object }).click()
    await agency.page.getByLabel(words.body).fill('有一条服务记录被误作废，请核对后重新计分。')
    await agency.page.getByRole('button', { name: words.send }).click()
    await agency.page.getByText(words.sent).waitFor()
    await agency.page.locator('.due-clock[data-standing=paused]').waitFor()

    const { items } = (await here.world.as('visitor').get('/api/v1/publicity')).body
    const { number, station } = items.find(({ facts }: any) => facts[0].value === String(year))
    const accountId = await deskOf(station.code, `desk-${language}@zone.example`)
    const desk = await openPage(here.origin, { as: { roles: ['officer'], accountId } })
    await visit(desk.page, `${prefix}/work/matters/${number}`)
    await desk.page.getByRole('radio', { name: words.upheld }).check()
    await desk.page.getByRole('textbox', { name: words.reason }).fill('该记录确为重复登记，得分无误。')
    await desk.page.getByRole('button', { name: words.decide }).click()
    await desk.page.getByText('该记录确为重复登记，得分无误。').first().waitFor()

    here.world.setToday('2026-05-11')
    await visit(desk.page, `${prefix}/work/appraisal`)
    const steps = desk.page.locator('section', { hasText: String(year) }).last()
    await steps.getByRole('button', { name: words.close, exact: true }).click()
    await desk.page.getByText(words.final).first().waitFor()

    const { page, complaints } = await openPage(here.origin, { width: 390, height: 800 })
    await visit(page, `${prefix}/appraisal/${year}`)
    await page.getByText(words.file).waitFor()
    await page.getByText('该记录确为重复登记，得分无误。').waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
    await visit(page, `${prefix}/appraisal`)
    expect(await axeFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { axeFindings, openPage, overflowOf, visit } from '#testing/chromium.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import { site, type Site } from '#testing/site.ts'
import { DEMO_PASSWORD } from '../src/identity/demo-accounts.rules.ts'

const WORDS = {
  zh: {
    feed: '内容类别',
    topic: '具体内容',
    follow: '订阅',
    cluster: '产业集群 · 产业集群新增单位',
    name: '产业集群新增单位 · 电子信息',
    look: '现在汇总',
    nothing: '没有新记录',
    one: '1 条新记录',
    end: '退订',
    none: '还没有订阅',
  },
  en: {
    feed: 'What kind',
    topic: 'Which one',
    follow: 'Follow',
    cluster: 'Cluster · New organisations of a cluster',
    name: 'New organisations of a cluster · Electronics',
    look: 'Look now',
    nothing: 'Nothing is new',
    one: '1 new record',
    end: 'Unfollow',
    none: 'You follow nothing yet',
  },
} as const

let here: Site

beforeAll(async () => {
  here = await site(() => signedInWorld({ pages: true }))
})

async function signIn(page: Page, role: string, path: string) {
  await visit(page, '/en/sign-in?next=/account')
  await page.getByLabel('E-mail address').fill(`${role}@demo.zhiyuan.example`)
  await page.getByLabel('Password').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).first().waitFor()
  await visit(page, path)
}

describe.each([
  ['zh', '', 'citizen'],
  ['en', '/en', 'volunteer'],
] as const)('[F006] [S76] subscriptions in %s', (language, prefix, role) => {
  const words = WORDS[language]

  test('one follows a cluster, looks, reads exactly what is new, and unfollows', async () => {
    const { page, complaints } = await openPage(here.origin, { width: 390, height: 844 })
    await signIn(page, role, `${prefix}/account/subscriptions`)
    await page.getByText(words.none).waitFor()
    await page.getByLabel(words.feed).selectOption({ label: words.cluster })
    await page.getByLabel(words.topic).selectOption('electronics')
    await page.getByRole('button', { name: words.follow, exact: true }).click()
    await page.getByText(words.name, { exact: true }).waitFor()
    await page.getByRole('button', { name: words.look }).click()
    await page.getByText(words.nothing).first().waitFor()

    const name = `新登记电子${language}`
    await here.world.db
      .insertInto('party')
      .values({ kind: 'organisation', name, nameKey: name, industryCode: 'C3990', source: 'test' })
      .execute()
    await page.getByRole('button', { name: words.look }).click()
    await page.getByRole('link', { name: words.one }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    await page.getByRole('link', { name: words.one }).click()
    await page.getByRole('link', { name }).waitFor()
    expect(await page.locator('.register-row').count()).toBe(1)
    expect(await axeFindings(page)).toEqual([])
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)

    await visit(page, `${prefix}/account/subscriptions`)
    await page.getByRole('button', { name: words.end }).click()
    await page.getByText(words.none).waitFor()
    expect(complaints).toEqual([])
  })
})

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openPage, visit } from '#testing/chromium.ts'
import { launchBrowser } from '#testing/launch-browser.ts'
import { sequenceLedger } from '#testing/ledger.ts'
import { site, type Site } from '#testing/site.ts'
import { recordAudit, recordOpenEntry } from '../src/ledger/public.ts'

let here: Site
const documentText = '关于某事项的公示\n'

beforeAll(async () => {
  here = await site()
  const { world } = here
  await world.write(async (tx, context) => {
    await recordOpenEntry(tx, context, {
      kind: 'publication',
      action: 'sample.published',
      subject: { kind: 'sample', id: '1' },
      document: {
        sha256: createHash('sha256').update(documentText).digest('hex'),
        mediaType: 'text/plain',
        title: '公示',
      },
    })
    for (let number = 0; number < 40; number++) {
      await recordAudit(tx, context, {
        action: 'sample.seen',
        subject: { kind: 'sample', id: String(number) },
      })
    }
  })
  await sequenceLedger(world)
})

describe.each([
  ['zh', '', { title: '账本', holds: '在您的浏览器里算出的根与签署的根一致。', withheld: '内容不公开' }],
  [
    'en',
    '/en',
    {
      title: 'Ledger',
      holds: 'The root computed in your browser is the one that was signed.',
      withheld: 'The content is not public',
    },
  ],
] as const)('in %s', (_, prefix, words) => {
  test.each(['/ledger', '/ledger/entries/1', '/ledger/entries/5', '/ledger/entries/99'])(
    '[F107] [F008] %s has no finding of axe, stays on its origin, and fits a phone',
    async (path) => {
      const { page, complaints } = await openPage(here.origin, { width: 360, height: 740 })
      await visit(page, prefix + path)
      expect(await axeFindings(page)).toEqual([])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
      expect(complaints).toEqual([])
    },
  )

  test('[F107] a reader finds an entry by its number and sees its root computed', async () => {
    const { page } = await openPage(here.origin)
    await visit(page, `${prefix}/ledger`)
    await page.getByRole('heading', { level: 1, name: words.title }).waitFor()
    await page.locator('input[name=entry]').fill('5')
    await page.keyboard.press('Enter')
    await page.getByText(words.holds).waitFor()
    expect(await page.getByText(words.withheld).isVisible()).toBe(true)
  })

  test('[F107] the verifier on its page keeps its policy and has no finding of axe', async () => {
    const { page, complaints } = await openPage(here.origin)
    await page.goto(`${prefix}/verify`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

/** The file on a disk, in a browser whose network is off. */
async function offlineVerifier() {
  const browser = await launchBrowser()
  const context = await browser.newContext({ locale: 'zh-CN', offline: true })
  const page = await context.newPage()
  await page.goto(pathToFileURL(join(import.meta.dirname, '../src/ledger/verifier/verifier.html')).href)
  const check = async (proof: string) => {
    await page.getByLabel('凭证', { exact: true }).fill(proof)
    await page.getByRole('button', { name: '核验' }).click()
    // The check takes the focus to its verdict when it is done.
    await page.waitForFunction(() => document.activeElement?.id === 'result')
    return page.locator('#verdict').textContent()
  }
  return { page, check, close: () => browser.close() }
}

test('[F107] one file, without a network, tells a true proof from an altered one', async () => {
  const { body } = await here.world.as('visitor').get('/api/v1/ledger/proof?entry=1')
  const { page, check, close } = await offlineVerifier()
  expect(await check(JSON.stringify(body))).toBe('✓ 有效')
  expect(await page.locator('#body').textContent()).toContain('sample.published')

  const altered = { ...body, entry: { ...body.entry, body: body.entry.body.replace('公示', '公告') } }
  expect(await check(JSON.stringify(altered))).toContain('✗ 无效：内容被改过')
  expect(await check('这不是凭证')).toContain('✗ 无效')

  await page.getByRole('button', { name: 'English' }).click()
  expect(await page.locator('#verdict').textContent()).toContain('✗ Not valid')
  await close()
})

const file = (text: string) => ({ name: 'notice.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })

test('[F107] the verifier compares the document itself with what the ledger recorded', async () => {
  const { body } = await here.world.as('visitor').get('/api/v1/ledger/proof?entry=1')
  const { page, check, close } = await offlineVerifier()
  await page.getByLabel('凭证所指的文件').setInputFiles(file(documentText))
  expect(await check(JSON.stringify(body))).toBe('✓ 有效')
  await page.getByText('您提供的文件就是账本所记的那一份。').waitFor()
  await page.getByLabel('凭证所指的文件').setInputFiles(file(`${documentText}。`))
  expect(await check(JSON.stringify(body))).toContain('✗ 无效：您提供的文件不是账本所记的那一份')
  await close()
})

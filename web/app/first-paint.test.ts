import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Boot } from './boot.ts'
import { firstPaint } from './first-paint.ts'

const template = readFileSync(new URL('../index.html', import.meta.url), 'utf8')

const boot: Boot = {
  zone: {
    id: 'test',
    names: { zh: '示例区', en: 'Sample & Zone' },
    shortNames: { zh: '示例', en: 'Sample' },
    summary: { zh: '一句话。', en: 'Costs $& and </script><script>alert(1)</script>' },
    timeZone: 'Asia/Shanghai',
    today: '2026-11-22',
    synthetic: true,
    plan: null,
  },
  session: { kind: 'visitor' },
}

test('the home page has its heading and lede in the language of the address', () => {
  const html = firstPaint(template, { path: '/', boot })
  expect(html).toContain('<html lang="zh-CN">')
  expect(html).toContain('<h1>示例区</h1>')
  expect(html).toContain('一句话。')
  expect(firstPaint(template, { path: '/en', boot })).toContain('<h1>Sample &amp; Zone</h1>')
})

test('texts of a zone can neither end the boot data nor become markup', () => {
  const html = firstPaint(template, { path: '/en', boot })
  expect(html).not.toContain('<script>alert(1)')
  const data = /<script type="application\/json" id="boot">(.*?)<\/script>/s.exec(html)?.[1] ?? ''
  expect(JSON.parse(data)).toEqual(boot)
})

test('other pages get the bar alone, and the workbench nothing that would jump', () => {
  expect(firstPaint(template, { path: '/agencies', boot })).toContain('class="brand"')
  expect(firstPaint(template, { path: '/agencies', boot })).not.toContain('<h1>')
  expect(firstPaint(template, { path: '/en/work/matters', boot })).toContain('<div id="root"></div>')
})

test('synthetic data is marked before any script runs', () => {
  expect(firstPaint(template, { path: '/agencies', boot })).toContain('class="synthetic"')
  const real = { ...boot, zone: { ...boot.zone, synthetic: false } }
  expect(firstPaint(template, { path: '/agencies', boot: real })).not.toContain('class="synthetic"')
})

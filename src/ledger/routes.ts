import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import type { HttpEnv } from '#platform/http.ts'
import { sha256 } from './tree.rules.ts'

const html = readFileSync(join(import.meta.dirname, 'verifier/verifier.html'), 'utf8')

/** The file brings its own script and style, so it is allowed exactly these, by their hashes, and nothing else at all. */
const policy = ['script', 'style']
  .map((element) => {
    const inline = [...html.matchAll(new RegExp(`<${element}[^>]*>([^]*?)</${element}>`, 'g'))]
    return `${element}-src ${inline.map(([, text = '']) => `'sha256-${sha256(text).toString('base64')}'`).join(' ')}`
  })
  .concat("default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
  .join('; ')

/** The offline verifier: to be used here, or kept and used without us. */
export function mountVerifier(app: Hono<HttpEnv>): void {
  for (const path of ['/verify', '/en/verify']) {
    app.get(path, (c) => c.html(html, 200, { 'content-security-policy': policy }))
  }
  app.get('/verify/zhiyuan-verifier.html', (c) =>
    c.html(html, 200, {
      'content-security-policy': policy,
      'content-disposition': 'attachment; filename="zhiyuan-verifier.html"',
    }),
  )
}

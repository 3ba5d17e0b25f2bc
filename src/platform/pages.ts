import type { Hono } from 'hono'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { HttpEnv } from './http.ts'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  json: 'application/json; charset=utf-8',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
}

interface StaticFile {
  readonly path: string
  readonly type: string
  readonly encodings: ReadonlySet<string>
}

interface Pages {
  /** The built web: `index.html`, `assets/…` with hashed names, and `.br`, `.gz` beside what compresses. */
  readonly folder: string
  /** Fills the page that was asked for, so that words are there before any script. */
  readonly fill: (template: string, request: Request) => Promise<string>
}

/** Serves the pages; whatever is no file is a page that the web itself knows or says it does not. */
export function mountPages(app: Hono<HttpEnv>, { folder, fill }: Pages): void {
  const files = listFiles(folder)
  const template = readFileSync(join(folder, 'index.html'), 'utf8')
  app.on(['GET', 'HEAD'], '/*', async (c, next) => {
    const path = c.req.path
    if (path.startsWith('/api/')) return next()
    const file = files.get(path)
    if (file !== undefined)
      return sendFile(file, c.req.header('accept-encoding') ?? '', path.startsWith('/assets/'))
    if (/\.[a-z0-9]{2,5}$/.test(path)) return c.text('Not found', 404)
    return new Response(await fill(template, c.req.raw), {
      headers: { 'content-type': types['html'] ?? '', 'cache-control': 'no-cache', vary: 'cookie' },
    })
  })
}

function listFiles(folder: string): Map<string, StaticFile> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
  const known = new Set(names)
  const files = new Map<string, StaticFile>()
  for (const name of names) {
    const type = types[name.slice(name.lastIndexOf('.') + 1)]
    if (type === undefined || name === 'index.html') continue
    const encodings = new Set(['br', 'gz'].filter((encoding) => known.has(`${name}.${encoding}`)))
    const path = join(folder, name)
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { path, type, encodings })
  }
  return files
}

function sendFile({ path, type, encodings }: StaticFile, accepted: string, immutable: boolean): Response {
  const encoding = [
    ['br', 'br'],
    ['gz', 'gzip'],
  ].find(([suffix = '', name = '']) => encodings.has(suffix) && accepted.includes(name))
  const headers = new Headers({
    'content-type': type,
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    vary: 'accept-encoding',
  })
  if (encoding !== undefined) headers.set('content-encoding', encoding[1] ?? '')
  const body = readFileSync(encoding === undefined ? path : `${path}.${encoding[0]}`)
  return new Response(body, { headers })
}

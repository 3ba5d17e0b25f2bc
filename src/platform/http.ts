import { getConnInfo } from '@hono/node-server/conninfo'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import type { AnyRouter } from '@orpc/server'
import { Hono, type Context as HonoContext } from 'hono'
import { compress } from 'hono/compress'
import { randomUUID } from 'node:crypto'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import type { Log } from './log.ts'
import { metrics, requestDuration } from './metrics.ts'
import { RateLimit } from './rate-limit.ts'
import { asRefusal, refuse } from './refusals.ts'

export type HttpEnv = { Variables: { requestId: string; operation: string } }
export type HttpContext = HonoContext<HttpEnv>

export interface AccessEvent {
  readonly at: Date
  readonly requestId: string
  readonly operation: string
  readonly actor: Context['actor']
  readonly status: number
  readonly milliseconds: number
  readonly bytes: number
}

export interface HttpOptions {
  readonly config: Config
  readonly log: Log
  readonly router: AnyRouter
  readonly createContext: (request: Request, requestId: string) => Promise<Context>
  /** Routes that are not operations of the contract: sign-in, the verifier, the web itself. */
  readonly mount: (app: Hono<HttpEnv>) => void
  /** Undefined when ready; otherwise what is not. */
  readonly notReady: () => Promise<string | undefined>
  readonly onAccess?: (event: AccessEvent) => void
}

export const apiPrefix = '/api/v1'

const megabyte = 1024 * 1024
/** Files go to imports and attachments; everything else is text that a person typed. */
const bodyLimit = (path: string) => {
  if (/^\/(?:patent-)?imports/.test(path.slice(apiPrefix.length))) return 256 * megabyte
  return /\/(evidence|materials|attachments)$/.test(path) ? 25 * megabyte : megabyte
}

/** The whole HTTP surface as one app; needs no port, so tests call `app.fetch`. */
export function createHttp(options: HttpOptions): Hono<HttpEnv> {
  const { config, log, notReady } = options
  const app = new Hono<HttpEnv>()
  const limit = new RateLimit(config.rateLimitPerMinute)

  app.use(async (c, next) => {
    const started = performance.now()
    const requestId = requestIdOf(c.req.raw)
    c.set('requestId', requestId)
    const wait = limit.take(limitedAddress(c, config), Date.now())
    if (wait > 0) {
      c.res = refuse('TOO_MANY_REQUESTS', 429, { retryAfterSeconds: wait }, { 'retry-after': String(wait) })
    } else if (Number(c.req.header('content-length') ?? 0) > bodyLimit(c.req.path)) {
      c.res = refuse('BODY_TOO_LARGE', 413, { limitBytes: bodyLimit(c.req.path) })
    } else {
      await next()
    }
    secure(c.res.headers, requestId, config)
    const milliseconds = performance.now() - started
    const operation = c.get('operation') ?? 'other'
    requestDuration.observe({ operation, status: `${Math.floor(c.res.status / 100)}xx` }, milliseconds / 1000)
    log.debug(
      {
        requestId,
        method: c.req.method,
        path: c.req.path,
        status: c.res.status,
        ms: Math.round(milliseconds),
      },
      'request',
    )
  })

  app.onError((error, c) => unexpected(error, c.get('requestId'), log))
  app.get('/healthz', (c) => c.json({ status: 'alive' }))
  app.get('/readyz', async (c) => {
    const missing = await notReady()
    return missing === undefined ? c.json({ status: 'ready' }) : c.json({ status: 'not ready', missing }, 503)
  })
  app.get('/metrics', async (c) =>
    c.text(await metrics.metrics(), 200, { 'content-type': metrics.contentType }),
  )
  // The pages come compressed from the build; answers are, where it pays and the caller can read it.
  const compressed = compress({ threshold: 2048 })
  app.use(`${apiPrefix}/*`, (c, next) =>
    c.req.header('accept-encoding') === undefined ? next() : compressed(c, next),
  )
  mountOperations(app, options)
  options.mount(app)
  app.all('/api/*', () => refuse('UNKNOWN_OPERATION', 404))
  return app
}

function mountOperations(app: Hono<HttpEnv>, { router, createContext, log, onAccess }: HttpOptions) {
  const handler = new OpenAPIHandler<Context>(router, {
    clientInterceptors: [
      async ({ next, path, context }) => {
        operations.set(context, path.join('.'))
        try {
          return await next()
        } catch (error) {
          const refused = asRefusal(error, context.requestId)
          if (refused.status >= 500)
            log.error({ requestId: context.requestId, operation: path.join('.'), err: error }, 'unexpected')
          throw refused
        }
      },
    ],
  })
  app.use(`${apiPrefix}/*`, async (c, next) => {
    const started = performance.now()
    const request = bounded(c.req.raw, bodyLimit(c.req.path))
    const context = await createContext(request, c.get('requestId'))
    const { matched, response } = await handler.handle(request, { prefix: apiPrefix, context })
    if (!matched) return next()
    const operation = operations.get(context) ?? 'unknown'
    c.set('operation', operation)
    const told = await withRetryTime(response)
    const answer = c.req.header('accept-encoding') === undefined ? told : await withLength(told)
    c.res = answer
    onAccess?.({
      at: context.now,
      requestId: context.requestId,
      operation,
      actor: context.actor,
      status: answer.status,
      milliseconds: performance.now() - started,
      bytes: Number(answer.headers.get('content-length') ?? 0),
    })
    return undefined
  })
}

/** Which operation a context served, for logs and metrics; the context itself stays immutable. */
const operations = new WeakMap<Context, string>()

/** An answer in JSON is whole already: once its length is said, a small one is sent as it is instead of through a compressor. */
async function withLength(response: Response): Promise<Response> {
  if (response.headers.get('content-type')?.startsWith('application/json') !== true) return response
  const body = await response.text()
  const headers = new Headers(response.headers)
  headers.set('content-length', String(Buffer.byteLength(body)))
  return new Response(body, { status: response.status, headers })
}

/** A refusal that says when to try again says so to programs too, that read the header and not the body. */
async function withRetryTime(response: Response): Promise<Response> {
  if (response.status !== 503) return response
  const { data } = (await response.clone().json()) as { data?: unknown }
  for (const [name, value] of Object.entries(retryHeader(data))) response.headers.set(name, value)
  return response
}

function retryHeader(data: unknown): Record<string, string> {
  const seconds = (data as { retryAfterSeconds?: number } | undefined)?.retryAfterSeconds
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}

/** A body without a declared length is counted while it is read. */
function bounded(request: Request, limitBytes: number): Request {
  // Asked first because to look at the body makes a whole request of what the socket brought.
  if (request.method === 'GET' || request.method === 'HEAD') return request
  if (request.headers.has('content-length') || request.body === null) return request
  let read = 0
  const counted = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        read += chunk.byteLength
        if (read > limitBytes) controller.error(new RangeError('body too large'))
        else controller.enqueue(chunk)
      },
    }),
  )
  // `duplex` is required for a body that streams, and unknown to the types of the library.
  const streamed: RequestInit & { duplex: 'half' } = { body: counted, duplex: 'half' }
  return new Request(request, streamed)
}

function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given !== null && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID()
}

/** The address that the limit counts; empty for direct loopback peers, which are not limited. */
function limitedAddress(c: HttpContext, config: Config): string {
  const address = clientAddress(c, config)
  const loopback = address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1'
  return loopback && !config.trustProxy ? '' : address
}

/** Behind a trusted proxy the last hop it wrote; otherwise the socket, whatever the request says of itself. */
export function clientAddress(c: HttpContext, { trustProxy }: Config): string {
  if (trustProxy) return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  // Requests made in process (tests) have no socket.
  const bindings: unknown = c.env
  const fromSocket = typeof bindings === 'object' && bindings !== null && 'incoming' in bindings
  return fromSocket ? (getConnInfo(c).remote.address ?? '') : ''
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

function secure(headers: Headers, requestId: string, { publicUrl }: Config) {
  headers.set('x-request-id', requestId)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
  headers.set('x-frame-options', 'DENY')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cross-origin-resource-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  // A self-contained document (the offline verifier) names the hash of its own script instead.
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', policy)
  if (publicUrl.startsWith('https:'))
    headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
}

function unexpected(error: unknown, requestId: string, log: Log): Response {
  const refused = asRefusal(error, requestId)
  if (refused.status >= 500) log.error({ requestId, err: error }, 'unexpected')
  return refuse(refused.code, refused.status, refused.data, retryHeader(refused.data))
}

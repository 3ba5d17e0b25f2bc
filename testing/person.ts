import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../src/identity/demo-accounts.rules.ts'
import { codeAt } from '../src/identity/second-factor.ts'
import type { Answer, World } from './world.ts'

/** A person at a browser, as far as signing in goes: it keeps cookies and says where its requests come from. */
export class Person {
  readonly #world: Pick<World, 'fetch'>
  readonly cookies = new Map<string, string>()

  constructor(world: Pick<World, 'fetch'>) {
    this.#world = world
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await this.#world.fetch(
      new Request(`http://zone.test${path}`, {
        method,
        headers: {
          origin: 'http://zone.test',
          ...(cookie === '' ? {} : { cookie }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
    for (const one of response.headers.getSetCookie()) this.#keep(one)
    const content = await response.text()
    const json = response.headers.get('content-type')?.includes('json') === true && content !== ''
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(content) : content }
  }

  get(path: string, headers?: Record<string, string>) {
    return this.request('GET', path, undefined, headers)
  }

  post(path: string, body: unknown = {}, headers?: Record<string, string>) {
    return this.request('POST', path, body, headers)
  }

  signIn(email: string, password = DEMO_PASSWORD) {
    return this.post('/api/auth/sign-in/email', { email, password })
  }

  /** Signs an account in, with the second factor of the demo where it has one. */
  async signInFully(email: string, password = DEMO_PASSWORD): Promise<void> {
    const answer = await this.signIn(email, password)
    if (answer.status !== 200)
      throw new Error(`sign-in answered ${answer.status} ${JSON.stringify(answer.body)}`)
    if (answer.body.twoFactorRedirect !== true) return
    const proven = await this.post('/api/auth/two-factor/verify-totp', {
      code: codeAt(DEMO_TOTP_SECRET, new Date()),
    })
    if (proven.status !== 200)
      throw new Error(`the code answered ${proven.status} ${JSON.stringify(proven.body)}`)
  }

  #keep(setCookie: string) {
    const [pair = '', ...attributes] = setCookie.split(';')
    const equals = pair.indexOf('=')
    const name = pair.slice(0, equals).trim()
    const gone = attributes.some((one) => one.trim().toLowerCase() === 'max-age=0')
    if (gone) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(equals + 1))
  }
}

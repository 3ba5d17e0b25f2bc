import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Claims {
  sub: string
  email: string
  email_verified: boolean
  name: string
}

export interface OidcProvider {
  readonly issuer: string
  /** What the last authorisation and token requests carried. */
  readonly seen: { codeChallengeMethod?: string; nonce?: boolean; state?: boolean; verifierMatched?: boolean }
  signInAs(claims: Claims): void
  /** The next id token answers another question than was asked. */
  forgeNextNonce(): void
  /** What the provider's own page does: the person agrees and is sent back. */
  authorise(url: URL): Promise<URL>
  close(): Promise<void>
}

interface Grant {
  claims: Claims
  challenge: string
  nonce: string | null
  redirectUri: string
}

/** A small OpenID Connect provider on loopback: discovery, authorisation code with PKCE, signed id tokens. */
export async function oidcProvider(client: {
  clientId: string
  clientSecret: string
}): Promise<OidcProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }
  const grants = new Map<string, Grant>()
  const seen: { codeChallengeMethod?: string; nonce?: boolean; state?: boolean; verifierMatched?: boolean } =
    {}
  let person: Claims | undefined
  let forgeNonce = false
  let issuer = ''

  const sign = (payload: object) => {
    const text = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${part(payload)}`
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`
  }

  const issueTokens = (form: URLSearchParams, authorization: string | undefined) => {
    const grant = grants.get(form.get('code') ?? '')
    grants.delete(form.get('code') ?? '')
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    seen.verifierMatched = grant?.challenge === verifier
    const secret = form.get('client_secret') ?? basicSecret(authorization)
    if (grant === undefined || !seen.verifierMatched || secret !== client.clientSecret)
      return { error: 'invalid_grant' }
    if (grant.redirectUri !== form.get('redirect_uri')) return { error: 'invalid_grant' }
    const nonce = forgeNonce ? 'another' : grant.nonce
    forgeNonce = false
    const now = Math.floor(Date.now() / 1000)
    const idToken = sign({
      ...grant.claims,
      iss: issuer,
      aud: client.clientId,
      iat: now,
      exp: now + 300,
      nonce,
    })
    return {
      access_token: randomBytes(16).toString('hex'),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: idToken,
    }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', issuer)
    const send = (body: object, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (pathname === '/.well-known/openid-configuration') send(discovery(issuer))
    else if (pathname === '/keys') send({ keys: [jwk] })
    else if (pathname === '/token') {
      const tokens = issueTokens(new URLSearchParams(await textOf(request)), request.headers.authorization)
      send(tokens, 'error' in tokens ? 400 : 200)
    } else send({ error: 'not_found' }, 404)
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    issuer,
    seen,
    signInAs: (claims) => void (person = claims),
    forgeNextNonce: () => void (forgeNonce = true),
    authorise: (url) => {
      const asked = url.searchParams
      if (person === undefined || asked.get('client_id') !== client.clientId)
        throw new Error('nobody has agreed')
      seen.codeChallengeMethod = asked.get('code_challenge_method') ?? ''
      seen.nonce = asked.has('nonce')
      seen.state = asked.has('state')
      const code = randomBytes(16).toString('hex')
      const redirectUri = asked.get('redirect_uri') ?? ''
      grants.set(code, {
        claims: person,
        challenge: asked.get('code_challenge') ?? '',
        nonce: asked.get('nonce'),
        redirectUri,
      })
      const callback = new URL(redirectUri)
      callback.searchParams.set('code', code)
      callback.searchParams.set('state', asked.get('state') ?? '')
      return Promise.resolve(callback)
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorise`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['S256'],
  }
}

function basicSecret(authorization: string | undefined): string | undefined {
  const credentials = Buffer.from(authorization?.replace(/^Basic /u, '') ?? '', 'base64').toString('utf8')
  return credentials.split(':').at(1)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

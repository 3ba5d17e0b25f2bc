import { createHash, createHmac } from 'node:crypto'

export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
}

export interface S3Request {
  readonly method: string
  readonly url: URL
  /** Signed and sent, beside those that the signature itself adds. */
  readonly headers?: Readonly<Record<string, string>>
  /** SHA-256 of the body in hexadecimal; of nothing when left out. */
  readonly bodyHash?: string
}

const emptyHash = createHash('sha256').digest('hex')

/**
 * The headers that prove a request to an S3-compatible store (AWS Signature Version 4). `host` is signed too and is
 * sent by whoever makes the request.
 */
export function signedHeaders(
  request: S3Request,
  credentials: S3Credentials,
  now: Date,
): Record<string, string> {
  const { method, url, bodyHash = emptyHash } = request
  const moment = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const scope = `${moment.slice(0, 8)}/${credentials.region}/s3/aws4_request`
  const sent = { ...request.headers, 'x-amz-content-sha256': bodyHash, 'x-amz-date': moment }
  const signed = Object.entries({ ...sent, host: url.host })
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .toSorted(([a], [b]) => compare(a, b))
  const names = signed.map(([name]) => name).join(';')
  const canonical = [
    method,
    url.pathname,
    canonicalQuery(url.searchParams),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    bodyHash,
  ].join('\n')
  const text = ['AWS4-HMAC-SHA256', moment, scope, createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  )
  const signature = createHmac('sha256', signingKey(scope, credentials)).update(text).digest('hex')
  const credential = `${credentials.accessKeyId}/${scope}`
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${names},Signature=${signature}`,
  }
}

/** The key is derived anew for every part of the scope: day, region, service, and the version of the scheme. */
function signingKey(scope: string, { secretAccessKey }: S3Credentials): Buffer {
  return scope
    .split('/')
    .reduce(
      (key, part) => createHmac('sha256', key).update(part).digest(),
      Buffer.from(`AWS4${secretAccessKey}`),
    )
}

function canonicalQuery(parameters: URLSearchParams): string {
  return [...parameters]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted(compare)
    .join('&')
}

/** encodeURIComponent leaves five marks that the scheme wants encoded as well. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** By code units, as the scheme asks, whatever the language of the machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

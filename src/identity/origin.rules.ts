const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a browser sends this write on behalf of another site. A request that says nothing of where it comes from
 * is no browser's, and carries no cookie that its sender did not put there.
 */
export function comesFromElsewhere(
  { method, headers, url }: Pick<Request, 'method' | 'headers' | 'url'>,
  publicUrl: string,
): boolean {
  if (READING.has(method)) return false
  // The browser's own judgement, which no page can forge and which holds behind a proxy that ends https.
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  const origin = headers.get('origin')
  if (origin === null) return false
  return origin !== new URL(publicUrl).origin && origin !== new URL(url).origin
}

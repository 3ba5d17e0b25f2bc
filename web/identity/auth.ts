/** What the sign-in service refused, in the shape the form explains: a code, a status, and the data its words need. */
class AuthRefusal extends Error {
  override name = 'AuthRefusal'
  readonly code: string
  readonly status: number
  readonly data: unknown

  constructor(code: string, status: number, data: unknown) {
    super(code)
    this.code = code
    this.status = status
    this.data = data
  }
}

/** Calls a write of `/api/auth`; throws AuthRefusal with its typed reason. */
export async function callAuth<Result = unknown>(path: `/${string}`, body: object = {}): Promise<Result> {
  const response = await fetch(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  })
  const told = (await response.json().catch(() => ({}))) as { code?: string; data?: unknown }
  if (!response.ok) throw new AuthRefusal(told.code ?? 'UNEXPECTED', response.status, told.data)
  return told as Result
}

export async function fetchSignInOptions(): Promise<{ singleSignOn: boolean }> {
  const response = await fetch('/api/auth/options', { headers: { accept: 'application/json' } })
  return response.ok ? ((await response.json()) as { singleSignOn: boolean }) : { singleSignOn: false }
}

/** Where to go after signing in: a page of this site, whatever the address says. */
export function safeNext(next: string, fallback: string): string {
  return /^\/(?![/\\])/u.test(next) ? next : fallback
}

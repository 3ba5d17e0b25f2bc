/**
 * Who may call an operation, and who is calling. Role names are opaque here; the identity room gives them their meaning.
 */
export type Audience =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'roles'; readonly roles: readonly string[] }

export const anyone: Audience = { kind: 'anyone' }
export const signedIn: Audience = { kind: 'signedIn' }

export type Actor =
  | { readonly kind: 'visitor' }
  | {
      readonly kind: 'account'
      readonly accountId: string
      readonly name: string
      readonly roles: readonly string[]
      /** Parties (organisations) of which the account is a member today. */
      readonly organisationIds: readonly string[]
      readonly secondFactor: 'verified' | 'missing' | 'notRequired'
    }
  | { readonly kind: 'system'; readonly job: string }

export const visitor: Actor = { kind: 'visitor' }

export function hasRole(actor: Actor, ...roles: readonly string[]): boolean {
  return actor.kind === 'account' && actor.roles.some((role) => roles.includes(role))
}

export type AccessRefusal = 'UNAUTHENTICATED' | 'SECOND_FACTOR_REQUIRED' | 'FORBIDDEN'

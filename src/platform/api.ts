import type { AnyContractRouter } from '@orpc/contract'
import { implement, ORPCError } from '@orpc/server'
import type { Context } from './context.ts'
import type { OperationMeta } from './contract.ts'

export type { Context } from './context.ts'

/**
 * The implementer of a room's contract. Authorisation comes from each operation's own `allow`, before its input is
 * looked at, so that no handler can forget it and a stranger learns nothing from validation messages.
 */
export function implementation<Contract extends Readonly<Record<string, AnyContractRouter>>>(
  contract: Contract,
) {
  const implementer = implement(contract).$context<Context>()
  // For a contract not yet known the library's `use` is a union that cannot be called; its value is one function.
  const { use } = implementer as unknown as { use: (middleware: typeof authorising) => typeof implementer }
  return use(authorising)
}

interface Guarded {
  readonly context: Context
  readonly procedure: { readonly '~orpc': { readonly meta: OperationMeta } }
  readonly next: () => Promise<unknown>
}

function authorising({ context, procedure, next }: Guarded) {
  const refused = context.authorise(procedure['~orpc'].meta.allow)
  if (refused === undefined) return next()
  throw new ORPCError(refused, { defined: true, status: refused === 'UNAUTHENTICATED' ? 401 : 403 })
}

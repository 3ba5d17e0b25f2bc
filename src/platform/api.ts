import type { AnyContractRouter } from '@orpc/contract'
import { implement, ORPCError } from '@orpc/server'
import type { Context } from './context.ts'
import type { OperationMeta } from './contract.ts'

export type { Context } from './context.ts'

/**
 * The implementer of a room's contract. Authorisation comes from each operation's own `allow`, before its input is
 * looked at, so that no handler can forget it and a stranger learns nothing from validation messages.
 */
export function implementation<Contract extends AnyContractRouter>(contract: Contract) {
  return implement(contract)
    .$context<Context>()
    .$config({ initialInputValidationIndex: 1 })
    .use(({ context, procedure, next }) => {
      const { allow } = procedure['~orpc'].meta as OperationMeta
      const refused = context.authorise(allow)
      if (refused !== undefined) {
        throw new ORPCError(refused, { defined: true, status: refused === 'UNAUTHENTICATED' ? 401 : 403 })
      }
      return next()
    })
}

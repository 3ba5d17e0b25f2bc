import { createORPCClient } from '@orpc/client'
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { contract } from '../../src/contract.ts'
import operations from './contract.generated.json'

/** `{ agencies: { list: 'GET /agencies' } }`: what the browser needs of the contract; types say the rest. */
interface OperationTree {
  readonly [name: string]: string | OperationTree
}

function asContract(tree: OperationTree): AnyContractRouter {
  return Object.fromEntries(
    Object.entries(tree).map(([name, node]) => [
      name,
      typeof node === 'string' ? operation(node) : asContract(node),
    ]),
  )
}

function operation(line: string): AnyContractRouter {
  const [method, path] = line.split(' ')
  return { '~orpc': { errorMap: {}, meta: {}, route: { method, path } } } as AnyContractRouter
}

const link = new OpenAPILink(asContract(operations), { url: `${location.origin}/api/v1` })

/** The API as functions: `await client.agencies.get({ code })`. */
export const client: JsonifiedClient<ContractRouterClient<typeof contract>> = createORPCClient(link)

/** The API as query and mutation options: `useQuery(api.agencies.list.queryOptions({ input }))`. */
export const api = createTanstackQueryUtils(client)

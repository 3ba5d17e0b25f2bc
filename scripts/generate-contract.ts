import { isContractProcedure } from '@orpc/contract'
import { writeFileSync } from 'node:fs'
import { contract } from '../src/contract.ts'

/**
 * Writes the part of the contract that a browser needs: the method and path of every operation, without its schemas, so
 * that the portal ships no validator. Run by `npm run generate` and before every build of the web.
 */
interface OperationTree {
  [name: string]: string | OperationTree
}

function operationsOf(router: object): OperationTree {
  const tree: OperationTree = {}
  for (const [name, node] of Object.entries(router)) {
    tree[name] = isContractProcedure(node) ? lineOf(name, node['~orpc'].route) : operationsOf(node as object)
  }
  return tree
}

function lineOf(
  name: string,
  route: { method?: string; path?: string; inputStructure?: string; outputStructure?: string },
) {
  const special = [route.inputStructure, route.outputStructure].some(
    (s) => s !== undefined && s !== 'compact',
  )
  if (!route.method || !route.path || special)
    throw new Error(`operation ${name} needs a method, a path and compact structures`)
  return `${route.method} ${route.path}`
}

/** Returns the generated text; a test compares it with the file. */
export function generateContract(): string {
  return `${JSON.stringify(operationsOf(contract), null, 2)}\n`
}

export const contractFile = new URL('../web/app/contract.generated.json', import.meta.url)

if (import.meta.main) writeFileSync(contractFile, generateContract())

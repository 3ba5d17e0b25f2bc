import { writeFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import { contractFile, generateContract } from '../../scripts/generate-contract.ts'

/** The client's list of operations is never older than the contract it is built with. */
export function generateContractFirst(): Plugin {
  return {
    name: 'zhiyuan:contract',
    buildStart: () => writeFileSync(contractFile, generateContract()),
  }
}

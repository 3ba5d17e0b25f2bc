import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contractFile, generateContract } from '../scripts/generate-contract.ts'

test('the client’s list of operations is the contract’s; otherwise run "npm run generate"', () => {
  expect(JSON.parse(readFileSync(contractFile, 'utf8'))).toEqual(JSON.parse(generateContract()))
})

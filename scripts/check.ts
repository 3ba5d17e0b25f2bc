import { spawn } from 'node:child_process'

/** What every commit must pass; the tests of behaviour are `npm test`. Runs all, then says what failed. */
const steps: readonly (readonly [name: string, ...argv: string[]])[] = [
  ['format', 'node_modules/oxfmt/bin/oxfmt', '--check', '.'],
  ['lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.'],
  ['types of the server', 'node_modules/typescript/bin/tsc', '-p', '.'],
  ['types of the web', 'node_modules/typescript/bin/tsc', '-p', 'web'],
  ['types of the browser tests', 'node_modules/typescript/bin/tsc', '-p', 'e2e'],
  ['architecture', 'node_modules/vitest/vitest.mjs', 'run', '--config', 'checks/vitest.config.ts'],
  ['dead code', 'node_modules/knip/bin/knip.js'],
]

const failed: string[] = []
for (const [name, script = '', ...args] of steps) {
  const code = await new Promise((resolve) => {
    spawn(process.execPath, [script, ...args], { stdio: 'inherit' }).once('close', resolve)
  })
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name}`)
  if (code !== 0) failed.push(name)
}
process.exitCode = failed.length === 0 ? 0 : 1

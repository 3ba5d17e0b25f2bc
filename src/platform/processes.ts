import { createServer } from 'node:net'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** True while the process runs; a zombie that nobody has reaped yet counts as gone. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return processState(pid) !== 'Z'
}

function processState(pid: number): string | undefined {
  try {
    // "pid (name) state …": the name may hold blanks and brackets.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0]
  } catch {
    return undefined
  }
}

/** False when it still runs after that many milliseconds. */
export async function waitForExit(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(20)
  }
  return true
}

/**
 * A loopback port that was free a moment ago: the one wished for, if it comes free within two seconds. A process that was
 * killed may hold its sockets for a moment after it counts as gone.
 */
export async function freePort(wished?: number): Promise<number> {
  if (wished === undefined) return portFor(0)
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = await portFor(wished).catch(() => undefined)
    if (port !== undefined) return port
    await sleep(100)
  }
  return portFor(0)
}

function portFor(wished: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(wished, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

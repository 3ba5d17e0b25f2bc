import autocannon from 'autocannon'
import { fork } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { freePort } from '#platform/processes.ts'
import { Person } from '#testing/person.ts'
import { startPlatform } from '#testing/platform-process.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { findEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { createLog } from '#platform/log.ts'
import { median, rounded, type Measurement } from './measure.ts'

const connections = 20
const seconds = 6
const rounds = 3

/** The same requests at the same load, ours and the peer's in turn, so that a busy minute strikes both. */
export async function http(): Promise<Measurement[]> {
  const dataFolder = await temporaryFolder('bench')
  const platform = await startPlatform({
    dataFolder,
    port: await freePort(),
    env: { ZHIYUAN_RATE_LIMIT: '0' },
  })
  const databaseUrl = await findEmbeddedPostgres({
    dataFolder,
    log: createLog('silent'),
    database: 'zhiyuan',
  })
  const peerPort = await freePort()
  const peer = fork('bench/peer.ts', [databaseUrl ?? '', String(peerPort)])
  try {
    await new Promise((resolve) => peer.once('message', resolve))
    const officer = new Person(platform)
    await officer.signInFully('officer@demo.zhiyuan.example')
    const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const ours = `${platform.url}/api/v1`
    const theirs = `http://127.0.0.1:${peerPort}`
    const read = await compare({
      ours,
      theirs,
      request: (index) => ({ method: 'GET', path: `/agencies/${code(index)}` }),
    })
    const write = await compare({
      ours,
      theirs,
      headers: { cookie, origin: platform.url, 'content-type': 'application/json' },
      request: (index) => ({ method: 'PATCH', path: `/agencies/${code(index)}`, body: correction(index) }),
    })
    return [
      {
        name: 'indexed read (agency by code)',
        figures: read,
        budget: 'ratio >= 0.5',
        met: read.ratio >= 0.5,
      },
      {
        name: 'audited write (correct a field)',
        figures: write,
        budget: 'ratio >= 0.35',
        met: write.ratio >= 0.35,
      },
    ]
  } finally {
    peer.kill()
    platform.supervisor.kill('SIGTERM')
    await new Promise((resolve) => platform.supervisor.once('exit', resolve))
    await rm(dataFolder, { recursive: true, force: true })
  }
}

const code = (index: number) => `A${String(1 + (index % 100)).padStart(4, '0')}`
const correction = (index: number) =>
  JSON.stringify({
    source: 'bench',
    observedOn: '2026-11-01',
    validFrom: '2026-11-01',
    facts: { telephone: `025-${String(index).padStart(8, '0')}` },
  })

interface Comparison {
  readonly ours: string
  readonly theirs: string
  readonly headers?: Record<string, string>
  readonly request: (index: number) => { method: 'GET' | 'PATCH'; path: string; body?: string }
}

async function compare({ ours, theirs, headers = {}, request }: Comparison) {
  const perSecond = { ours: [] as number[], theirs: [] as number[] }
  // The first round warms both and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    for (const [who, base] of [
      ['ours', ours],
      ['theirs', theirs],
    ] as const) {
      const result = await load(base, headers, request)
      if (round > 0) perSecond[who].push(result)
    }
  }
  const [mine, peer] = [median(perSecond.ours), median(perSecond.theirs)]
  return { perSecond: rounded(mine), peerPerSecond: rounded(peer), ratio: rounded(mine / peer, 2) }
}

async function load(
  base: string,
  headers: Record<string, string>,
  request: Comparison['request'],
): Promise<number> {
  const { pathname } = new URL(base)
  const prefix = pathname === '/' ? '' : pathname
  let index = 0
  const result = await autocannon({
    url: base,
    connections,
    duration: seconds,
    requests: Array.from({ length: 100 }, () => {
      const { method, path, body } = request(index++)
      return { method, path: `${prefix}${path}`, headers, ...(body === undefined ? {} : { body }) }
    }),
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${base}: ${result.non2xx} refusals, ${result.errors} errors`)
  return result.requests.average
}

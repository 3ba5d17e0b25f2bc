import { readFile, rm, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#platform/processes.ts'
import { Person } from '#testing/person.ts'
import {
  processesOf,
  startPlatform,
  untilGone,
  zhiyuan,
  type RunningPlatform,
} from '#testing/platform-process.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { parseCheckpoint } from '../src/ledger/note.rules.ts'
import { verifyConsistency } from '../src/ledger/tree.rules.ts'

const shipped = JSON.parse(await readFile(new URL('../zones/default.json', import.meta.url), 'utf8'))

let dataFolder: string
let port: number

beforeAll(async () => {
  dataFolder = await temporaryFolder('processes')
  port = await freePort()
})

afterAll(async () => {
  for (const { pid } of processesOf(dataFolder)) process.kill(pid, 'SIGKILL')
  await untilGone(dataFolder, 10_000)
  await rm(dataFolder, { recursive: true, force: true })
})

const start = () => startPlatform({ dataFolder, port })
const kill = ({ pid }: { pid: number }) => process.kill(pid, 'SIGKILL')
const alive = async (platform: RunningPlatform) =>
  (await fetch(`${platform.url}/readyz`).catch(() => undefined))?.status === 200

async function until(condition: () => Promise<boolean>, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (Date.now() < deadline) {
    if (await condition()) return true
    await sleep(100)
  }
  return false
}

/** Whether the log has the same root as it had, or one that provably continues it: a job may have written since. */
async function continues(visitor: Person, before: string, after: string): Promise<boolean> {
  const [old, now] = [parseCheckpoint(before), parseCheckpoint(after)]
  if (old.origin !== now.origin) return false
  if (old.size === now.size) return old.root.equals(now.root)
  const { body } = await visitor.get(`/api/v1/ledger/consistency?from=${old.size}&to=${now.size}`)
  const hashes = body.hashes.map((text: string) => Buffer.from(text, 'base64'))
  return verifyConsistency({ from: old.size, size: now.size, hashes }, old.root, now.root)
}

describe('the platform as processes', () => {
  let platform: RunningPlatform

  test('starts from an empty data folder and serves the synthetic zone', async () => {
    platform = await start()
    expect(await alive(platform)).toBe(true)
    const { body } = await new Person(platform).get('/api/v1/agencies?limit=1')
    expect(body.total).toBe(100)
  }, 120_000)

  test('refuses a second start on the same folder with one sentence', async () => {
    const second = await zhiyuan(['serve'], { ZHIYUAN_DATA: dataFolder, PORT: String(await freePort()) })
    expect(second.code).toBe(1)
    expect(second.stderr.trim().split('\n').at(-1)).toContain('is already running')
  })

  test('leaves no process behind on SIGTERM', async () => {
    platform.supervisor.kill('SIGTERM')
    expect(await untilGone(dataFolder, 20_000)).toEqual([])
  })

  test('is ready again within five seconds, and ends on Ctrl-C', async () => {
    platform = await start()
    // The machine that runs the tests may be busy with others; the bench holds the figure itself.
    expect(platform.readyAfter).toBeLessThan(15_000)
    platform.supervisor.kill('SIGINT')
    expect(await untilGone(dataFolder, 20_000)).toEqual([])
  })

  const killOne = (name: string) => {
    const victim = platform.processes().find(({ command }) => command.includes(name))
    expect(victim, JSON.stringify(platform.processes())).toBeDefined()
    kill(victim!)
    const back = async () => {
      const another = platform
        .processes()
        .some(({ pid, command }) => pid !== victim!.pid && command.includes(name))
      return another && (await alive(platform))
    }
    return until(back, 40_000)
  }

  test.each(['--role web', '--role worker', 'analytics-engine', 'bin/postgres -D'])(
    'recovers by itself when "%s" is killed',
    async (name) => {
      if (processesOf(dataFolder).length === 0) platform = await start()
      const web = () => platform.processes().find(({ command }) => command.includes('--role web'))?.pid
      const before = web()
      expect(await killOne(name), platform.output()).toBe(true)
      expect((await new Person(platform).get('/api/v1/agencies?limit=1')).body.total).toBe(100)
      // A store that dies takes nobody along, unless somebody else has taken its port meanwhile.
      const moved = platform.output().includes('another address')
      if (!name.startsWith('--role') && !moved) expect(web()).toBe(before)
    },
    60_000,
  )

  test('one process killed right after another, while the first is still coming back', async () => {
    for (const name of ['--role web', 'analytics-engine', '--role worker', 'bin/postgres -D']) {
      kill(platform.processes().find(({ command }) => command.includes(name))!)
    }
    const whole = async () =>
      ['--role web', '--role worker', 'analytics-engine', 'bin/postgres -D'].every((name) =>
        platform.processes().some(({ command }) => command.includes(name)),
      ) && (await alive(platform))
    expect(await until(whole, 40_000), platform.output()).toBe(true)
    expect(platform.processes().filter(({ command }) => command.includes('--role'))).toHaveLength(2)
  }, 60_000)

  test('its children end when the supervisor is killed, and the next start adopts what is left', async () => {
    kill({ pid: platform.supervisor.pid! })
    expect(
      await until(
        async () => processesOf(dataFolder).every(({ command }) => !command.includes('--role')),
        20_000,
      ),
    ).toBe(true)
    platform = await start()
    expect((await new Person(platform).get('/api/v1/agencies?limit=1')).body.total).toBe(100)
  }, 120_000)

  test('starts again after every process was killed at once', async () => {
    platform.processes().forEach(kill)
    platform = await start()
    expect((await new Person(platform).get('/api/v1/agencies?limit=1')).body.total).toBe(100)
  }, 120_000)

  test('loses no acknowledged write when everything is killed in a stream of them', async () => {
    const officer = new Person(platform)
    await officer.signInFully('officer@demo.zhiyuan.example')
    const acknowledged: string[] = []
    const writing = (async () => {
      for (let number = 1; ; number++) {
        const telephone = `025-${String(number).padStart(8, '0')}`
        const answer = await officer.request('PATCH', '/api/v1/agencies/A0001', {
          source: 'fault test',
          observedOn: '2026-11-01',
          validFrom: '2026-11-01',
          facts: { telephone },
        })
        if (answer.status !== 200)
          throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`)
        acknowledged.push(telephone)
      }
    })().catch((error: unknown) => error)
    expect(
      await until(async () => acknowledged.length >= 40, 20_000),
      String(await Promise.race([writing, Promise.resolve('still writing')])),
    ).toBe(true)
    platform.processes().forEach(kill)
    await writing
    platform = await start()
    const { body } = await new Person(platform).get('/api/v1/agencies/A0001/history?limit=200')
    const kept = JSON.stringify(body)
    expect(acknowledged.filter((telephone) => !kept.includes(telephone))).toEqual([])
  }, 120_000)

  test('[F107] a backup, a wipe and a restore give the same ledger root and the same board', async () => {
    const visitor = new Person(platform)
    await until(async () => (await visitor.get('/readyz')).status === 200, 5000)
    await sleep(1500)
    const before = {
      checkpoint: (await visitor.get('/api/v1/ledger/checkpoint')).body,
      indicators: (await visitor.get('/api/v1/indicators')).body,
    }
    const folder = `${dataFolder}-backup`
    const backup = await zhiyuan(['backup', folder], { ZHIYUAN_DATA: dataFolder })
    expect(backup.stderr + backup.stdout).toContain(folder)
    platform.supervisor.kill('SIGTERM')
    expect(await untilGone(dataFolder, 20_000)).toEqual([])
    await rm(dataFolder, { recursive: true, force: true })

    const restored = await zhiyuan(['restore', folder], { ZHIYUAN_DATA: dataFolder })
    expect(restored.code, restored.stderr).toBe(0)
    await rm(folder, { recursive: true, force: true })
    platform = await start()
    const after = {
      checkpoint: (await visitor.get('/api/v1/ledger/checkpoint')).body,
      indicators: (await visitor.get('/api/v1/indicators')).body,
    }
    expect(await continues(visitor, before.checkpoint, after.checkpoint)).toBe(true)
    expect(after.indicators).toEqual(before.indicators)
    expect((await zhiyuan(['verify'], { ZHIYUAN_DATA: dataFolder })).code).toBe(0)
  }, 180_000)

  test('a production start refuses the demo accounts that a data folder holds', async () => {
    platform.supervisor.kill('SIGTERM')
    expect(await untilGone(dataFolder, 20_000)).toEqual([])
    const { code, stderr } = await zhiyuan(['serve'], {
      ZHIYUAN_DATA: dataFolder,
      NODE_ENV: 'production',
      PORT: String(port),
    })
    expect(code).toBe(1)
    expect(stderr).toContain('demo accounts')
    expect(await untilGone(dataFolder, 20_000)).toEqual([])
  }, 90_000)
})

describe('settings are checked at start', () => {
  test.each([
    [{ PORT: 'eighty' }, 'PORT is "eighty" but must be a whole number.'],
    [{ PORT: '70000' }, 'PORT is "70000" but must be from 0 to 65535.'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be a URL that begins with postgres: or postgresql:.'],
    [
      { NODE_ENV: 'production', ZHIYUAN_SCENARIO: shipped.scenario },
      `ZHIYUAN_SCENARIO is "${shipped.scenario}" but must be "none" in production: the demo accounts have a published password.`,
    ],
    [{ ZHIYUAN_ZONE: '/nowhere' }, 'ZHIYUAN_ZONE is "/nowhere" but holds no zone.json.'],
    [
      { OIDC_ISSUER: 'https://sso.example' },
      'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be given together.',
    ],
  ])('%j stops with one sentence', async (env, sentence) => {
    const folder = `${dataFolder}-unused`
    const { code, stderr } = await zhiyuan(['serve'], { ZHIYUAN_DATA: folder, ...env })
    expect(code).toBe(1)
    expect(stderr.trim()).toBe(sentence)
    await expect(stat(folder)).rejects.toThrow('ENOENT')
  })
})

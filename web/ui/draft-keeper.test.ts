import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import fc from 'fast-check'
import { type Answers, mergeAnswers, sameAnswers } from './answers.ts'
import { type DraftKeeper, draftKeeper, type KeptDraft, type LocalCopies } from './draft-keeper.ts'

const SAVED_AT = '2026-11-22T06:32:00Z'

class Conflict extends Error {
  readonly theirs: KeptDraft
  constructor(theirs: KeptDraft) {
    super('CONFLICT')
    this.theirs = theirs
  }
}

/** A server that keeps one draft, as strict about versions as the real one. */
function server(answers: Answers = {}) {
  const held = { answers, version: 1, savedAt: SAVED_AT }
  const asked: Answers[] = []
  return {
    asked,
    held,
    down: undefined as 'offline' | 'signed-out' | 'refused' | undefined,
    send(next: Answers, version: number): Promise<KeptDraft> {
      asked.push(next)
      if (this.down) return Promise.reject(new Error(this.down))
      if (version !== held.version) return Promise.reject(new Conflict({ ...held }))
      Object.assign(held, { answers: next, version: version + 1 })
      return Promise.resolve({ ...held })
    },
  }
}

function copies(): LocalCopies & { readonly all: Map<string, string> } {
  const all = new Map<string, string>()
  return {
    all,
    getItem: (key) => all.get(key) ?? null,
    setItem: (key, value) => void all.set(key, value),
    removeItem: (key) => void all.delete(key),
  }
}

function keep(at: ReturnType<typeof server>, local = copies()): DraftKeeper {
  const draft = draftKeeper({
    key: 'draft',
    draft: { ...at.held },
    send: (answers, version) => at.send(answers, version),
    judge: (error) =>
      error instanceof Conflict
        ? { kind: 'conflict', theirs: error.theirs }
        : { kind: (error as Error).message as 'offline' },
    copies: local,
  })
  draft.start()
  return draft
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('[F004] a draft is kept while one types', () => {
  test('a group of keystrokes is one save', async () => {
    const at = server()
    const draft = keep(at)
    for (const name of ['湖', '湖光', '湖光知']) {
      draft.set({ name })
      await wait(200)
    }
    expect(at.asked).toEqual([])
    await wait(600)
    expect(at.asked).toEqual([{ name: '湖光知' }])
    expect(draft.state()).toMatchObject({ status: 'saved', version: 2 })
  })

  test('someone who never pauses is saved every few seconds', async () => {
    const at = server()
    const draft = keep(at)
    for (let stroke = 0; stroke < 40; stroke++) {
      draft.set({ note: 'x'.repeat(stroke + 1) })
      await wait(200)
    }
    expect(at.asked.length).toBeGreaterThanOrEqual(2)
  })

  test('what is typed during a save goes out after it, and nothing is sent twice', async () => {
    const at = server()
    const draft = keep(at)
    draft.set({ a: '1' })
    const first = draft.flush()
    draft.set({ a: '12' })
    await Promise.all([first, draft.flush(), draft.flush()])
    expect(at.held.answers).toEqual({ a: '12' })
    expect(at.asked).toEqual([{ a: '1' }, { a: '12' }])
    expect(await draft.flush()).toBe(true)
    expect(at.asked).toHaveLength(2)
  })
})

describe('[F004] nothing is lost when the line is', () => {
  test('off line it stays on the device and goes out when the line is back', async () => {
    const at = server()
    const local = copies()
    const draft = keep(at, local)
    at.down = 'offline'
    draft.set({ name: '湖光' })
    await wait(600)
    expect(draft.state().status).toBe('offline')
    expect(local.all.size).toBe(1)
    at.down = undefined
    await wait(4_000)
    expect(draft.state().status).toBe('saved')
    expect(at.held.answers).toEqual({ name: '湖光' })
    expect(local.all.size).toBe(0)
  })

  test('a browser that was killed off line sends its copy when the draft is opened again', async () => {
    const at = server()
    const local = copies()
    const before = keep(at, local)
    at.down = 'offline'
    before.set({ name: '湖光' })
    before.stop()
    at.down = undefined
    const after = keep(at, local)
    expect(after.state().answers).toEqual({ name: '湖光' })
    await wait(0)
    expect(at.held.answers).toEqual({ name: '湖光' })
  })

  test('a session that ended says so, keeps the copy, and is not retried in vain', async () => {
    const at = server()
    const local = copies()
    const draft = keep(at, local)
    at.down = 'signed-out'
    draft.set({ name: '湖光' })
    await wait(20_000)
    expect(draft.state().status).toBe('signed-out')
    expect(at.asked).toHaveLength(1)
    expect(local.all.size).toBe(1)
  })

  test('a device without room for a copy still saves to the server', async () => {
    const at = server()
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceeded')
      },
      removeItem: () => {},
    }
    const draft = draftKeeper({
      key: 'draft',
      draft: at.held,
      send: (answers, version) => at.send(answers, version),
      judge: () => ({ kind: 'offline' }),
      copies: full,
    })
    draft.set({ name: '湖光' })
    expect(await draft.flush()).toBe(true)
  })
})

describe('[F004] two devices', () => {
  test('different fields come together without a question, and the page can say which arrived', async () => {
    const at = server({ name: '湖光', city: '甲' })
    const [desk, phone] = [keep(at), keep(at)]
    phone.set({ name: '湖光', city: '乙' })
    await phone.flush()
    desk.set({ name: '湖光知产', city: '甲' })
    expect(await desk.flush()).toBe(true)
    expect(at.held.answers).toEqual({ name: '湖光知产', city: '乙' })
    expect(desk.state()).toMatchObject({ status: 'saved', arrived: ['city'] })
  })

  test('the same field is asked about, and the choice is what is kept', async () => {
    const at = server({ name: '湖光', city: '甲' })
    const [desk, phone] = [keep(at), keep(at)]
    phone.set({ name: '手机上的', city: '乙' })
    await phone.flush()
    desk.set({ name: '桌面上的', city: '甲' })
    expect(await desk.flush()).toBe(false)
    expect(desk.state()).toMatchObject({
      status: 'conflict',
      answers: { name: '桌面上的', city: '乙' },
      conflict: { disputed: ['name'], theirs: { answers: { name: '手机上的', city: '乙' } } },
    })
    expect(at.held.answers).toEqual({ name: '手机上的', city: '乙' })
    expect(await desk.resolve({ name: '手机上的', city: '乙' })).toBe(true)
    expect(desk.state()).toMatchObject({ status: 'saved', conflict: undefined })
  })

  test('typing during a conflict is kept on the device and overwrites nothing', async () => {
    const at = server({ name: '湖光' })
    const local = copies()
    const [desk, phone] = [keep(at, local), keep(at)]
    phone.set({ name: '手机上的' })
    await phone.flush()
    desk.set({ name: '桌面上的' })
    await desk.flush()
    desk.set({ name: '桌面上的!' })
    await wait(10_000)
    expect(desk.state().status).toBe('conflict')
    expect(at.held.answers).toEqual({ name: '手机上的' })
    expect(local.all.size).toBe(1)
  })
})

describe('[F004] merging', () => {
  const answers = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('', '1', '2', ['x'], 3))

  test('who changed nothing has no say, in either direction', () => {
    fc.assert(
      fc.property(answers, answers, (base, changed) => {
        for (const merged of [mergeAnswers(base, changed, base), mergeAnswers(base, base, changed)]) {
          expect(merged.disputed).toEqual([])
          expect(sameAnswers(merged.answers, changed)).toBe(true)
        }
      }),
    )
  })

  test('every field is mine, theirs, or asked about', () => {
    fc.assert(
      fc.property(answers, answers, answers, (base, mine, theirs) => {
        const { answers: both, disputed, taken } = mergeAnswers(base, mine, theirs)
        for (const field of Object.keys(both)) {
          const side = taken.includes(field) ? theirs : mine
          expect(both[field]).toEqual(side[field])
          expect(taken.includes(field) && disputed.includes(field)).toBe(false)
        }
      }),
    )
  })
})

import { createHash } from 'node:crypto'

/**
 * Random numbers that come out the same from the same seed on every machine. Each part of a scenario draws from a stream
 * of its own, so that adding to one part moves nothing in another.
 */
export class Random {
  readonly #seed: string
  #state: [number, number, number, number]

  constructor(seed: string) {
    this.#seed = seed
    const digest = createHash('sha256').update(seed).digest()
    this.#state = [
      digest.readUInt32LE(0),
      digest.readUInt32LE(4),
      digest.readUInt32LE(8),
      digest.readUInt32LE(12) | 1,
    ]
  }

  stream(name: string): Random {
    return new Random(`${this.#seed}/${name}`)
  }

  /** In [0, 1), by sfc32. */
  next(): number {
    let [a, b, c, d] = this.#state
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    this.#state = [a, b, c | 0, d]
    return (t >>> 0) / 4_294_967_296
  }

  /** From `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.integer(0, items.length - 1)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** `count` different items in random order, or all of them when there are fewer. */
  sample<Item>(items: readonly Item[], count: number): Item[] {
    const pool = [...items]
    const chosen: Item[] = []
    while (chosen.length < count && pool.length > 0)
      chosen.push(...pool.splice(this.integer(0, pool.length - 1), 1))
    return chosen
  }

  /** An id that looks like any other of the platform's (RFC 9562, version 8: made from custom data). */
  uuid(): string {
    const words = [0, 0, 0, 0].map(() =>
      Math.floor(this.next() * 4_294_967_296)
        .toString(16)
        .padStart(8, '0'),
    )
    const hex = words.join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }

  hash(): string {
    return createHash('sha256').update(this.uuid()).digest('hex')
  }

  /** Shares of `total` that add up to it exactly, uneven as shares are; each at least `least`. */
  split(total: number, parts: number, least = 0): number[] {
    const weights = Array.from({ length: parts }, () => this.next() ** 3 + 0.05)
    const sum = weights.reduce((all, weight) => all + weight, 0)
    const free = total - least * parts
    const shares = weights.map((weight) => least + Math.floor((free * weight) / sum))
    const rest = total - shares.reduce((all, share) => all + share, 0)
    return shares.map((share, index) => (index === 0 ? share + rest : share))
  }
}

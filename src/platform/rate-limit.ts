/** A bucket of tokens an address, refilled evenly; held in memory, so the limit is for each web process. */
export class RateLimit {
  readonly #perMinute: number
  readonly #buckets = new Map<string, { tokens: number; at: number }>()

  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  /** Seconds to wait, or 0 when the request may pass. `now` in milliseconds. */
  take(address: string, now: number): number {
    if (this.#perMinute === 0) return 0
    const perMillisecond = this.#perMinute / 60_000
    const bucket = this.#buckets.get(address) ?? { tokens: this.#perMinute, at: now }
    const tokens = Math.min(this.#perMinute, bucket.tokens + (now - bucket.at) * perMillisecond)
    if (tokens < 1) return Math.ceil((1 - tokens) / perMillisecond / 1000)
    this.#buckets.set(address, { tokens: tokens - 1, at: now })
    if (this.#buckets.size > 10_000) this.#forgetTheRested(now)
    return 0
  }

  #forgetTheRested(now: number) {
    for (const [address, { at }] of this.#buckets) if (now - at > 60_000) this.#buckets.delete(address)
  }
}

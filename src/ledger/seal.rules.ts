/** The state in which each sealed row was last written, as the entries of the log say in their order. */
export interface SealedState {
  readonly digest: string | null
  /** The entry that says so; null when it has no number yet. */
  readonly entry: number | null
}

export class SealBook {
  readonly #tables = new Map<string, Map<string, SealedState>>()

  /** Later entries overrule earlier ones. */
  take(seals: readonly { table: string; row: string; digest: string | null }[], entry: number | null): void {
    for (const { table, row, digest } of seals) {
      let rows = this.#tables.get(table)
      if (!rows) this.#tables.set(table, (rows = new Map()))
      rows.set(row, { digest, entry })
    }
  }

  tables(): [table: string, rows: ReadonlyMap<string, SealedState>][] {
    return [...this.#tables].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  find(table: string, row: string): SealedState | undefined {
    return this.#tables.get(table)?.get(row)
  }

  get size(): number {
    return this.tables().reduce((sum, [, rows]) => sum + rows.size, 0)
  }
}

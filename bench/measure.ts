import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'

/** One measured thing: its figures, what it must reach, and whether it does. */
export interface Measurement {
  readonly name: string
  readonly figures: Readonly<Record<string, number | string>>
  readonly budget: string
  readonly met: boolean
}

export type Part = () => Promise<Measurement[]>

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const rounded = (value: number, digits = 1) => Number(value.toFixed(digits))

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()

/** What it ran on: a figure without its machine says nothing. */
export function circumstances() {
  return {
    at: new Date().toISOString(),
    commit: git('rev-parse', 'HEAD'),
    changed: git('status', '--porcelain') !== '',
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  }
}

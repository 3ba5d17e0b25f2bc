import type { TaskLine } from './queries.ts'

export interface Range {
  readonly from: string
  readonly to: string
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000

/** The whole years that hold every bar of the tasks, so that months stand where a reader expects them. */
export function rangeOf(tasks: readonly TaskLine[], year: number): Range {
  const days = tasks
    .flatMap(({ baseline, startsOn, dueOn, startedOn, completedOn }) => [
      baseline?.startsOn,
      baseline?.dueOn,
      startsOn,
      dueOn,
      startedOn,
      completedOn,
    ])
    .filter((day) => day !== undefined && day !== null)
  const years = [year, ...days.map((day) => Number(day.slice(0, 4)))]
  return { from: `${Math.min(...years)}-01-01`, to: `${Math.max(...years)}-12-31` }
}

/** Where a bar stands in the range, in per cent of its width; both days included. */
export function barOf(from: string, to: string, range: Range): { left: string; width: string } {
  const whole = dayNumber(range.to) - dayNumber(range.from) + 1
  const left = ((dayNumber(from) - dayNumber(range.from)) / whole) * 100
  const width = ((dayNumber(to) - dayNumber(from) + 1) / whole) * 100
  return { left: `${left.toFixed(3)}%`, width: `${Math.max(width, 0.6).toFixed(3)}%` }
}

/** The first day of every month, or of every third month where the range is longer than a year. */
export function ticksOf({ from, to }: Range): string[] {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1
  const step = years > 1 ? 3 : 1
  const months = Array.from({ length: (years * 12) / step }, (_, index) => index * step)
  return months.map((month) => {
    const year = Number(from.slice(0, 4)) + Math.floor(month / 12)
    return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`
  })
}

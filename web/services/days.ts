/** The day so many days later, or earlier. */
export function shiftDay(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`)
  return new Date(moment.getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

/** `2026-02`, 3 → 2026-02, 2026-01, 2025-12. */
export function lastMonths(newest: string, count: number): readonly string[] {
  const [year = 0, month = 1] = newest.split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + month - 1 - back
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

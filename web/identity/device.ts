const BROWSERS = [
  [/MicroMessenger/u, '微信 WeChat'],
  [/Edg\//u, 'Edge'],
  [/Firefox\//u, 'Firefox'],
  [/Chrome\//u, 'Chrome'],
  [/Safari\//u, 'Safari'],
] as const

const SYSTEMS = [
  [/HarmonyOS/u, 'HarmonyOS'],
  [/Android/u, 'Android'],
  [/iPhone|iPad/u, 'iOS'],
  [/Windows/u, 'Windows'],
  [/Mac OS X/u, 'macOS'],
  [/Linux/u, 'Linux'],
] as const

/** Enough of what a browser says of itself to recognise one's own; undefined when it says nothing we know. */
export function deviceName(userAgent: string | null): string | undefined {
  const found = [BROWSERS, SYSTEMS].map(
    (names) => names.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1],
  )
  const known = found.filter((name) => name !== undefined)
  return known.length === 0 ? undefined : known.join(' · ')
}

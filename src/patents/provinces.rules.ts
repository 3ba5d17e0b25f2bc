import provinces from '../../reference/provinces.json' with { type: 'json' }

/** The provincial divisions of the country (GB/T 2260), by the short names that addresses begin with, and their English names. */
export const PROVINCES: Readonly<Record<string, string>> = provinces

const AT_THE_START = new RegExp(`^[\\s\\d]*(?:中国)?(${Object.keys(PROVINCES).join('|')})`, 'u')

/** The province that an address begins with, after its postcode; empty where it names none (it may begin with a city). */
export function provinceOf(address: string | null): string {
  return AT_THE_START.exec(address ?? '')?.[1] ?? ''
}

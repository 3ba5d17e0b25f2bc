/** Classification symbols as files write them, in one form: `G09G5/10`, `A23L1/0067`, `01-01`. */

const GROUP = /^([A-HY]\d{2}[A-Z])\s*0*(\d{1,4})\s*\/\s*(\d{2,6})/
const ABOVE_GROUP = /^([A-HY]\d{2}[A-Z]?)\s*(?:\(\d{4}\.\d{2}\).*)?$/

/** One symbol of the IPC or CPC without spaces, edition and indicators; undefined for what is none. */
export function symbol(text: string): string | undefined {
  const cell = text.normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase()
  const group = GROUP.exec(cell.replace(/^([A-HY]\d{2}) ([A-Z])/, '$1$2'))
  if (group !== null) return `${group[1] ?? ''}${group[2] ?? ''}/${group[3] ?? ''}`
  return ABOVE_GROUP.exec(cell)?.[1]
}

/** `G06F 1516` as American files before 2002 wrote `G06F 15/16`. */
export function symbolWithoutSlash(text: string): string | undefined {
  const parts = /^([A-H]\d{2}[A-Z])\s*0*(\d{1,4})(\d{2,3})$/.exec(text.trim().toUpperCase())
  return parts === null ? symbol(text) : `${parts[1] ?? ''}${parts[2] ?? ''}/${parts[3] ?? ''}`
}

/** A class of the Locarno Agreement: `01-01 (12)`, `LOC(10)Cl.01-01`, `1402`, `11-`. */
export function locarnoClass(text: string): string | undefined {
  const cell = text
    .normalize('NFKC')
    .replace(/LOC\s*\(\d+\)\s*CL\.?/i, '')
    .trim()
  const parts = /^(\d{2})\s*-?\s*(\d{2})?\s*(?:\(\d+\).*)?$/.exec(cell)
  if (parts === null || Number(parts[1]) < 1 || Number(parts[1]) > 32) return undefined
  return parts[2] === undefined ? parts[1] : `${parts[1] ?? ''}-${parts[2]}`
}

/** Apart at `;`, `|`, `,` and line ends, each once, without the `??` that a wrong conversion left before later ones. */
export function symbolList(
  text: string,
  read: (one: string) => string | undefined = symbol,
): { codes: string[]; unread: string[] } {
  const [codes, unread] = [new Set<string>(), [] as string[]]
  for (const part of text.split(/[;；|,，\n]+/)) {
    const one = part.replace(/^[?？\s]+/, '').trim()
    if (one === '') continue
    const known = read(one)
    if (known === undefined) unread.push(one)
    else codes.add(known)
  }
  return { codes: [...codes], unread }
}

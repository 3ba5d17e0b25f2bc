/** A piece of XML as a tree, and how to ask it. Names are local names: the prefixes of a namespace are the writer's habit. */
export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlNode | string)[]
}

const nodes = (node: XmlNode) => node.children.filter((child) => typeof child !== 'string')

/** The elements at the end of a path, `bibliographic-data/parties/applicants/applicant`; `*` for any name. */
export function all(node: XmlNode | undefined, path: string): XmlNode[] {
  if (node === undefined) return []
  return path
    .split('/')
    .reduce<XmlNode[]>(
      (found, step) => found.flatMap((one) => nodes(one).filter(({ name }) => step === '*' || name === step)),
      [node],
    )
}

export const first = (node: XmlNode | undefined, path: string): XmlNode | undefined => all(node, path)[0]

/** The elements of a name at any depth, not looked for within each other. */
export function within(node: XmlNode | undefined, ...names: readonly string[]): XmlNode[] {
  if (node === undefined) return []
  return nodes(node).flatMap((child) => (names.includes(child.name) ? [child] : within(child, ...names)))
}

/** All text below, with one space where elements meet that are blocks. */
export function textOf(node: XmlNode | undefined): string {
  if (node === undefined) return ''
  const parts = node.children.map((child) => (typeof child === 'string' ? child : spaced(child)))
  return parts.join('').replace(/\s+/g, ' ').trim()
}

const INLINE =
  /^(?:b|i|u|sub|sup|sub2|sup2|o|claim-ref|PDAT|HIL|SP|SB|BOLD|ITALIC|ClaimReference|B|I|U|Sub|Sup)$/

function spaced(node: XmlNode): string {
  const text = node.children.map((child) => (typeof child === 'string' ? child : spaced(child))).join('')
  return INLINE.test(node.name) ? text : ` ${text} `
}

/** The text at a path; empty where there is none. */
export const said = (node: XmlNode | undefined, path: string): string => textOf(first(node, path))

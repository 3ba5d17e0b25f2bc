import { SaxesParser, type SaxesTagPlain } from 'saxes'
import type { XmlNode } from './xml-tree.rules.ts'

/** An element that is a record of its own, or why it could not be read. */
export type XmlElement = { readonly line: number } & (
  | { readonly node: XmlNode }
  | { readonly trouble: 'xml-damaged' | 'row-too-long' }
)

/** One patent with its whole description has a few megabytes; what has more is no patent. */
const MAX_CHARACTERS = 32 * 1024 * 1024
const MAX_DEPTH = 256

// Names of characters that offices use without declaring them; nothing that a file declares is ever expanded.
const CHARACTERS = `nbsp 160 sect 167 copy 169 laquo 171 reg 174 deg 176 plusmn 177 sup2 178 sup3 179 acute 180 micro 181 para 182
  middot 183 raquo 187 frac14 188 frac12 189 frac34 190 Agrave 192 Aacute 193 Auml 196 Aring 197 AElig 198 Ccedil 199 Eacute 201
  Ntilde 209 Ouml 214 times 215 Oslash 216 Uuml 220 szlig 223 agrave 224 aacute 225 acirc 226 atilde 227 auml 228 aring 229 aelig 230
  ccedil 231 egrave 232 eacute 233 ecirc 234 euml 235 igrave 236 iacute 237 icirc 238 iuml 239 ntilde 241 ograve 242 oacute 243
  ocirc 244 otilde 245 ouml 246 divide 247 oslash 248 ugrave 249 uacute 250 ucirc 251 uuml 252 yacute 253 Alpha 913 Beta 914
  Gamma 915 Delta 916 Theta 920 Lambda 923 Pi 928 Sigma 931 Phi 934 Psi 936 Omega 937 alpha 945 beta 946 gamma 947 delta 948
  epsiv 949 epsi 949 zeta 950 eta 951 theta 952 iota 953 kappa 954 lambda 955 mu 956 nu 957 xi 958 pi 960 rho 961 sigma 963 tau 964
  phi 966 chi 967 psi 968 omega 969 ensp 8194 emsp 8195 thinsp 8201 ndash 8211 mdash 8212 lsquo 8216 rsquo 8217 ldquo 8220 rdquo 8221
  dagger 8224 bull 8226 hellip 8230 prime 8242 Prime 8243 trade 8482 larr 8592 uarr 8593 rarr 8594 darr 8595 part 8706 sum 8721
  minus 8722 radic 8730 infin 8734 cap 8745 int 8747 ap 8776 ne 8800 equiv 8801 le 8804 ge 8805 lE 8806 gE 8807 plus 43 lsqb 91
  rsqb 93 num 35 dollar 36 percnt 37 commat 64 lowbar 95 verbar 124 sol 47 bsol 92 equals 61 ast 42 hyphen 8208`
const ENTITIES = Object.fromEntries(
  [...CHARACTERS.matchAll(/(\w+) (\d+)/g)].map(([, name, code]) => [
    name,
    String.fromCodePoint(Number(code)),
  ]),
)

/**
 * The elements of these names as they are completed, however long the file: a parser for each document in it, since bulk
 * files hold many one after the other. Entities that a document declares are not expanded, so nothing can grow.
 */
export async function* xmlElements(
  text: AsyncIterable<string>,
  names: ReadonlySet<string>,
): AsyncGenerator<XmlElement> {
  let reader = new ElementReader(names, 0)
  let tail = ''
  for await (const chunk of text) {
    const parts = (tail + chunk).split(/(?=<\?xml\s)/)
    // The beginning of `<?xml` may stand at the end of one chunk.
    const last = parts.pop() ?? ''
    const keep = /<(?:\?(?:x(?:ml?)?)?)?$/.exec(last)?.index ?? last.length
    tail = last.slice(keep)
    for (const [index, part] of [...parts, last.slice(0, keep)].entries()) {
      if (part.startsWith('<?xml') && (index > 0 || reader.begun)) {
        yield* reader.end()
        reader = new ElementReader(names, reader.lines)
      }
      yield* reader.take(part)
    }
  }
  yield* reader.take(tail)
  yield* reader.end()
}

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: (XmlNode | string)[]
}

class ElementReader {
  begun = false
  readonly #parser = new SaxesParser({ position: true, xmlns: false })
  readonly #names: ReadonlySet<string>
  readonly #before: number
  readonly #open: Open[] = []
  #complete: XmlElement[] = []
  #startedAt = 1
  #characters = 0
  #depth = 0
  #dead = false

  constructor(names: ReadonlySet<string>, linesBefore: number) {
    this.#names = names
    this.#before = linesBefore
    Object.assign(this.#parser.ENTITIES, ENTITIES)
    this.#parser.on('opentag', (tag: SaxesTagPlain) => this.#opened(tag))
    this.#parser.on('closetag', () => this.#closed())
    this.#parser.on('text', (text) => this.#text(text))
    this.#parser.on('cdata', (text) => this.#text(text))
    this.#parser.on('error', (error) => {
      // A character that nobody named is no reason to lose the document.
      if (!/undefined entity|entity/i.test(error.message)) this.#die('xml-damaged')
    })
  }

  get lines(): number {
    return this.#before + this.#parser.line - 1
  }

  take(text: string): XmlElement[] {
    if (text === '' || this.#dead) return []
    const clean = this.begun ? text : text.replace(/^\s+/, '')
    if (clean !== '') this.begun = true
    this.#parser.write(clean)
    return this.#taken()
  }

  end(): XmlElement[] {
    if (!this.#dead && this.begun) this.#parser.close()
    return this.#taken()
  }

  #taken(): XmlElement[] {
    const complete = this.#complete
    this.#complete = []
    return complete
  }

  #opened({ name, attributes }: SaxesTagPlain): void {
    this.#depth += 1
    if (this.#dead) return
    if (this.#depth > MAX_DEPTH) {
      this.#die('row-too-long')
      return
    }
    const local = name.slice(name.indexOf(':') + 1)
    if (this.#open.length === 0) {
      if (!this.#names.has(local)) return
      this.#startedAt = this.#before + this.#parser.line
      this.#characters = 0
    }
    this.#open.push({ name: local, attributes, children: [] })
  }

  #text(text: string): void {
    const top = this.#open.at(-1)
    if (top === undefined || this.#dead) return
    this.#characters += text.length
    if (this.#characters > MAX_CHARACTERS) this.#die('row-too-long')
    else top.children.push(text)
  }

  #closed(): void {
    this.#depth -= 1
    const node = this.#open.pop()
    if (node === undefined || this.#dead) return
    const parent = this.#open.at(-1)
    if (parent === undefined) this.#complete.push({ line: this.#startedAt, node })
    else parent.children.push(node)
  }

  #die(trouble: 'xml-damaged' | 'row-too-long'): void {
    if (this.#dead) return
    this.#dead = true
    const line = this.#open.length === 0 ? this.#before + this.#parser.line : this.#startedAt
    this.#complete.push({ line, trouble })
  }
}

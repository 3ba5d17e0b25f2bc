/**
 * What one text of ClickHouse SQL is, as far as the HTTP interface of the embedded engine has to know. Values never
 * pass through here: they travel as typed parameters or as data.
 */
export interface Statement {
  /** The first keyword in capitals: SELECT, INSERT, CREATE … */
  kind: string
  /** The text up to its FORMAT clause, or all of it when it has none at its end. */
  body: string
  format?: string
  /** Data written into the text behind the FORMAT clause of an INSERT. */
  data?: string
}

/** A text the interface does not take, with the code that a ClickHouse server would give. */
export class StatementRefused extends Error {
  override name = 'StatementRefused'
  readonly code: number

  constructor(code: number, type: string, message: string) {
    super(`Code: ${code}. DB::Exception: ${message}. (${type})`)
    this.code = code
  }
}

interface Token {
  text: string
  start: number
  end: number
}

/** Strings, quoted names, comments and heredocs are skipped as wholes; what is left are words and the marks that matter. */
const lexeme =
  /'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"|`[^`\\]*(?:\\.[^`\\]*)*`|--[^\n]*|#[! ][^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|[A-Za-z_]\w*|[;(){}]|[^\s]/gs

const isComment = (text: string) => /^(?:--|#|\/\*)/.test(text)
const isWord = (text: string) => /^[A-Za-z_]/.test(text)

function* tokens(sql: string): Generator<Token> {
  for (const { 0: text, index } of sql.matchAll(lexeme)) {
    if (!isComment(text)) yield { text, start: index, end: index + text.length }
  }
}

/**
 * Reads one statement. Throws StatementRefused for a second one behind a semicolon: the engine would run both, where a
 * server over HTTP runs none.
 */
export function readStatement(sql: string): Statement {
  let kind = ''
  let depth = 0
  let formatAt: Token | undefined
  let format: Token | undefined
  let selects = false
  let ended = false
  for (const token of tokens(sql)) {
    const word = isWord(token.text) ? token.text.toUpperCase() : ''
    if (ended) throw new StatementRefused(62, 'SYNTAX_ERROR', 'Multi-statements are not allowed')
    if (token.text === ';') ended = true
    else if (token.text === '(') depth++
    else if (token.text === ')') depth--
    else {
      kind ||= word
      if (depth > 0) continue
      if (word === 'OUTFILE' || word === 'INFILE') {
        throw new StatementRefused(48, 'NOT_IMPLEMENTED', `${word} belongs to the command-line client`)
      }
      if (kind === 'INSERT' && word === 'VALUES') return { kind, body: sql }
      if (kind === 'INSERT' && word === 'SELECT') selects = true
      if (formatAt && !format && word && formatAt.end < token.start) {
        format = token
        if (kind === 'INSERT' && !selects) return { kind, ...split(sql, formatAt, format) }
      } else {
        formatAt = word === 'FORMAT' ? token : undefined
        format = undefined
      }
    }
  }
  if (!kind) throw new StatementRefused(62, 'SYNTAX_ERROR', 'Empty query')
  if (!formatAt || !format) return { kind, body: ended ? withoutSemicolon(sql) : sql }
  return { kind, body: sql.slice(0, formatAt.start), format: format.text }
}

function split(sql: string, formatAt: Token, format: Token): Pick<Statement, 'body' | 'format' | 'data'> {
  const data = sql.slice(format.end).trimStart()
  return { body: sql.slice(0, formatAt.start), format: format.text, ...(data && { data }) }
}

function withoutSemicolon(sql: string): string {
  const last = [...tokens(sql)].findLast(({ text }) => text === ';')
  return last ? sql.slice(0, last.start) : sql
}

/** The statements of a migration file, in order, without comments between them. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = []
  let begin: number | undefined
  let end = 0
  for (const token of tokens(sql)) {
    if (token.text === ';') {
      if (begin !== undefined) statements.push(sql.slice(begin, end))
      begin = undefined
    } else {
      begin ??= token.start
      end = token.end
    }
  }
  if (begin !== undefined) statements.push(sql.slice(begin, end))
  return statements
}

/** A literal for SQL text, for the few places where the engine takes no parameter. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll('\0', String.raw`\0`)}'`
}

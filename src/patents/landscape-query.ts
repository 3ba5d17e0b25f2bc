/** The language of the search as a condition of landscapes. */
import type { Condition } from './landscape.store.ts'
import { readTerm } from './segmentation.ts'

/** Every word must be found somewhere in the document. */
export function readQuery(q: string): Condition {
  const pieces = readTerm(q)
  if (pieces.length === 0) return { sql: 'false', parameters: {} }
  const parameters: Record<string, readonly string[] | string> = {}
  const parts = pieces.map(({ tokens, text, verify }, index) => {
    parameters[`q_${index}`] = tokens
    const found = `hasAllTokens(tokens, {q_${index}:Array(String)})`
    if (!verify) return found
    parameters[`q_${index}_text`] = text
    return `${found} AND position(search_text, {q_${index}_text:String}) > 0`
  })
  return { sql: parts.join(' AND '), parameters }
}

/**
 * The witness's own tool. It runs on the witness's machine, without the platform, its stores or a network: files in,
 * files out.
 */
import { createPrivateKey } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { OperatorError } from '#platform/errors.ts'
import type { Terminal } from './command.ts'
import { newKey, writeKeyFile } from './keys.ts'
import {
  formatVerifierKey,
  MalformedNote,
  parseVerifierKey,
  rawPublicKey,
  signatureType,
  type SigningKey,
} from './note.rules.ts'
import { cosignRequest, NotConsistent, parseWitnessRequest, type SeenCheckpoint } from './witness.rules.ts'

/** Makes a witness's key pair: the private half into a file that only its owner reads, the public half printed. */
export async function runWitnessKey(
  { name, out }: { name: string; out: string },
  { print }: Terminal,
): Promise<number> {
  if (!/^[^+\s]+$/u.test(name))
    throw new OperatorError('The name of a witness holds no spaces and no plus sign.')
  const key = newKey(name, signatureType.witness)
  await writeKeyFile(out, key.privateKey).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(
      error.code === 'EEXIST' ? `${out} exists already.` : `${out} cannot be written: ${error.message}.`,
    )
  })
  await writeFile(`${out}.pub`, `${formatVerifierKey(key)}\n`)
  print(formatVerifierKey(key))
  return 0
}

const Memory = z.object({ logKey: z.string(), size: z.int(), root: z.base64() })

export interface WitnessFiles {
  /** The private key, with its public half beside it in `.pub`. */
  readonly key: string
  /** A request as the log's `witness-request` answers it, or, the first time, a bare checkpoint. */
  readonly checkpoint: string
  /** The verifier key of the log; needed the first time and when the log has changed it, remembered afterwards. */
  readonly logKey?: string | undefined
  /** Where the witness remembers what it saw. */
  readonly seen?: string | undefined
  readonly out?: string | undefined
}

/** Co-signs a checkpoint when it continues what this witness saw last; otherwise refuses, and signs nothing. */
export async function runWitness(files: WitnessFiles, { say, print }: Terminal, now: Date): Promise<number> {
  const memoryFile = files.seen ?? `${files.key}.seen.json`
  const [key, memory] = await Promise.all([readWitnessKey(files.key), readMemory(memoryFile)])
  const logKey = files.logKey ?? memory?.logKey
  if (logKey === undefined) {
    throw new OperatorError('Give the public key of the log with --log-key; it is remembered from then on.')
  }
  // A new key is believed on a checkpoint that the old one signed as well.
  const logKeys = [...new Set([memory?.logKey ?? logKey, logKey])]
  const request = await readText(files.checkpoint)
  const seen = memory && { size: memory.size, root: Buffer.from(memory.root, 'base64') }
  const { line, note, next } = judge(request, { seen, logKeys, key, now })
  // Remembered before anybody has the signature: a witness must never sign two branches of one log.
  await remember(memoryFile, { logKey, size: next.size, root: next.root.toString('base64') })
  if (files.out === undefined) print((note + line).trimEnd())
  else await writeFile(files.out, note + line)
  say(`Co-signed ${next.size} entries of ${next.origin}, continuing ${seen?.size ?? 0}.`)
  return 0
}

interface Judgement {
  readonly seen: SeenCheckpoint | undefined
  readonly logKeys: readonly string[]
  readonly key: SigningKey
  readonly now: Date
}

function judge(text: string, { seen, logKeys, key, now }: Judgement) {
  try {
    const request = parseWitnessRequest(text)
    const seconds = Math.floor(now.getTime() / 1000)
    const { line, checkpoint } = cosignRequest(request, {
      seen,
      logKeys: logKeys.map(parseVerifierKey),
      key,
      seconds,
    })
    return { line, note: request.note, next: checkpoint }
  } catch (error) {
    if (error instanceof NotConsistent || error instanceof MalformedNote)
      throw new OperatorError(`Not signed: ${error.message}.`)
    throw error
  }
}

async function readWitnessKey(path: string): Promise<SigningKey> {
  const key = parseVerifierKey(await readText(`${path}.pub`))
  const privateKey = createPrivateKey(await readText(path))
  if (key.type !== signatureType.witness || !rawPublicKey(privateKey).equals(key.publicKey)) {
    throw new OperatorError(`${path} and ${path}.pub are not the two halves of a witness's key.`)
  }
  return { ...key, privateKey }
}

async function readMemory(path: string) {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new OperatorError(`${path} cannot be read: ${error.message}.`)
  })
  if (text === undefined) return undefined
  const read = Memory.safeParse(JSON.parse(text))
  if (!read.success)
    throw new OperatorError(`${path} is not what a witness remembers; it must not be guessed.`)
  return read.data
}

async function remember(path: string, memory: z.infer<typeof Memory>): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(memory, null, 2)}\n`, { flush: true })
  await rename(`${path}.new`, path)
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: Error) => {
    throw new OperatorError(`${path} cannot be read: ${error.message}.`)
  })
}

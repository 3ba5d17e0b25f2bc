import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError } from '#platform/errors.ts'
import { keyId, parseVerifierKey, rawPublicKey, type SigningKey, type SignatureType } from './note.rules.ts'

/** Where private keys lie: in the data folder, never in the database, so that a stolen dump cannot sign. */
export interface KeyFolder {
  readonly folder: string
}

export function ledgerKeyFolder(dataFolder: string): KeyFolder {
  return { folder: join(dataFolder, 'keys') }
}

export function newKey(name: string | ((publicKey: Buffer) => string), type: SignatureType): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  const publicKey = rawPublicKey(privateKey)
  return { name: typeof name === 'string' ? name : name(publicKey), type, publicKey, privateKey }
}

/** On disk before it is used: a log must never be signed with a key that a power cut can take away. */
export async function storeKey({ folder }: KeyFolder, key: SigningKey): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeKeyFile(keyFile(folder, keyId(key)), key.privateKey)
}

export async function writeKeyFile(path: string, key: KeyObject): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(key.export({ format: 'pem', type: 'pkcs8' }))
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The private half of a key that the log uses. Throws OperatorError when this machine does not hold it. */
export async function loadKey({ folder }: KeyFolder, verifierKey: string): Promise<SigningKey> {
  const key = parseVerifierKey(verifierKey)
  const path = keyFile(folder, keyId(key))
  const pem = await readFile(path, 'utf8').catch(() => undefined)
  if (pem === undefined) {
    throw new OperatorError(
      `The ledger signs with key ${keyId(key)}, but ${path} is not there: restore it from the backup.`,
    )
  }
  const privateKey = createPrivateKey(pem)
  if (!rawPublicKey(privateKey).equals(key.publicKey)) {
    throw new OperatorError(`${path} does not hold the key that the ledger signs with.`)
  }
  return { ...key, privateKey }
}

/** A retired key can only do harm. */
export async function destroyKey({ folder }: KeyFolder, verifierKey: string): Promise<void> {
  await rm(keyFile(folder, keyId(parseVerifierKey(verifierKey))), { force: true })
}

function keyFile(folder: string, id: string): string {
  return join(folder, `ledger-${id}.pem`)
}

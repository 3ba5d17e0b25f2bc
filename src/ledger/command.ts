import type { Db } from '#platform/database.ts'
import { OperatorError } from '#platform/errors.ts'
import { findCheckpoint } from './checkpoint.store.ts'
import { cosignCheckpoint, registerWitness, type WitnessContext } from './cosigning.ts'
import { MalformedNote } from './note.rules.ts'
import { rotateKey, sequence, type Sequencer } from './sequencer.ts'
import { verifyLedger } from './verification.ts'
import type { Verification } from './verification.rules.ts'

/** How a command talks: `say` to the person at the terminal, `print` for results. */
export interface Terminal {
  readonly say: (line: string) => void
  readonly print: (line: string) => void
}

interface VerifyOptions extends Terminal {
  readonly json: boolean
  /** The text of a checkpoint kept outside. */
  readonly against?: string | undefined
}

/** Answers the exit code: 0 only when all is well. */
export async function runVerify(db: Db, { say, print, json, against }: VerifyOptions): Promise<number> {
  let nextReport = performance.now() + 1000
  const onProgress = (done: number, total: number) => {
    if (performance.now() < nextReport) return
    nextReport = performance.now() + 1000
    say(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} entries`)
  }
  const result = await verifyLedger(db, { onProgress, ...(against === undefined ? {} : { against }) }).catch(
    (error: unknown) => {
      throw error instanceof MalformedNote
        ? new OperatorError(`--against is no checkpoint: ${error.message}.`)
        : error
    },
  )
  if (json) print(JSON.stringify(result))
  else for (const line of describeVerification(result)) print(line)
  return result.ok ? 0 : 1
}

function describeVerification(result: Verification): string[] {
  const { entries, pending, checkpoints, cosignatures, checkedRows, origin, root } = result
  const counted = [
    `${entries} entries and ${pending} waiting, ${checkpoints} checkpoints, ${cosignatures} witness signatures, ${checkedRows} sealed rows`,
    `log ${origin ?? 'not begun'}, root ${root ?? 'none'}`,
  ]
  if (result.ok) return ['The ledger is whole.', ...counted]
  const first = result.firstBadEntry
  const named = result.problems.slice(0, 20).map(({ what }) => `  ${what}`)
  const more = result.problemCount - named.length
  return [
    first === null ? 'The ledger was altered.' : `The ledger was altered. The first bad entry is ${first}.`,
    ...named,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...counted,
  ]
}

export async function runRotate(sequencer: Sequencer, { print }: Terminal): Promise<number> {
  const { previous, current, size } = await rotateKey(sequencer)
  print(`The ledger now signs with ${current}`)
  print(`It no longer signs with  ${previous}`)
  print(`Both signed the checkpoint of ${size} entries: witnesses take up the new key with it.`)
  return 0
}

export async function runCheckpoint(sequencer: Sequencer, { print }: Terminal): Promise<number> {
  await sequence(sequencer)
  const checkpoint = await findCheckpoint(sequencer.db)
  if (!checkpoint) throw new OperatorError('The ledger has not begun.')
  print(checkpoint.note.trimEnd())
  return 0
}

export async function runRegisterWitness(
  context: WitnessContext,
  verifierKey: string,
  { print }: Terminal,
): Promise<number> {
  const result = await registerWitness(context, verifierKey)
  if (result.kind === 'malformed')
    throw new OperatorError(`This is not the key of a witness: ${result.reason}.`)
  print(result.kind === 'known' ? 'This witness is registered already.' : 'The witness is registered.')
  return 0
}

export async function runCosign(context: WitnessContext, note: string, { print }: Terminal): Promise<number> {
  const result = await cosignCheckpoint(context, note)
  if (result.kind === 'malformed')
    throw new OperatorError(`The file is no co-signed checkpoint: ${result.reason}.`)
  if (result.kind === 'unknown-checkpoint')
    throw new OperatorError('The file is not a checkpoint of this ledger.')
  if (result.kind === 'unknown-witness') throw new OperatorError('No registered witness signed the file.')
  print(`The checkpoint of ${result.size} entries is co-signed by ${result.witnesses.join(', ')}.`)
  return 0
}

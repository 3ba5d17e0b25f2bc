import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { todayIn } from '#platform/calendar.ts'
import { inAuditedTransaction } from '#platform/database.ts'
import { OperatorError } from '#platform/errors.ts'
import { readFile } from 'node:fs/promises'
import type { CommandInput } from '../cli.ts'
import {
  ledgerKeyFolder,
  runCheckpoint,
  runCosign,
  runRegisterWitness,
  runRotate,
  runVerify,
  runWitness,
  runWitnessKey,
  type Sequencer,
  type WitnessContext,
} from '../ledger/public.ts'
import type { OpenPlatform } from '../open-platform.ts'
import { withPlatform } from './store.ts'

const usage = `zhiyuan ledger checkpoint
zhiyuan ledger rotate
zhiyuan ledger witness-key --name <name> --out <file>
zhiyuan ledger witness --key <file> --checkpoint <file> [--log-key <key>] [--seen <file>] [--out <file>]
zhiyuan ledger register-witness <key>
zhiyuan ledger cosign <file>`

export async function verify(input: CommandInput): Promise<number> {
  const { values } = read(input.args, { json: { type: 'boolean' }, against: { type: 'string' } })
  const against = typeof values['against'] === 'string' ? await fileText(values['against']) : undefined
  return withPlatform(input, ({ db }) => runVerify(db, { ...input, json: values['json'] === true, against }))
}

export async function ledger(input: CommandInput): Promise<number> {
  const [verb = '', ...args] = input.args
  switch (verb) {
    case 'checkpoint':
      return withPlatform(input, (platform) => runCheckpoint(sequencerOf(platform), input))
    case 'rotate':
      return withPlatform(input, (platform) => runRotate(sequencerOf(platform), input))
    case 'register-witness':
      return withPlatform(input, (platform) =>
        runRegisterWitness(contextOf(platform), required(args[0], '<key>'), input),
      )
    case 'cosign': {
      const note = await fileText(required(args[0], '<file>'))
      return withPlatform(input, (platform) => runCosign(contextOf(platform), note, input))
    }
    case 'witness-key': {
      const { values } = read(args, { name: { type: 'string' }, out: { type: 'string' } })
      return runWitnessKey({ name: given(values, 'name'), out: given(values, 'out') }, input)
    }
    case 'witness':
      return witness(args, input)
    default:
      throw new OperatorError(usage)
  }
}

function witness(args: readonly string[], input: CommandInput): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = read(args, { key: text, checkpoint: text, 'log-key': text, seen: text, out: text })
  const optional = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  const files = { key: given(values, 'key'), checkpoint: given(values, 'checkpoint') }
  return runWitness(
    { ...files, logKey: optional('log-key'), seen: optional('seen'), out: optional('out') },
    input,
    new Date(),
  )
}

function sequencerOf({ db, config, zone }: OpenPlatform): Sequencer {
  const { id, timeZone } = zone.current()
  const moment = () => ({ now: new Date(), today: todayIn(timeZone, new Date()) })
  return { db, keys: ledgerKeyFolder(config.dataFolder), zoneId: id, moment }
}

function contextOf(platform: OpenPlatform): WitnessContext {
  return {
    ...sequencerOf(platform).moment(),
    db: platform.db,
    actor: { kind: 'system', job: 'command' },
    requestId: `command-${process.pid}`,
    write: (work) => inAuditedTransaction(platform.db, work),
  }
}

function read(args: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...args], options, strict: true })
  } catch (error) {
    throw new OperatorError(`${error instanceof Error ? error.message : String(error)}\n${usage}`, {
      cause: error,
    })
  }
}

function given(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = values[name]
  return required(typeof value === 'string' ? value : undefined, `--${name}`)
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new OperatorError(`${name} is missing.\n${usage}`)
  return value
}

function fileText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: Error) => {
    throw new OperatorError(`${path} cannot be read: ${error.message}.`)
  })
}

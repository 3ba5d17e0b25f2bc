import { z } from 'zod'
import { anyone, download, get, page, pageInput, post, refusal } from '#platform/contract.ts'
import { only, staff } from '../identity/roles.ts'

/** Who reads the audit trail in full; every account reads its own acts. */
export const trailReaders = staff

const position = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const hash = z.string().describe('SHA-256 in base64')
const verifierKey = z.string().describe('a C2SP verifier key, name+keyid+base64')
const clauses = ['S135', 'S143']

const Key = z.object({ verifierKey, since: z.iso.datetime(), retiredAt: z.iso.datetime().nullable() })
const Witness = Key.extend({
  name: z.string(),
  lastSize: z.int().nullable().describe('the largest checkpoint it has co-signed'),
  lastAt: z.iso.datetime().nullable(),
})

export const LedgerState = z.object({
  origin: z.string(),
  size: z.int(),
  root: hash,
  signedAt: z.iso.datetime(),
  cosignatures: z.int().describe('witnesses whose signature the newest checkpoint carries'),
  waiting: z.int().describe('entries committed that the next checkpoint will cover'),
  keys: z.array(Key),
  witnesses: z.array(Witness),
})
export type LedgerState = z.infer<typeof LedgerState>

export const LedgerEntry = z.object({
  index: z.int().describe('the number of the entry, from 0'),
  kind: z.string(),
  action: z.string(),
  at: z.string(),
  leafHash: hash,
  /** Canonical JSON; null for who may not read it. */
  body: z.string().nullable(),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>

/** All that the offline verifier needs, in one file. */
export const ProofBundle = z.object({
  format: z.literal('zhiyuan-proof/1'),
  entry: z.object({ index: z.int(), leafHash: hash, body: z.string().nullable() }),
  inclusion: z.object({ treeSize: z.int(), hashes: z.array(hash) }),
  checkpoint: z.string().describe('the C2SP signed note'),
  log: z.object({ origin: z.string(), keys: z.array(verifierKey) }),
  witnesses: z.array(verifierKey),
})
export type ProofBundle = z.infer<typeof ProofBundle>

const proofInput = z
  .object({
    entry: position.optional().describe('the number of the entry'),
    receipt: z
      .uuid()
      .optional()
      .describe('what a receipt names instead, before and after the entry has its number'),
    checkpoint: z.enum(['newest', 'cosigned']).default('newest'),
  })
  .refine(({ entry, receipt }) => (entry === undefined) !== (receipt === undefined), { path: ['entry'] })

const proofRefusals = {
  UNKNOWN_ENTRY: refusal(404),
  NOT_IN_LOG_YET: refusal(409, z.object({ retryAfterSeconds: z.int() })),
  NO_CHECKPOINT: refusal(404),
}

export const ledger = {
  state: get('/ledger', {
    summary: 'The log, its newest checkpoint, its keys and its witnesses',
    allow: anyone,
    clauses,
  })
    .output(LedgerState)
    .errors({ NO_CHECKPOINT: refusal(404) }),

  checkpoint: get('/ledger/checkpoint', {
    summary: 'A checkpoint as a C2SP signed note',
    allow: anyone,
    clauses,
  })
    .input(
      z.object({ size: position.optional(), checkpoint: z.enum(['newest', 'cosigned']).default('newest') }),
    )
    .output(download)
    .errors({ NO_CHECKPOINT: refusal(404) }),

  proof: get('/ledger/proof', {
    summary: 'The proof that an entry is in the log, for the offline verifier',
    allow: anyone,
    clauses,
  })
    .input(proofInput)
    .output(ProofBundle)
    .errors(proofRefusals),

  proofText: get('/ledger/proof-text', {
    summary: 'The same proof as a C2SP tlog-proof',
    allow: anyone,
    clauses,
  })
    .input(proofInput)
    .output(download)
    .errors(proofRefusals),

  consistency: get('/ledger/consistency', {
    summary: 'The proof that one checkpoint continues another',
    allow: anyone,
    clauses,
  })
    .input(z.object({ from: position, to: position.optional() }))
    .output(
      z.object({
        from: z.int(),
        to: z.int(),
        hashes: z.array(hash),
        fromCheckpoint: z.string().nullable(),
        checkpoint: z.string(),
      }),
    )
    .errors({
      NO_CHECKPOINT: refusal(404),
      NOT_EARLIER: refusal(422, z.object({ from: z.int(), to: z.int() })),
    }),

  entries: get('/ledger/entries', {
    summary: 'The entries, newest first',
    description:
      'Staff read the audit trail. Everybody else reads what was published, and of the trail the action, the time and the hash.',
    allow: anyone,
    clauses,
  })
    .input(
      pageInput.extend({
        kind: z.string().max(40).optional(),
        subjectKind: z.string().max(80).optional(),
        subjectId: z.string().max(200).optional(),
      }),
    )
    .output(page(LedgerEntry))
    .errors({ SUBJECT_IS_FOR_STAFF: refusal(403), BAD_CURSOR: refusal(400) }),

  witnesses: get('/ledger/witnesses', {
    summary: 'Who co-signs the checkpoints',
    allow: anyone,
    clauses,
  }).output(z.object({ total: z.int(), items: z.array(Witness) })),

  witnessRequest: get('/ledger/witness-request', {
    summary: 'What a witness needs in order to co-sign, as C2SP tlog-witness writes it',
    allow: anyone,
    clauses,
  })
    .input(
      z.object({
        old: position.default(0).describe('the size the witness signed last; 0 for the first time'),
        to: position.optional().describe('the size of the checkpoint to be signed; the newest unless told'),
      }),
    )
    .output(download)
    .errors({
      NO_CHECKPOINT: refusal(404),
      NOT_EARLIER: refusal(422, z.object({ from: z.int(), to: z.int() })),
    }),

  cosign: post('/ledger/cosignatures', {
    summary: 'Hand in a checkpoint that a registered witness co-signed',
    description: 'The witness is known by its signature, so that no account is needed.',
    allow: anyone,
    clauses,
  })
    .input(z.object({ note: z.string().max(40_000) }))
    .output(z.object({ size: z.int(), witnesses: z.array(z.string()) }))
    .errors({
      MALFORMED_NOTE: refusal(422, z.object({ reason: z.string() })),
      UNKNOWN_CHECKPOINT: refusal(404, z.object({ size: z.int() })),
      UNKNOWN_WITNESS: refusal(422),
    }),

  registerWitness: post('/ledger/witnesses', {
    summary: 'Take in a witness by its public key',
    allow: only('administrator'),
    clauses,
    status: 201,
  })
    .input(z.object({ verifierKey: z.string().max(400) }))
    .output(Witness)
    .errors({
      MALFORMED_KEY: refusal(422, z.object({ reason: z.string() })),
      ALREADY_REGISTERED: refusal(409),
    }),

  retireWitness: post('/ledger/witnesses/retirement', {
    summary: 'Accept no more signatures of a witness; those it made stay',
    allow: only('administrator'),
    clauses,
  })
    .input(z.object({ verifierKey: z.string().max(400) }))
    .output(z.object({ retired: z.literal(true) }))
    .errors({ UNKNOWN_WITNESS: refusal(404) }),
}

import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { sequenceLedger, sequencerOf } from '#testing/ledger.ts'
import { testAccountId, world, type World } from '#testing/world.ts'
import { newKey } from './keys.ts'
import {
  cosignNote,
  formatVerifierKey,
  knownSignatures,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  signatureLine,
  signatureType,
  type SigningKey,
} from './note.rules.ts'
import { recordAudit, recordOpenEntry } from './public.ts'
import { rotateKey } from './sequencer.ts'
import { leafHash, verifyConsistency, verifyInclusion } from './tree.rules.ts'
import { cosignRequest, parseWitnessRequest } from './witness.rules.ts'

let w: World
const bytes = (text: string) => Buffer.from(text, 'base64')
const officer = testAccountId('officer')

beforeAll(async () => {
  w = await world()
  await w.write(async (tx, context) => {
    await recordAudit(
      tx,
      w.context({
        kind: 'account',
        accountId: officer,
        name: 'x',
        roles: ['officer'],
        organisationIds: [],
        secondFactor: 'verified',
      }),
      {
        action: 'sample.changed',
        subject: { kind: 'sample', id: 'secret-subject' },
      },
    )
    await recordAudit(
      tx,
      w.context({
        kind: 'account',
        accountId: testAccountId('agency'),
        name: 'y',
        roles: ['agency'],
        organisationIds: [],
        secondFactor: 'notRequired',
      }),
      {
        action: 'sample.filed',
        subject: { kind: 'sample', id: '2' },
      },
    )
    await recordOpenEntry(tx, context, {
      kind: 'publication',
      action: 'sample.published',
      subject: { kind: 'sample', id: '3' },
      document: {
        sha256: createHash('sha256').update('text').digest('hex'),
        mediaType: 'text/plain',
        title: '公示',
      },
    })
  })
})

test('[F107] before the log begins, its questions are answered by refusals', async () => {
  for (const path of ['', '/checkpoint', '/consistency?from=0', '/witness-request']) {
    expect(await w.as('visitor').get(`/api/v1/ledger${path}`)).toMatchObject({
      status: 404,
      body: { code: 'NO_CHECKPOINT' },
    })
  }
  expect(await sequenceLedger(w)).toBe(4)
})

describe('[F107] anybody, without an account,', () => {
  test('gets the checkpoint as a C2SP note that the published keys verify', async () => {
    const { status, headers, body } = await w.as('visitor').get('/api/v1/ledger/checkpoint')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^text\/plain/)
    const { body: state } = await w.as('visitor').get('/api/v1/ledger')
    const note = parseNote(body)
    expect(
      knownSignatures(
        note,
        state.keys.map((key: { verifierKey: string }) => parseVerifierKey(key.verifierKey)),
      ),
    ).toHaveLength(1)
    expect(parseCheckpoint(note.text)).toMatchObject({
      origin: state.origin,
      size: 4,
      root: bytes(state.root),
    })
  })

  test('gets a proof of every entry that leads to the signed root', async () => {
    for (const index of [0, 1, 2, 3]) {
      const { status, body } = await w.as('visitor').get(`/api/v1/ledger/proof?entry=${index}`)
      expect(status).toBe(200)
      const { size, root } = parseCheckpoint(body.checkpoint)
      expect(body.inclusion.treeSize).toBe(size)
      const leaf = bytes(body.entry.leafHash)
      const hashes = body.inclusion.hashes.map(bytes)
      expect(verifyInclusion({ leaf, index: body.entry.index, size, hashes }, root)).toBe(true)
      expect(leafHash(body.entry.body ?? '').equals(leaf)).toBe(body.entry.body !== null)
    }
  })

  test('gets the same proof as a C2SP tlog-proof', async () => {
    const { body } = await w.as('visitor').get('/api/v1/ledger/proof-text?entry=1')
    const { body: bundle } = await w.as('visitor').get('/api/v1/ledger/proof?entry=1')
    expect(body).toBe(
      `c2sp.org/tlog-proof@v1\nindex 1\n${bundle.inclusion.hashes.join('\n')}\n\n${bundle.checkpoint}`,
    )
  })

  test('reads what was published, and of the audit trail neither who nor what', async () => {
    const { body } = await w.as('visitor').get('/api/v1/ledger/entries')
    expect(body.total).toBe(4)
    expect(body.items.map(({ index }: { index: number }) => index)).toEqual([3, 2, 1, 0])
    const [, , audit] = body.items
    expect(audit).toMatchObject({ index: 1, kind: 'audit', action: 'sample.changed', body: null })
    expect(JSON.stringify(body)).not.toContain(officer)
    expect(JSON.stringify(body)).not.toContain('secret-subject')
    expect(JSON.parse(body.items[0].body)).toMatchObject({ kind: 'publication', document: { title: '公示' } })
    const { body: proof } = await w.as('visitor').get('/api/v1/ledger/proof?entry=1')
    expect(proof.entry.body).toBeNull()
  })

  test('may not ask the trail about a subject, nor take in witnesses', async () => {
    expect(
      await w.as('visitor').get('/api/v1/ledger/entries?subjectKind=sample&subjectId=secret-subject'),
    ).toMatchObject({
      status: 403,
      body: { code: 'SUBJECT_IS_FOR_STAFF' },
    })
    const key = formatVerifierKey(newKey('witness.test/x', signatureType.witness))
    expect(await w.as('visitor').post('/api/v1/ledger/witnesses', { verifierKey: key })).toMatchObject({
      status: 401,
    })
    expect(await w.as('officer').post('/api/v1/ledger/witnesses', { verifierKey: key })).toMatchObject({
      status: 403,
    })
    expect(
      await w.as('agency').post('/api/v1/ledger/witnesses/retirement', { verifierKey: key }),
    ).toMatchObject({ status: 403 })
  })

  test('is refused politely for what cannot be', async () => {
    const refusals = [
      ['proof', 400, 'INVALID_INPUT'],
      ['proof?entry=-1', 400, 'INVALID_INPUT'],
      ['proof?entry=x', 400, 'INVALID_INPUT'],
      ['proof?entry=99999', 404, 'UNKNOWN_ENTRY'],
      ['proof?receipt=01a20467-9df6-7995-bd42-4ad54c25dcb5', 404, 'UNKNOWN_ENTRY'],
      ['proof?entry=1&receipt=01a20467-9df6-7995-bd42-4ad54c25dcb5', 400, 'INVALID_INPUT'],
      ['proof?entry=1&checkpoint=cosigned', 404, 'NO_CHECKPOINT'],
      ['checkpoint?size=2', 404, 'NO_CHECKPOINT'],
      ['consistency?from=9', 422, 'NOT_EARLIER'],
      ['witness-request?old=9', 422, 'NOT_EARLIER'],
      ['entries?cursor=x', 400, 'BAD_CURSOR'],
    ] as const
    for (const [path, status, code] of refusals) {
      const answer = await w.as('visitor').get(`/api/v1/ledger/${path}`)
      expect([path, answer.status, answer.body.code]).toEqual([path, status, code])
    }
  })
})

test('[F106] staff read the trail, also by its subject; an account reads its own acts and no others', async () => {
  const ofSubject = await w
    .as('auditor')
    .get('/api/v1/ledger/entries?subjectKind=sample&subjectId=secret-subject')
  expect(ofSubject.body).toMatchObject({ total: 1, items: [{ index: 1 }] })
  expect(JSON.parse(ofSubject.body.items[0].body)).toMatchObject({
    actor: { account: officer, roles: ['officer'] },
  })
  const own = await w.as('agency').get('/api/v1/ledger/entries?kind=audit')
  expect(
    own.body.items.map(({ index, body }: { index: number; body: string | null }) => [index, body === null]),
  ).toEqual([
    [2, false],
    [1, true],
  ])
  const untrusted = w.as({ roles: ['officer'], secondFactor: 'missing', accountId: testAccountId('other') })
  const { body } = await untrusted.get('/api/v1/ledger/entries?kind=audit')
  expect((body.items ?? []).every((item: { body: string | null }) => item.body === null)).toBe(true)
})

test('[F107] a receipt finds its entry before and after the log has taken it in', async () => {
  const receipt = await w.write((tx, context) =>
    recordAudit(tx, context, { action: 'sample.seen', subject: { kind: 'sample', id: '9' } }),
  )
  const early = await w.as('visitor').get(`/api/v1/ledger/proof?receipt=${receipt}`)
  expect(early).toMatchObject({
    status: 409,
    body: { code: 'NOT_IN_LOG_YET', data: { retryAfterSeconds: 1 } },
  })
  const size = await sequenceLedger(w)
  const later = await w.as('visitor').get(`/api/v1/ledger/proof?receipt=${receipt}`)
  expect(later).toMatchObject({ status: 200, body: { entry: { index: size - 1 } } })
})

test('[F107] pages of entries meet without gap or overlap', async () => {
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const { body } = await w
      .as('visitor')
      .get(`/api/v1/ledger/entries?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`)
    seen.push(...body.items.map(({ index }: { index: number }) => index))
    cursor = body.next
  } while (cursor !== null)
  expect(seen).toEqual(Array.from({ length: seen.length }, (_, place) => seen.length - 1 - place))
})

test('[F107] one checkpoint is proven to continue another', async () => {
  const { body: older } = await w.as('visitor').get('/api/v1/ledger/checkpoint?size=4')
  await w.write((tx, context) =>
    recordAudit(tx, context, { action: 'sample.seen', subject: { kind: 'sample', id: '10' } }),
  )
  await sequenceLedger(w)
  const { body } = await w.as('visitor').get('/api/v1/ledger/consistency?from=4')
  expect(body.fromCheckpoint).toBe(older)
  const { size, root } = parseCheckpoint(body.checkpoint)
  const hashes = body.hashes.map(bytes)
  expect(verifyConsistency({ from: 4, size, hashes }, parseCheckpoint(older).root, root)).toBe(true)
})

async function request(old: number) {
  const { body } = await w.as('visitor').get(`/api/v1/ledger/witness-request?old=${old}`)
  return parseWitnessRequest(body)
}

const handIn = (note: string) => w.as('visitor').post('/api/v1/ledger/cosignatures', { note })

async function cosigned(signer: SigningKey) {
  const { note } = await request(0)
  return note + signatureLine(cosignNote(parseNote(note).text, signer, 1_800_000_000))
}

describe('[F107] a witness', () => {
  const key = newKey('witness.test/w1', signatureType.witness)
  const verifierKey = formatVerifierKey(key)

  test('is nobody before it is registered', async () => {
    expect(await handIn(await cosigned(key))).toMatchObject({
      status: 422,
      body: { code: 'UNKNOWN_WITNESS' },
    })
  })

  test('is registered once, by an administrator, with the key of a witness', async () => {
    const administrator = w.as('administrator')
    expect(await administrator.post('/api/v1/ledger/witnesses', { verifierKey })).toMatchObject({
      status: 201,
      body: { name: key.name },
    })
    expect(await administrator.post('/api/v1/ledger/witnesses', { verifierKey })).toMatchObject({
      status: 409,
    })
    const logKey = formatVerifierKey(newKey('log.test/x', signatureType.log))
    for (const wrong of [logKey, 'nonsense', `${verifierKey}A`]) {
      expect(await administrator.post('/api/v1/ledger/witnesses', { verifierKey: wrong })).toMatchObject({
        status: 422,
        body: { code: 'MALFORMED_KEY' },
      })
    }
  })

  test('signs what continues what it saw, and its signature then travels with the checkpoint and its proofs', async () => {
    await sequenceLedger(w)
    const logKey = parseVerifierKey((await w.as('visitor').get('/api/v1/ledger')).body.keys[0].verifierKey)
    const first = await request(0)
    const one = cosignRequest(first, { seen: undefined, logKeys: [logKey], key, seconds: 1_800_000_000 })
    expect(await handIn(first.note + one.line)).toMatchObject({
      status: 200,
      body: { witnesses: [key.name] },
    })
    expect(await handIn(first.note + one.line)).toMatchObject({ status: 200 })
    await sequenceLedger(w)
    const second = await request(one.checkpoint.size)
    const two = cosignRequest(second, {
      seen: one.checkpoint,
      logKeys: [logKey],
      key,
      seconds: 1_800_000_100,
    })
    expect(await handIn(second.note + two.line)).toMatchObject({ status: 200 })
    const { body } = await w.as('visitor').get('/api/v1/ledger/proof?entry=1&checkpoint=cosigned')
    expect(knownSignatures(parseNote(body.checkpoint), [parseVerifierKey(verifierKey)])).toHaveLength(1)
    expect(body.witnesses).toEqual([verifierKey])
    const { body: listed } = await w.as('visitor').get('/api/v1/ledger/witnesses')
    expect(listed).toMatchObject({ total: 1, items: [{ name: key.name, lastSize: two.checkpoint.size }] })
  })

  test('is not believed with a wrong signature or on another log’s checkpoint', async () => {
    const note = await cosigned(key)
    const forged = note.replace(/.{8}\n$/, 'AAAAAAA=\n')
    expect(await handIn(forged)).toMatchObject({ status: 422, body: { code: 'MALFORMED_NOTE' } })
    expect(await handIn('hello')).toMatchObject({ status: 422, body: { code: 'MALFORMED_NOTE' } })
    const text = parseNote(note).text.replace('zhiyuan/', 'other/')
    const foreign = `${text}\n${signatureLine(cosignNote(text, key, 1_800_000_000))}`
    expect(await handIn(foreign)).toMatchObject({ status: 404, body: { code: 'UNKNOWN_CHECKPOINT' } })
  })

  test('signs no more when it has retired', async () => {
    const administrator = w.as('administrator')
    expect(await administrator.post('/api/v1/ledger/witnesses/retirement', { verifierKey })).toMatchObject({
      status: 200,
    })
    expect(await administrator.post('/api/v1/ledger/witnesses/retirement', { verifierKey })).toMatchObject({
      status: 404,
    })
    await sequenceLedger(w)
    expect(await handIn(await cosigned(key))).toMatchObject({
      status: 422,
      body: { code: 'UNKNOWN_WITNESS' },
    })
  })
})

test('[F107] after a change of key old proofs still verify, since every key is listed', async () => {
  await rotateKey(sequencerOf(w))
  const { body } = await w.as('visitor').get('/api/v1/ledger')
  expect(body.keys).toHaveLength(2)
  expect(body.keys.map(({ retiredAt }: { retiredAt: string | null }) => retiredAt === null)).toEqual([
    false,
    true,
  ])
})

test('[F107] the verifier is served under a policy that allows its own script and no network', async () => {
  const response = await w.fetch(new Request('http://zone.test/verify'))
  expect(response.status).toBe(200)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toMatch(/script-src 'sha256-[^']+'/)
  expect(policy).not.toContain('connect-src')
  const script = /<script>([^]*)<\/script>/.exec(await response.text())![1]!
  expect(policy).toContain(createHash('sha256').update(script).digest('base64'))
  const file = await w.fetch(new Request('http://zone.test/verify/zhiyuan-verifier.html'))
  expect(file.headers.get('content-disposition')).toContain('attachment')
})

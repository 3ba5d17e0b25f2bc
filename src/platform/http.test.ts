import { expect, test } from 'vitest'
import { world } from '#testing/world.ts'

const w = await world()

test('the platform says that it is alive and ready', async () => {
  expect((await w.as('visitor').get('/healthz')).body).toEqual({ status: 'alive' })
  expect((await w.as('visitor').get('/readyz')).body).toEqual({ status: 'ready' })
})

test('an operation that does not exist is refused with a code', async () => {
  const answer = await w.as('visitor').get('/api/v1/nothing-here')
  expect(answer.status).toBe(404)
  expect(answer.body.code).toBe('UNKNOWN_OPERATION')
})

test('every answer carries the security headers and a request id', async () => {
  const { headers } = await w.as('visitor').get('/healthz', { 'x-request-id': 'abcdefgh1' })
  expect(headers.get('x-request-id')).toBe('abcdefgh1')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('the contract is published as OpenAPI 3.1', async () => {
  const { status, body } = await w.as('visitor').get('/api/v1/openapi.json')
  expect(status).toBe(200)
  expect(body.openapi).toMatch(/^3\.1/)
})

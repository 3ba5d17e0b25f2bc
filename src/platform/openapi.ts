import { OpenAPIGenerator, type OpenAPI } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { AnyContractRouter } from '@orpc/contract'
import type { Hono } from 'hono'
import { apiPrefix, type HttpEnv } from './http.ts'

interface Description {
  readonly contract: AnyContractRouter
  readonly title: () => { readonly en: string }
}

/** `/api/v1/openapi.json`, generated once from the contract: who may call and the clauses served stand in it too. */
export function describeApi(app: Hono<HttpEnv>, { contract, title }: Description): void {
  let document: Promise<OpenAPI.Document> | undefined
  app.get(`${apiPrefix}/openapi.json`, async (c) => {
    document ??= generate(contract, title().en)
    return c.json(await document, 200, { 'cache-control': 'public, max-age=300' })
  })
}

async function generate(contract: AnyContractRouter, title: string): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  return generator.generate(contract, {
    info: {
      title,
      version: '1',
      description: 'Field names in English, times in ISO 8601 with zone, money in fen with its currency.',
    },
    servers: [{ url: apiPrefix }],
  })
}

import type { client } from '../app/api.ts'

type ImportList = Awaited<ReturnType<typeof client.imports.list>>
export type ImportRun = ImportList['items'][number]
export type ImportKind = ImportList['kinds'][number]
export type ImportReport = Awaited<ReturnType<typeof client.imports.get>>
export type Refusal = ImportReport['refusals'][number]
export type Finding = ImportReport['findings'][number]

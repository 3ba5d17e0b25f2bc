import type { client } from '../app/api.ts'

type ImportList = Awaited<ReturnType<typeof client.imports.list>>
export type ImportRun = ImportList['items'][number]
export type ImportKind = ImportList['kinds'][number]
export type ImportReport = Awaited<ReturnType<typeof client.imports.get>>
export type Refusal = ImportReport['refusals'][number]
type PatentImportList = Awaited<ReturnType<typeof client.patentImports.list>>
export type PatentImportRun = PatentImportList['items'][number]
export type PatentImport = Awaited<ReturnType<typeof client.patentImports.get>>
export type PatentSheet = PatentImport['sheets'][number]
export type PatentPreview = Awaited<ReturnType<typeof client.patentImports.preview>>
export type Finding = ImportReport['findings'][number]

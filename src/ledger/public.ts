export { recordAudit, recordOpenEntry, sealRows, type BulkAct, type EntryId, type OpenAct } from './audit.ts'
export type { AuditContext, AuditedAct, Detail, PublishedDocument, Seal, Subject } from './entry.rules.ts'
export { ledgerKeyFolder } from './keys.ts'
export { keepSequencing, sequence, type Sequencer } from './sequencer.ts'

import { Worker } from 'node:worker_threads'
import { type Finding, type Findings, UnreadableFile, type UnreadableReason } from './finding.ts'
import type { Sheet } from './spreadsheet.ts'

/** What the thread is given. */
export interface ThreadTask {
  readonly bytes: Uint8Array
  readonly format: 'xls' | 'xlsx'
}

export type ThreadAnswer =
  | { readonly sheets: readonly Sheet[]; readonly findings: readonly Finding[] }
  | {
      readonly unreadable: {
        readonly reason: UnreadableReason
        readonly detail: Record<string, string | number>
      }
    }

/** A workbook of this size is read within a few tens of milliseconds; starting a thread would take longer. */
const SMALL = 256 * 1024
const THREAD_MEMORY_MB = 1024

/**
 * Reads a workbook without holding up whoever else the process serves: a large one in a thread of its own, whose memory is
 * bounded, since no size of a file says how much its cells will take.
 */
export async function readSheetsAside(
  bytes: Uint8Array,
  format: 'xls' | 'xlsx',
  findings: Findings,
): Promise<readonly Sheet[]> {
  if (bytes.length <= SMALL) {
    // Half a second of code pages that a process without spreadsheets need not load.
    const { readSheets } = await import('./spreadsheet.ts')
    return readSheets(bytes, format, findings)
  }
  const answer = await inThread({ bytes, format })
  if ('unreadable' in answer) throw new UnreadableFile(answer.unreadable.reason, answer.unreadable.detail)
  findings.add(answer.findings)
  return answer.sheets
}

function inThread(task: ThreadTask): Promise<ThreadAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./spreadsheet-thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MEMORY_MB },
    })
    worker.once('message', resolve)
    worker.once('error', (error: unknown) => {
      const full = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(full ? new UnreadableFile('too-large', { bytes: task.bytes.length }, { cause: error }) : error)
    })
  })
}

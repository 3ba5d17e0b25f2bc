import { parentPort, workerData } from 'node:worker_threads'
import { Findings, UnreadableFile } from './finding.ts'
import { readSheets } from './spreadsheet.ts'
import type { ThreadAnswer, ThreadTask } from './spreadsheet-aside.ts'

/** Runs in a thread of its own: one workbook in, its rows out. */
function answer({ bytes, format }: ThreadTask): ThreadAnswer {
  const findings = new Findings()
  try {
    return { sheets: readSheets(bytes, format, findings), findings: findings.list() }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return { unreadable: { reason: error.reason, detail: error.detail } }
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(answer(workerData as ThreadTask))

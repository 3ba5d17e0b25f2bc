/** The inventory of a university as a file: whatever columns it has, each row is one right by its application number. */
import type { TableRow } from '#platform/tabular/row.ts'
import {
  type AnyImporter,
  columnReader,
  defineImport,
  type Read,
  type RowOutcome,
} from '../intake/declare.ts'
import { inForceOn } from '../zone/patent.rules.ts'
import { type CloudFacts, gradeOf } from './cloud.rules.ts'
import { insertMoves, type InventoryRow, putInventory } from './cloud.store.ts'
import { dayIn } from './days.rules.ts'
import { PATENT_REASONS } from './importing.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { STATUS_WORDS } from './query-field.rules.ts'

const columns = columnReader({
  number: ['申请号', '专利号', '申请号/专利号', 'applicationNumber', 'application number'],
  publication: ['公开号', '公告号', '公开（公告）号', '公开(公告)号', 'publicationNumber'],
  title: ['名称', '专利名称', '发明名称', '标题', 'title'],
  ipc: ['分类号', '主分类号', 'IPC', 'IPC分类号', 'ipc'],
  filedOn: ['申请日', '申请日期', 'filedOn'],
  status: ['法律状态', '当前法律状态', '状态', 'status'],
  team: ['团队', '课题组', '研究团队', '所属学院', 'team'],
  claims: ['权利要求数', '权利要求项数', 'claims'],
  cited: ['被引次数', '被引用次数', 'timesCited'],
  family: ['同族数', '同族专利数', 'familySize'],
  used: ['转化情况', '是否转化', '实施情况', 'used'],
})

/** How an importer of one university puts what it read; the account that imports stands on the first move. */
export interface Importing {
  readonly universityId: string
  readonly by: {
    readonly id: string
    readonly name: string
    readonly for: 'university' | 'office' | 'system'
  }
}

export function inventoryImporter({ universityId, by }: Importing): AnyImporter {
  return defineImport<InventoryRow>({
    kind: 'university-patents',
    title: { zh: '高校专利盘点', en: 'Inventory of a university’s patents' },
    columns: [
      '申请号 / applicationNumber',
      '名称 / title',
      '分类号 / IPC',
      '申请日',
      '法律状态',
      '团队',
      '…',
    ],
    recognise: (header) => columns.has(header, 'number', 'title'),
    reasons: PATENT_REASONS,
    open: ({ name: source }) => ({
      read: readRow,
      columnOf: columns.columnOf,
      claim: ({ applicationKey, ...says }) => ({ subject: applicationKey, says }),
      apply: async (tx, context, batch): Promise<RowOutcome[]> => {
        const { zone, today, now } = context
        const rules = inForceOn(zone.grading, today)
        const industries = inForceOn(zone.industryPatents, today)?.industries ?? []
        const graded = batch.map(({ record }) => ({
          ...record,
          ...(rules === undefined
            ? { grade: '', points: 0 }
            : gradeOf(record.facts, rules, { on: today, industries })),
        }))
        const { outcomes, inserted } = await putInventory(
          tx,
          { universityId, source, gradedOn: today, rulesFrom: rules?.from ?? today },
          graded.map(({ grade, points, ...row }) => ({ ...row, grade, points })),
        )
        await insertMoves(
          tx,
          inserted.map((patentId) => ({
            patentId,
            fromStage: null,
            toStage: 'manage',
            reason: `导入盘点：${source}`,
            movedBy: by.id,
            movedByName: by.name,
            movedFor: by.for,
            movedOn: today,
            movedAt: now.toISOString(),
          })),
        )
        return outcomes.map((outcome) => ({ outcome }))
      },
    }),
  })
}

function readRow(row: TableRow): Read<InventoryRow> {
  const cells = columns.read(row)
  const { number = '', title = '', publication = '' } = cells
  if (title === '') return { refused: { field: 'title', reason: 'missing' } }
  const read = applicationNumber(number)
  const { applicationKey, numberState } = read
  if (applicationKey === null)
    return {
      refused: {
        field: 'number',
        value: number,
        reason: number === '' ? 'missing' : 'not-an-application-number',
        detail: { state: numberState },
      },
    }
  const { right } = read
  return {
    record: {
      applicationKey,
      applicationNumber: read.applicationNumber,
      publicationNumber: documentNumber(publication, { office: 'CN' })?.publicationNumber ?? null,
      title: title.slice(0, 500),
      team: cells.team?.slice(0, 200) ?? null,
      facts: factsOf(
        cells,
        right === 'invention' || right === 'utility-model' || right === 'design' ? right : null,
      ),
    },
  }
}

type Cells = ReturnType<typeof columns.read>

function factsOf(cells: Cells, right: CloudFacts['right']): CloudFacts {
  const status = cells.status?.trim()
  return {
    right,
    legalStatus: status === undefined ? null : (STATUS_WORDS[status.toLowerCase()] ?? 'unknown'),
    filedOn: dayOf(cells.filedOn),
    ipc: (cells.ipc ?? '').split(/[;；,，|\s]+/u).filter((code) => /^[A-H]\d\d[A-Z]/.test(code)),
    familySize: countOf(cells.family),
    timesCited: countOf(cells.cited),
    claims: countOf(cells.claims),
    used: yesOf(cells.used),
  }
}

function dayOf(text: string | undefined): string | null {
  return text === undefined ? null : (dayIn(text) ?? null)
}

function countOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text.trim()) ? Number(text) : null
}

function yesOf(text: string | undefined): boolean | null {
  if (text === undefined) return null
  if (/^(?:否|无|未|没有|no|false|0)/iu.test(text.trim())) return false
  return /^(?:是|已|有|转让|许可|实施|yes|true|1)/iu.test(text.trim()) ? true : null
}

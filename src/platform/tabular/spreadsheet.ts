import * as XLSX from '@e965/xlsx'
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { guardArchive } from './archive.ts'
import { type Findings, UnreadableFile } from './finding.ts'
import type { RawRow } from './row.ts'

XLSX.set_cptable(codepages)

export interface Sheet {
  readonly name: string
  readonly rows: readonly RawRow[]
}

const MAX_CELLS = 5_000_000

/**
 * Reads .xlsx and the older .xls. The range that a sheet declares is not believed, since exporters write `A1:J1` over
 * thousands of rows; the cells are. Text is what the cell holds, not how it is displayed, so that a number shown as
 * `2.01E+12` is still whole where the spreadsheet kept it.
 */
export function readSheets(bytes: Uint8Array, format: 'xls' | 'xlsx', findings: Findings): Sheet[] {
  if (format === 'xlsx') guardArchive(bytes)
  const book = open(bytes)
  const epoch1904 = book.Workbook?.WBProps?.date1904 === true
  let cells = 0
  return book.SheetNames.map((name) => {
    const sheet = book.Sheets[name]
    if (sheet === undefined) return { name, rows: [] }
    const grid = sheet['!data'] ?? []
    const width = grid.reduce((widest, row) => Math.max(widest, row?.length ?? 0), 0)
    cells += width * grid.length
    if (cells > MAX_CELLS) throw new UnreadableFile('too-large', { cells, most: MAX_CELLS })
    checkRange(name, sheet, grid.length, width, findings)
    const filled = spreadMerges(name, sheet, grid, findings)
    const rows = Array.from(filled, (row, index) => {
      const place = { line: index + 1, sheet: name }
      const texts = Array.from({ length: width }, (_, column) => {
        const cell = row?.[column]
        if (cell?.f !== undefined) findings.note('formula', place)
        return cell === undefined ? '' : cellText(cell, epoch1904)
      })
      return { place, cells: texts }
    })
    return { name, rows }
  })
}

function open(bytes: Uint8Array): XLSX.WorkBook {
  try {
    return XLSX.read(bytes, { type: 'array', dense: true, cellFormula: true, cellNF: true, cellText: false })
  } catch (error) {
    const encrypted = error instanceof Error && /password|encrypt/i.test(error.message)
    throw new UnreadableFile(encrypted ? 'encrypted' : 'damaged', {}, { cause: error })
  }
}

type Grid = readonly (readonly (XLSX.CellObject | undefined)[] | undefined)[]

function checkRange(
  name: string,
  sheet: XLSX.WorkSheet,
  rows: number,
  width: number,
  findings: Findings,
): void {
  const declared = sheet['!ref']
  if (declared === undefined || rows === 0) return
  const { s, e } = XLSX.utils.decode_range(declared)
  if (e.r + 1 >= rows && e.c + 1 >= width) return
  const actual = XLSX.utils.encode_range({ s, e: { r: rows - 1, c: width - 1 } })
  findings.note('wrong-declared-range', { line: 1, sheet: name }, { declared, actual })
}

/** A merged cell says the same of every row and column it covers. */
function spreadMerges(name: string, sheet: XLSX.WorkSheet, grid: Grid, findings: Findings): Grid {
  const merges = sheet['!merges'] ?? []
  if (merges.length === 0) return grid
  const filled = Array.from(grid, (row) => [...(row ?? [])])
  for (const { s, e } of merges) {
    findings.note('merged-cells', { line: s.r + 1, sheet: name })
    const value = filled[s.r]?.[s.c]
    // Not beyond the cells there are: a merge may be declared over a million empty rows.
    for (let row = s.r; row <= Math.min(e.r, filled.length - 1); row += 1) {
      for (let column = s.c; column <= Math.min(e.c, 16_383); column += 1) {
        const line = filled[row]
        if (line !== undefined && value !== undefined) line[column] = value
      }
    }
  }
  return filled
}

function cellText(cell: XLSX.CellObject, epoch1904: boolean): string {
  switch (cell.t) {
    case 's':
      return String(cell.v ?? '')
    case 'b':
      return cell.v === true ? 'TRUE' : 'FALSE'
    case 'e':
      return ERRORS[Number(cell.v)] ?? '#ERROR!'
    case 'd':
      return cell.v instanceof Date ? cell.v.toISOString().slice(0, 10) : String(cell.v ?? '')
    case 'n':
      return typeof cell.v === 'number' ? numberText(cell.v, String(cell.z ?? ''), epoch1904) : ''
    default:
      return ''
  }
}

const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

function numberText(value: number, format: string, epoch1904: boolean): string {
  if (format === '' || !XLSX.SSF.is_date(format)) return String(value)
  const parts = XLSX.SSF.parse_date_code(value, { date1904: epoch1904 })
  if (!parts) return String(value)
  const day = `${String(parts.y).padStart(4, '0')}-${two(parts.m)}-${two(parts.d)}`
  return parts.H || parts.M || parts.S ? `${day} ${two(parts.H)}:${two(parts.M)}:${two(parts.S)}` : day
}

function two(part: number): string {
  return String(part).padStart(2, '0')
}

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sharedData } from '#testing/shared-data.ts'
import { provinceOf } from './provinces.rules.ts'
import { fieldOf, fieldsOf, TECHNOLOGY_FIELDS } from './technology-fields.rules.ts'

test('there are 35 fields, and no class belongs to two', () => {
  expect(TECHNOLOGY_FIELDS.map(({ number }) => number)).toEqual(Array.from({ length: 35 }, (_, i) => i + 1))
  const symbols = TECHNOLOGY_FIELDS.flatMap(({ ipc }) => ipc.split(' '))
  expect(new Set(symbols).size).toBe(symbols.length)
})

test.each([
  ['H01M10/0525', 1],
  ['G01N33/68', 11],
  ['G01N21/01', 10],
  ['H04N7/18', 2],
  ['H04N1/00', 3],
  ['H01L21/02', 8],
  ['A61K8/97', 14],
  ['H01M', 1],
  ['X99', undefined],
] as const)('%s belongs to field %s', (symbol, field) => {
  expect(fieldOf(symbol)).toBe(field)
})

test('a document counts once in each of its fields', () => {
  expect(fieldsOf(['H01M10/05', 'H01M4/02', 'G01N33/68', '??'])).toEqual([1, 11])
})

test.each([
  ['浙江省杭州市西湖区', '浙江'],
  ['310000 浙江省杭州市', '浙江'],
  ['中国上海市', '上海'],
  ['杭州市西湖区', ''],
  [null, ''],
] as const)('the province of %s is %s', (address, province) => {
  expect(provinceOf(address)).toBe(province)
})

const table = sharedData('reference/wipo_ipc_technology_35_fields.csv')
test.skipIf(table === undefined || !existsSync(table))(
  '[F060] every row of the published table is followed',
  () => {
    const lines = readFileSync(table ?? '', 'utf8')
      .split(/\r?\n/)
      .slice(1)
      .filter(Boolean)
    const wrong = lines.flatMap((line) => {
      const number = Number(/^\d+/.exec(line)?.[0])
      const symbol = /,([A-H]\d\d[A-Z][ \d]*)\/?%/.exec(line)?.[1]?.replaceAll(' ', '') ?? ''
      return fieldOf(symbol) === number ? [] : [line]
    })
    expect(wrong).toEqual([])
  },
)

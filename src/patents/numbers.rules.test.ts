import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sharedData } from '#testing/shared-data.ts'
import { locarnoClass, symbol, symbolList } from './classes.rules.ts'
import { dayIn, orderOfDays } from './days.rules.ts'
import { agencyIn, namesIn, partyOf, postalAddress } from './names.rules.ts'
import { applicationNumber, documentNumber } from './numbers.rules.ts'
import { legalEvent, statusInWords } from './status.rules.ts'

test.for([
  ['CN 104751825 B', {}, 'CN104751825B'],
  ['104751825', { office: 'CN', kind: 'B' }, 'CN104751825B'],
  ['CN:101551481:B', {}, 'CN101551481B'],
  ['CN85100001A', {}, 'CN85100001A'],
  ['US 2013/0101709 A1', {}, 'US20130101709A1'],
  ['US2012057518', { kind: 'A1' }, 'US20120057518A1'],
  ['07272630', { office: 'US', kind: 'B2' }, 'US7272630B2'],
  ['D0435854', { office: 'US', kind: 'S' }, 'USD435854S'],
  ['WO 02/14184', {}, 'WO2002014184'],
  ['WO9625012', {}, 'WO1996025012'],
  ['EP1820402', {}, 'EP1820402'],
  // An application, a destroyed number, a letter of another right, a date.
  ['CN201220249767.4', {}, undefined],
  ['2.01E+12', { office: 'CN' }, undefined],
  ['CN202644312B', {}, undefined],
  ['2013.01.02', {}, undefined],
] as const)('[F057] the document %s %o is %s', ([given, options, expected]) => {
  expect(documentNumber(given, options)?.publicationNumber).toBe(expected)
})

test.for([
  ['ZL201220249767.4', 'CN201220249767.4', 'sound', 'CN201220249767'],
  ['201830264854X', 'CN201830264854.X', 'sound', 'CN201830264854'],
  ['CN2009101277538A', 'CN200910127753.8', 'sound', 'CN200910127753'],
  ['CN85105156', 'CN85105156', 'unchecked', 'CN85105156'],
  ['CN96121602.6', 'CN96121602.6', 'sound', 'CN96121602'],
  ['201220249767.5', '201220249767.5', 'checkDigitFails', null],
  ['2.01E+12', '2.01E+12', 'destroyed', null],
  ['CN12', 'CN12', 'malformed', null],
  ['', '', 'missing', null],
  ['US 201213657122 A', 'US13657122', 'unchecked', 'US13657122'],
  ['PCT/CN2016/085365', 'PCTCN2016085365', 'unchecked', 'PCTCN2016085365'],
] as const)('[F057] the application %s becomes %s, %s', ([given, number, state, key]) => {
  expect(applicationNumber(given)).toMatchObject({
    applicationNumber: number,
    numberState: state,
    applicationKey: key,
  })
})

test('an American number of before 2001 that ends in its year is not taken for a later series', () => {
  const old = applicationNumber('US 17439471 A', { filedYear: 1971 })
  expect(old.applicationKey).not.toBe(applicationNumber('US 17439471', { filedYear: 2021 }).applicationKey)
})

const validators = sharedData('validators/cn_application_numbers.csv')
test.skipIf(validators === undefined)('[F057] all 440 numbers of real files are sound', () => {
  const numbers = readFileSync(validators ?? '', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '')
  const states = numbers.map((number) => applicationNumber(number, { office: 'CN' }).numberState)
  expect([states.length, states.filter((state) => state !== 'sound')]).toEqual([440, []])
})

test.for([
  ['2019.07.09', '2019-07-09'],
  ['20190709', '2019-07-09'],
  ['2019年7月9日', '2019-07-09'],
  ['2017-03-01T00:00:00', '2017-03-01'],
  ['21.08.2009', '2009-08-21'],
  ['21/09/76', '1976-09-21'],
  ['Oct 22, 2012', '2012-10-22'],
  ['43655', '2019-07-09'],
  ['19981000', undefined],
  ['2019-02-30', undefined],
  ['CN104751825B', undefined],
  ['12', undefined],
] as const)('a cell %s is the day %s', ([cell, day]) => {
  expect(dayIn(cell)).toBe(day)
})

test('a column tells by its other values whether day or month comes first', () => {
  expect(orderOfDays(['03/04/2019', '04/25/2019'])).toEqual({ order: 'month-first', certain: true })
  expect(orderOfDays(['03/04/2019'])).toEqual({ order: 'day-first', certain: false })
  expect(orderOfDays(['2019-04-03'])).toBeUndefined()
})

test('classes lose spaces, editions and stray marks, and those of designs are told apart', () => {
  expect(symbolList('G01C21/00(2006.01)I;??H04W  84/12 (2009.01)I;;A61B005/00').codes).toEqual([
    'G01C21/00',
    'H04W84/12',
    'A61B5/00',
  ])
  expect([symbol('H01M2300/0085'), symbol('A01B'), symbol('nothing')]).toEqual([
    'H01M2300/0085',
    'A01B',
    undefined,
  ])
  expect(['01-01 (12)', 'LOC(10)Cl.14-02', '1402', '11-', '33-01'].map(locarnoClass)).toEqual([
    '01-01',
    '14-02',
    '14-02',
    '11',
    undefined,
  ])
})

test('names come apart where people part them, and what exporters glue to them comes off', () => {
  expect(namesIn('A.尚穆加孙达拉姆;??S.彭纳姆巴拉姆;', { people: true })).toEqual([
    'A.尚穆加孙达拉姆',
    'S.彭纳姆巴拉姆',
  ])
  expect(namesIn('王慧,李晓光、高志虎', { people: true })).toEqual(['王慧', '李晓光', '高志虎'])
  expect(namesIn('DEPOORTERE, Thomas', { people: true })).toEqual(['DEPOORTERE, Thomas'])
  expect(namesIn('不公告发明人', { people: true })).toEqual([])
  expect(partyOf('9SOLUTIONS OY [FI]')).toMatchObject({ name: '9SOLUTIONS OY', country: 'FI' })
  expect(partyOf('乙公司', '日本东京都')).toMatchObject({ country: 'JP' })
  expect(postalAddress('100176北京市某路')).toEqual({ postcode: '100176', address: '北京市某路' })
  expect(agencyIn('甲专利代理有限公司 32243')).toEqual({ name: '甲专利代理有限公司', code: '32243' })
})

test('[F046] words and codes say what became of a right', () => {
  expect(
    [
      '未缴年费专利权终止',
      '实质审查的生效',
      '专利权的视为放弃',
      '授权',
      '有效',
      'Expired - Fee Related',
      'Active',
      '什么',
    ].map(statusInWords),
  ).toEqual(['lapsed', 'pending', 'abandoned', 'in-force', 'in-force', 'lapsed', 'in-force', undefined])
  expect(
    [
      legalEvent('CN', 'CF01', null, ''),
      legalEvent('CN', 'TR01', null, '专利权的转移'),
      legalEvent('CN', '', null, '专利权的转移'),
    ].map(({ effect }) => effect),
  ).toEqual(['lapsed', null, null])
})

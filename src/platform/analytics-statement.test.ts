import fc from 'fast-check'
import { expect, test } from 'vitest'

import { quoted, readStatement, splitStatements, StatementRefused } from './analytics-statement.ts'

test.for([
  ['SELECT 1 \nFORMAT JSONEachRow', { kind: 'SELECT', body: 'SELECT 1 \n', format: 'JSONEachRow' }],
  ['select 1; ', { kind: 'SELECT', body: 'select 1' }],
  ['(select 1) format CSV;', { kind: 'SELECT', body: '(select 1) ', format: 'CSV' }],
  ['-- why\nWITH 1 AS x SELECT x', { kind: 'WITH', body: '-- why\nWITH 1 AS x SELECT x' }],
  ['select format from t', { kind: 'SELECT', body: 'select format from t' }],
  ["select ';' -- ; x\n, 2", { kind: 'SELECT', body: "select ';' -- ; x\n, 2" }],
  [String.raw`select 'it\'s; ''quoted''', "a;b", ${'`c;d`'}`, undefined],
  ['select $a$ ; drop table t $a$', undefined],
  [
    'INSERT INTO t (a, format) FORMAT JSONEachRow',
    { kind: 'INSERT', body: 'INSERT INTO t (a, format) ', format: 'JSONEachRow' },
  ],
  ["insert into t values (1, ';'); ", { kind: 'INSERT', body: "insert into t values (1, ';'); " }],
  [
    'INSERT INTO t FORMAT CSV\n1;2\n',
    { kind: 'INSERT', body: 'INSERT INTO t ', format: 'CSV', data: '1;2\n' },
  ],
  ['insert into t select a from b', { kind: 'INSERT', body: 'insert into t select a from b' }],
] as const)('one statement is read: %s', ([sql, expected]) => {
  expect(readStatement(sql)).toEqual(expected ?? { kind: 'SELECT', body: sql })
})

test.for([
  ['', 62],
  ['  -- only a comment', 62],
  ['select 1; select 2', 62],
  ["select 'a'; drop table t --", 62],
  ["select 1 into outfile 'x'", 48],
  ["insert into t from infile '/etc/passwd' format CSV", 48],
] as const)('"%s" is refused with code %i', ([sql, code]) => {
  expect(() => readStatement(sql)).toThrow(StatementRefused)
  expect(() => readStatement(sql)).toThrow(`Code: ${code}.`)
})

test('no text between quotes can end the statement it stands in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readStatement(`SELECT ${quoted(text)} AS v FORMAT CSV`).format).toBe('CSV')
    }),
  )
})

test('a file is split into its statements, and semicolons in texts and comments split nothing', () => {
  expect(
    splitStatements(
      "-- first; note\nCREATE TABLE a (x String DEFAULT ';');\n\n;/* ; */ DROP TABLE b -- end;\n",
    ),
  ).toEqual(["CREATE TABLE a (x String DEFAULT ';')", 'DROP TABLE b'])
  expect(splitStatements('  -- nothing\n')).toEqual([])
})

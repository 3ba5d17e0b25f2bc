import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Query, QueryUnreadable, readQuery } from './query.rules.ts'
import { readDays } from './span.rules.ts'

/** The tree in one line: fields by their first mark, places left out. */
function shown(query: Query | undefined): string {
  switch (query?.kind) {
    case undefined:
      return ''
    case 'and':
    case 'or':
      return `(${query.of.map(shown).join(` ${query.kind} `)})`
    case 'not':
      return `not ${shown(query.of)}`
    case 'days':
      return `${query.field.column}[${query.span.from ?? ''},${query.span.to ?? ''}]`
    case 'term': {
      const { field } = query
      const name =
        field === undefined
          ? ''
          : 'field' in field
            ? `${field.field}:`
            : `${'mark' in field ? field.mark : 'marks' in field ? field.marks.join('/') : field.kind}:`
      return `${name}${query.whole ? '=' : ''}${query.quoted ? `"${query.text}"` : query.text}`
    }
  }
}

describe('[F057] queries as people know them', () => {
  test.for([
    ['', ''],
    ['电池', '电池'],
    ['5G 天线', '(5G and 天线)'],
    ['TI=(电池) AND IPC=H01M', '(ti:电池 and ipc:H01M)'],
    ['TI=(锂 OR 钠) 电池', '((ti:锂 or ti:钠) and 电池)'],
    ['ti:"solid electrolyte" pa=Bosch', '(ti:"solid electrolyte" and pa:Bosch)'],
    ['申请人：华为 and 发明人=张三', '(pa:华为 and in:张三)'],
    ['申请（专利权）人=（清华大学 或 北京大学）', '(pa:清华大学 or pa:北京大学)'],
    ['a OR b c NOT d', '(a or (b and c and not d))'],
    ['电池 -铅酸', '(电池 and not 铅酸)'],
    ['电池 非 铅酸', '(电池 and not 铅酸)'],
    ['“固态 电解质”', '"固态 电解质"'],
    ['AD>=2020', 'filed_on[2020-01-01,]'],
    ['公开日=202002', 'published_on[2020-02-01,2020-02-29]'],
    [
      'AD=[20190101 TO 20191231] pd within "2020,2021"',
      '(filed_on[2019-01-01,2019-12-31] and published_on[2020-01-01,2021-12-31])',
    ],
    ['申请日=2019-03-05', 'filed_on[2019-03-05,2019-03-05]'],
    ['ad<2020-01-01', 'filed_on[,2019-12-31]'],
    ['状态=有效 类型=发明', '(status:有效 and right:发明)'],
    ['pa=="云溪电子有限公司"', 'pa:="云溪电子有限公司"'],
    ['一种电池（组）', '一种电池（组）'],
    ['(a(b)c)', 'a(b)c'],
    ['method: battery', '(method: and battery)'],
    ['((a))', 'a'],
    ['cluster:biomedicine', 'cluster:biomedicine'],
  ])('%s', ([typed, tree]) => {
    expect(shown(readQuery(typed ?? ''))).toBe(tree)
  })
})

describe('[F057] what cannot be read says what and where', () => {
  test.for([
    ['电池 "固态', 'unclosedQuote', 3, 3],
    ['(电池 AND 电容', 'unclosedParenthesis', 0, 1],
    ['电池)', 'unexpectedClosing', 2, 1],
    ['电池 AND', 'missingOperand', 3, 3],
    ['OR 电池', 'missingOperand', 0, 2],
    ['电池 标签=1', 'unknownField', 3, 2],
    ['xx:1', 'unknownField', 0, 2],
    ['TI=', 'emptyValue', 0, 3],
    ['TI=()', 'emptyValue', 3, 2],
    ['电池 AD=2020-13', 'notADay', 6, 7],
    ['AD=2021:2020', 'notADay', 3, 9],
    ['PA>华为', 'onlyDaysCompare', 0, 3],
    [`${'('.repeat(40)}a${')'.repeat(40)}`, 'tooDeep', 25, 1],
    [Array.from({ length: 65 }, (_, at) => `w${at}`).join(' '), 'tooManyTerms', 246, 3],
  ] as const)('%s', ([typed, fault, at, length]) => {
    let thrown: unknown
    try {
      readQuery(typed)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(QueryUnreadable)
    expect(thrown).toMatchObject({ fault, place: { at, length } })
  })
})

/** Nowhere when the text is read; anything thrown but a refusal fails the test. */
function placeRefused(typed: string) {
  try {
    readQuery(typed)
    return { at: 0, length: 0 }
  } catch (error) {
    if (error instanceof QueryUnreadable) return error.place
    throw error
  }
}

test('any text at all is read or refused with a place inside it', () => {
  const signs = 'AND or NOT ( ) （ " “ TI= ad>= 2020 - * = : pa== [ ]'.split(' ')
  const piece = fc.constantFrom('电池', ' ', '\u0000', ...signs)
  const pieces = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(pieces, fc.string({ maxLength: 80 })), (typed) => {
      const place = placeRefused(typed)
      expect(place.at).toBeGreaterThanOrEqual(0)
      expect(place.at + place.length).toBeLessThanOrEqual(typed.length)
    }),
    { numRuns: 500 },
  )
})

test('a span of days holds exactly the days that it says', () => {
  const days = fc
    .integer({ min: 0, max: 60_000 })
    .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10))
  fc.assert(
    fc.property(days, days, (one, other) => {
      const [from = '', to = ''] = [one, other].toSorted()
      expect(readDays(`${from}..${to}`, '=')).toEqual({ from, to })
      expect(readDays(`[${from.replaceAll('-', '')} TO ${to.replaceAll('-', '')}]`, '=')).toEqual({
        from,
        to,
      })
      expect(readDays(from, '>=')).toEqual({ from, to: null })
    }),
  )
})

test.for([
  ['CN 104751825 B', 'CN 104751825 B'],
  ['pn=US 2013/0101709 A1 电池', '(pn:US 2013/0101709 A1 and 电池)'],
  ['CN 2020 电池', '(CN and 2020 and 电池)'],
])('[F057] a number with spaces is one: %s', ([typed, tree]) => {
  expect(shown(readQuery(typed ?? ''))).toBe(tree)
})

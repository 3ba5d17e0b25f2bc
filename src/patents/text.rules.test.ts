import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lexicon, readPhrase, readTerm } from './segmentation.ts'
import { addTokens, isHan, normalised, normalisedWithPlaces } from './text.rules.ts'

const tokensOf = (text: string) => {
  const tokens = new Set<string>()
  addTokens(tokens, normalised(text), lexicon())
  return tokens
}

test.for([
  ['５Ｇ　天线', '5g天线'],
  ['锂 离子\n电池', '锂离子电池'],
  ['Solid  State\tBattery', 'solid state battery'],
  ['（一种）电池¶', '(一种)电池'],
  ['H₂O₂ 溶液', 'h2o2溶液'],
])('%s is read as %s', ([typed, form]) => {
  expect(normalised(typed ?? '')).toBe(form)
})

const chinese = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((unit) => String.fromCharCode(unit))
const common = fc.constantFrom(...'锂离子电池正极材料天线制备方法北京市长江大桥石墨烯高效能源')
const text = fc
  .array(fc.oneof(common, chinese, fc.constantFrom('5G', 'LED', ' ', '，', '(', 'Ａ', 'n', '3.5')), {
    minLength: 1,
    maxLength: 40,
  })
  .map((parts) => parts.join(''))

test('both ways of normalising agree, and every place leads back to the original', () => {
  fc.assert(
    fc.property(text, (original) => {
      const { text: form, places } = normalisedWithPlaces(original)
      expect(form).toBe(normalised(original))
      expect(places.every((place, at) => at === 0 || place >= (places[at - 1] ?? 0))).toBe(true)
    }),
  )
})

describe('[F057] what stands in a text is found in it', () => {
  test('any two neighbours of which one is Chinese, however a segmenter would cut', () => {
    fc.assert(
      fc.property(text, (original) => {
        const form = normalised(original)
        const tokens = tokensOf(original)
        for (let at = 0; at + 2 <= form.length; at++) {
          const pair = form.slice(at, at + 2)
          if (!/^[\p{L}\p{N}]{2}$/u.test(pair) || ![...pair].some(isHan)) continue
          const asked = readTerm(pair).flatMap((piece) => piece.tokens)
          expect(asked.length).toBeGreaterThan(0)
          expect(asked.filter((token) => !tokens.has(token))).toEqual([])
        }
      }),
    )
  })

  test('any stretch as a phrase, and the text itself holds what the phrase asks to verify', () => {
    fc.assert(
      fc.property(text, fc.nat(40), fc.integer({ min: 2, max: 12 }), (original, start, length) => {
        const form = normalised(original)
        const part = form.slice(start, start + length)
        // Letters are found by whole words: a stretch that begins or ends inside one is another question.
        const inside = (at: number) => /[a-z0-9][a-z0-9]/.test(form.slice(at - 1, at + 1))
        const piece = readPhrase(part)
        if (part.length < 2 || piece === undefined || inside(start) || inside(start + length)) return
        const tokens = tokensOf(original)
        expect(piece.tokens.filter((token) => !tokens.has(token))).toEqual([])
        expect(form.includes(piece.text)).toBe(true)
      }),
    )
  })

  test('a word of the dictionary stands among the tokens exactly when it stands in the text', () => {
    const words = ['锂离子', '晶体管', '长江大桥', '北京市', '制备', '数据共享']
    fc.assert(
      fc.property(fc.array(fc.oneof(common, fc.constantFrom(...words)), { maxLength: 20 }), (parts) => {
        const original = parts.join('')
        const tokens = tokensOf(original)
        for (const word of words) expect(tokens.has(word)).toBe(original.includes(word))
      }),
    )
  })
})

import type { Random } from '../random.ts'
import type { TwinParameters } from './parameters.ts'

/** Names of nobody: put together from lists, so that a likeness to a living person or firm is chance. */
const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
]
const givenNames = [
  ...'安澄川丹帆谷涵禾嘉简可岚朗霖陌楠宁沛祺清冉若珊书棠庭望文希晓行雪言屹吟由元远钰泽昭芷知',
]
const firmWords = [
  '启',
  '衡',
  '嘉',
  '诚',
  '睿',
  '讯',
  '源',
  '博',
  '瑞',
  '华',
  '创',
  '达',
  '微',
  '新',
  '卓',
  '旭',
  '恒',
  '泰',
  '思',
  '维',
  '凌',
  '云',
  '翼',
  '辰',
  '澜',
  '拓',
]
const firmTrades = [
  ['智能装备', 'Intelligent Equipment'],
  ['生物医药', 'Biopharma'],
  ['集成电路', 'Integrated Circuits'],
  ['新材料', 'Advanced Materials'],
  ['电力科技', 'Power Technology'],
  ['汽车电子', 'Automotive Electronics'],
  ['软件技术', 'Software'],
  ['通信技术', 'Communications'],
  ['环保科技', 'Environmental Technology'],
  ['医疗器械', 'Medical Devices'],
] as const
const agencyTrades = [
  ['知识产权代理有限公司', 'Intellectual Property Agency Co., Ltd.'],
  ['专利代理事务所（普通合伙）', 'Patent Attorneys LLP'],
  ['知识产权服务有限公司', 'IP Services Co., Ltd.'],
  ['知识产权运营有限公司', 'IP Operations Co., Ltd.'],
  ['律师事务所', 'Law Firm'],
  ['知识产权咨询有限公司', 'IP Consulting Co., Ltd.'],
  ['专利商标代理有限公司', 'Patent & Trademark Agency Co., Ltd.'],
] as const

export interface Name {
  readonly zh: string
  readonly en: string
}

/** Makes names without repeating one. */
export class NameMaker {
  readonly #random: Random
  readonly #places: readonly string[]
  readonly #placesEn: readonly string[]
  readonly #used = new Set<string>()

  constructor(random: Random, { placeWords, placeWordsEn }: TwinParameters) {
    this.#random = random
    this.#places = placeWords
    this.#placesEn = placeWordsEn
  }

  person(): string {
    return this.#unused(() => {
      const given = this.#random.sample(givenNames, this.#random.chance(0.8) ? 2 : 1).join('')
      return { zh: this.#random.pick(surnames) + given, en: '' }
    }, false).zh
  }

  firm(): Name {
    return this.#unused(() => {
      const place = this.#random.integer(0, this.#places.length - 1)
      const brand = this.#brand()
      const [trade, tradeEn] = this.#random.pick(firmTrades)
      return {
        zh: `${this.#places[place]}${brand}${trade}${this.#random.chance(0.15) ? '股份有限公司' : '有限公司'}`,
        en: `${this.#placesEn[place % this.#placesEn.length]} ${latin(brand)} ${tradeEn} Co., Ltd.`,
      }
    })
  }

  agency(): Name {
    return this.#unused(() => {
      const place = this.#random.integer(0, this.#places.length - 1)
      const brand = this.#brand()
      const [trade, tradeEn] = this.#random.pick(agencyTrades)
      return {
        zh: `${this.#places[place]}${brand}${trade}`,
        en: `${this.#placesEn[place % this.#placesEn.length]} ${latin(brand)} ${tradeEn}`,
      }
    })
  }

  #brand(): string {
    return this.#random.sample(firmWords, this.#random.chance(0.6) ? 2 : 3).join('')
  }

  #unused(make: () => Name, unique = true): Name {
    for (;;) {
      const name = make()
      if (unique && this.#used.has(name.zh)) continue
      this.#used.add(name.zh)
      return name
    }
  }
}

const readings: Readonly<Record<string, string>> = {
  启: 'qi',
  衡: 'heng',
  嘉: 'jia',
  诚: 'cheng',
  睿: 'rui',
  讯: 'xun',
  源: 'yuan',
  博: 'bo',
  瑞: 'rui',
  华: 'hua',
  创: 'chuang',
  达: 'da',
  微: 'wei',
  新: 'xin',
  卓: 'zhuo',
  旭: 'xu',
  恒: 'heng',
  泰: 'tai',
  思: 'si',
  维: 'wei',
  凌: 'ling',
  云: 'yun',
  翼: 'yi',
  辰: 'chen',
  澜: 'lan',
  拓: 'tuo',
}

function latin(brand: string): string {
  const text = [...brand].map((word) => readings[word] ?? '').join('')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

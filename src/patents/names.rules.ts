/** Names of people and organisations in one cell, and what exporters glue to them: countries, postcodes, agency codes. */
import { tidyName } from '../parties/names.rules.ts'
import { provinceOf } from './provinces.rules.ts'
import type { PatentParty } from './record.rules.ts'

/** Chinese names of the places that patents mostly come from, as gazettes put them before an address (WIPO ST.3). */
const PLACES: readonly (readonly [string, string])[] = `
  中国台湾 TW, 中国香港 HK, 中国澳门 MO, 台湾 TW, 香港 HK, 澳门 MO, 美国 US, 日本 JP, 德国 DE,
  韩国 KR, 法国 FR, 英国 GB, 瑞士 CH, 荷兰 NL, 瑞典 SE, 意大利 IT, 加拿大 CA, 以色列 IL,
  芬兰 FI, 丹麦 DK, 奥地利 AT, 比利时 BE, 澳大利亚 AU, 新加坡 SG, 西班牙 ES, 挪威 NO, 爱尔兰 IE,
  印度尼西亚 ID, 印度 IN, 卢森堡 LU, 新西兰 NZ, 俄罗斯 RU, 俄罗斯联邦 RU, 巴西 BR, 南非 ZA,
  泰国 TH, 马来西亚 MY, 越南 VN, 菲律宾 PH, 土耳其 TR, 波兰 PL, 捷克 CZ, 匈牙利 HU, 葡萄牙 PT,
  希腊 GR, 墨西哥 MX, 阿根廷 AR, 智利 CL, 列支敦士登 LI, 开曼群岛 KY, 百慕大 BM,
  英属维尔京群岛 VG, 英属维京群岛 VG, 巴巴多斯 BB, 塞浦路斯 CY, 马耳他 MT, 冰岛 IS, 乌克兰 UA,
  白俄罗斯 BY, 罗马尼亚 RO, 保加利亚 BG, 斯洛文尼亚 SI, 斯洛伐克 SK, 克罗地亚 HR, 塞尔维亚 RS,
  爱沙尼亚 EE, 拉脱维亚 LV, 立陶宛 LT, 沙特阿拉伯 SA, 阿联酋 AE, 阿拉伯联合酋长国 AE, 埃及 EG,
  古巴 CU, 哥伦比亚 CO, 毛里求斯 MU, 塞舌尔 SC, 萨摩亚 WS, 摩纳哥 MC, 巴拿马 PA, 哈萨克斯坦 KZ,
  巴基斯坦 PK`
  .split(',')
  .map((pair) => pair.trim().split(' ') as [string, string])
  .toSorted(([a], [b]) => b.length - a.length)

/** Places with an office of their own in WIPO ST.3. */
const REGIONS: Readonly<Record<string, string>> = { 台湾: 'TW', 香港: 'HK', 澳门: 'MO' }

/** The country that a Chinese address begins with, or undefined: a province, then China. */
export function countryOfAddress(address: string): string | undefined {
  const province = provinceOf(address)
  if (province !== '') return REGIONS[province] ?? 'CN'
  const place = PLACES.find(([name]) => address.startsWith(name))?.[1]
  return place ?? (address.startsWith('中国') ? 'CN' : undefined)
}

/** `317200 浙江省台州市…` or `100176北京市…`: the postcode apart from the address. */
export function postalAddress(text: string): {
  readonly postcode: string | null
  readonly address: string | null
} {
  const cell = tidyName(text)
  const parts = /^(\d{6})\s*(\D.*)$/u.exec(cell)
  if (parts === null) return { postcode: null, address: cell === '' ? null : cell }
  return { postcode: parts[1] ?? null, address: parts[2] ?? null }
}

/** What a cell says where it has nothing to say. */
export const isBlank = (text: string): boolean =>
  /^\s*(?:na|n\/a|null|none|nan|无|暂无|不详|-+|—+|--|\/)?\s*$/i.test(text)

/** A leading `??` is what a conversion left of a space that the encoding did not have. */
export const hasStrayMarks = (text: string): boolean => /(?:^|[;；])\s*[?？]{2}/.test(text)

const han = /\p{Script=Han}/u

interface Split {
  /** Whether 、 and , also part names: those of people, never those of companies, which may hold them. */
  readonly people?: boolean
}

/** The names of a cell, each once: parted by `;`, `;;`, `|`, line ends, and those of people in Chinese also by 、 and commas. */
export function namesIn(text: string, { people = false }: Split = {}): string[] {
  const cell = text.normalize('NFC')
  const hard = cell.split(/[;；|\n\r]+/)
  // `DEPOORTERE, Thomas` is one person; 王慧,李晓光 are two.
  const chinese = people && hard.length === 1 && han.test(cell)
  const parts = chinese
    ? cell.split(/[,，、]+/)
    : people && han.test(cell)
      ? hard.flatMap((one) => one.split('、'))
      : hard
  const names = new Set<string>()
  for (const part of parts) {
    const name = tidyName(part.replace(/^[\s?？]+/, ''))
      .replace(/^[,，、]+|[,，、]+$/g, '')
      .trim()
    if (!isBlank(name) && !/^不公告(?:发明人|设计人)$/.test(name)) names.add(name.slice(0, 500))
  }
  return [...names]
}

/** A party from its name as databases write it: `9SOLUTIONS OY [FI]`, `Siemens AG (DE)`. */
export function partyOf(
  text: string,
  address: string | null = null,
  country: string | null = null,
): PatentParty {
  const parts = /^(.*\S)\s*[[(]([A-Z]{2})[\])]$/.exec(text)
  const name = tidyName(parts?.[1] ?? text).replace(/,$/, '')
  const known = parts?.[2] ?? country ?? (address === null ? null : (countryOfAddress(address) ?? null))
  return { name: name.slice(0, 500), country: known, address }
}

/** The parties of a cell. The address of a file is that of the first of them. */
export function partiesIn(text: string, address: string | null = null): PatentParty[] {
  return namesIn(text).map((name, index) => partyOf(name, index === 0 ? address : null))
}

/** `某某知识产权代理有限公司 32243`: the name and the code that the office gave it. */
export function agencyIn(text: string): { name: string | null; code: string | null } | null {
  const cell = tidyName(text)
  if (isBlank(cell)) return null
  const parts = /^(.*?)[\s([（【]*(\d{5})[)\]）】]?$/u.exec(cell)
  if (parts === null) return { name: cell.slice(0, 300), code: null }
  const name = (parts[1] ?? '').trim()
  return { name: name === '' ? null : name.slice(0, 300), code: parts[2] ?? null }
}

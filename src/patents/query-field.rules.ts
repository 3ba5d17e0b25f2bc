/** The fields of the query language, under the names that people know from CNIPA, Espacenet and elsewhere. */
import { LegalStatus, Right, Stage } from './record.rules.ts'

export const TEXT_FIELDS = ['all', 'ti', 'ab', 'cl', 'ta'] as const
export type TextField = (typeof TEXT_FIELDS)[number]

export type DayColumn = 'filed_on' | 'published_on' | 'granted_on'

export type Field =
  | { readonly kind: 'text'; readonly field: TextField }
  | { readonly kind: 'name'; readonly field: 'pa' | 'ow' | 'in' | 'ag' | 'at' }
  | { readonly kind: 'number'; readonly marks: readonly string[] }
  | { readonly kind: 'class'; readonly marks: readonly string[] }
  | { readonly kind: 'code'; readonly mark: string }
  | { readonly kind: 'word'; readonly mark: string; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'day'; readonly column: DayColumn }
  | { readonly kind: 'cluster' }

const text = (field: TextField): Field => ({ kind: 'text', field })
const name = (field: 'pa' | 'ow' | 'in' | 'ag' | 'at'): Field => ({ kind: 'name', field })
const number = (...marks: string[]): Field => ({ kind: 'number', marks })
const classes = (...marks: string[]): Field => ({ kind: 'class', marks })
const day = (column: DayColumn): Field => ({ kind: 'day', column })

/** Words for the values of a field, each language and its code. */
const spoken = <Value extends string>(values: readonly Value[], words: Readonly<Record<string, Value>>) => ({
  ...Object.fromEntries(values.map((value) => [value, value])),
  ...words,
})

export const STATUS_WORDS = spoken(LegalStatus.options, {
  审中: 'pending',
  在审: 'pending',
  公开: 'pending',
  有效: 'in-force',
  授权: 'in-force',
  有权: 'in-force',
  失效: 'lapsed',
  未缴年费: 'lapsed',
  届满: 'expired',
  期限届满: 'expired',
  放弃: 'abandoned',
  撤回: 'withdrawn',
  视撤: 'withdrawn',
  驳回: 'refused',
  无效: 'revoked',
  终止: 'ended',
  未知: 'unknown',
  granted: 'in-force',
  active: 'in-force',
  dead: 'ended',
})
export const RIGHT_WORDS = spoken(Right.options, {
  发明: 'invention',
  发明专利: 'invention',
  实用新型: 'utility-model',
  外观: 'design',
  外观设计: 'design',
  植物: 'plant',
  其他: 'other',
  utility: 'utility-model',
  model: 'utility-model',
})
const STAGE_WORDS = spoken(Stage.options, { 申请: 'application', 公开: 'application', 授权: 'grant' })

const table: readonly (readonly [Field, string])[] = [
  [text('all'), 'all txt ft 全文 关键词 keyword'],
  [text('ti'), 'ti title 标题 名称 发明名称 专利名称'],
  [text('ab'), 'ab abst abstract 摘要'],
  [text('cl'), 'cl clm claims 权利要求 权利要求书 主权项'],
  [text('ta'), 'ta tiab 标题摘要 名称摘要'],
  [name('pa'), 'pa applicant 申请人 申请（专利权）人'],
  [name('ow'), 'ow owner assignee 权利人 专利权人 当前权利人'],
  [name('in'), 'in inventor 发明人 设计人 发明（设计）人'],
  [name('ag'), 'ag agency 代理机构 专利代理机构'],
  [name('at'), 'at attorney agent 代理人 代理师'],
  [number('pn'), 'pn publication 公开号 公告号 公开（公告）号 授权公告号'],
  [number('an', 'key'), 'an ap application 申请号 专利号'],
  [number('pn', 'an', 'key', 'pr'), 'num number 号码'],
  [number('pr'), 'pr priority 优先权 优先权号'],
  [number('fam'), 'fam family 同族 同族号'],
  [classes('ipc'), 'ipc ic int.cl 分类号 国际分类号'],
  [classes('mipc'), 'mipc mc 主分类号'],
  [classes('cpc'), 'cpc'],
  [classes('ipc', 'cpc'), 'cl7 class 分类'],
  [{ kind: 'code', mark: 'loc' }, 'loc locarno 洛迦诺'],
  [{ kind: 'code', mark: 'agc' }, 'agc agencycode 机构代码'],
  [{ kind: 'code', mark: 'oc' }, 'oc office 公开国 国别 受理局'],
  [{ kind: 'code', mark: 'cc' }, 'cc country 申请人国别'],
  [{ kind: 'code', mark: 'kind' }, 'kind kd 文献种类'],
  [{ kind: 'word', mark: 'status', values: STATUS_WORDS }, 'status ls 状态 法律状态'],
  [{ kind: 'word', mark: 'right', values: RIGHT_WORDS }, 'right type pt 类型 专利类型'],
  [{ kind: 'word', mark: 'stage', values: STAGE_WORDS }, 'stage 阶段'],
  [day('filed_on'), 'ad filed 申请日 申请日期'],
  [day('published_on'), 'pd published 公开日 公告日 公开（公告）日'],
  [day('granted_on'), 'gd granted 授权日 授权公告日'],
  [{ kind: 'cluster' }, 'cluster industry 产业 集群 产业集群'],
]

const byName = new Map(
  table.flatMap(([field, names]) => names.split(' ').map((one) => [one, field] as const)),
)

/** The field of a name in any of its spellings; undefined for a word that names none. */
export function findField(spelling: string): Field | undefined {
  return byName.get(spelling.normalize('NFKC').toLowerCase().replaceAll('(', '（').replaceAll(')', '）'))
}

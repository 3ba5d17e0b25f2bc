export const DEAL_KINDS = {
  transfer: { zh: '转让', en: 'Transfer' },
  licence: { zh: '许可', en: 'Licence' },
  'open-licence': { zh: '开放许可', en: 'Open licence' },
} as const

export type DealKind = keyof typeof DEAL_KINDS
export const DEAL_KIND_NAMES = Object.keys(DEAL_KINDS) as [DealKind, ...DealKind[]]

export const PLATFORM_KINDS = {
  'operation-centre': { zh: '公共运营中心', en: 'Operation centre' },
  'operation-platform': { zh: '公共运营平台', en: 'Operation platform' },
} as const

export type PlatformKind = keyof typeof PLATFORM_KINDS

export const WORKSITE_KINDS = {
  worksite: { zh: '海外工作站', en: 'Overseas worksite' },
  branch: { zh: '海外分支机构', en: 'Branch abroad' },
} as const

export type WorksiteKind = keyof typeof WORKSITE_KINDS

/** Kinds of matter in which an agency serves a firm. */
export const MATTER_TYPES = {
  agency: { zh: '代理', en: 'Agency' },
  information: { zh: '信息', en: 'Information' },
  consulting: { zh: '咨询', en: 'Consulting' },
  use: { zh: '运用', en: 'Use' },
  conversion: { zh: '转化', en: 'Conversion' },
  protection: { zh: '保护', en: 'Protection' },
  training: { zh: '培训', en: 'Training' },
} as const

export type MatterType = keyof typeof MATTER_TYPES

/** 咨询、运用、转化、保护等事项 (S42): the four kinds that the goal names. */
export const GOAL_MATTER_TYPES = [
  'consulting',
  'use',
  'conversion',
  'protection',
] as const satisfies readonly MatterType[]

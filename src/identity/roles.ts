import type { Audience } from '#platform/access.ts'

/**
 * The plan builds on five classes of actors that govern together (司法机关、行政部门、市场主体、行业组织、社会公众, S7).
 * Every role belongs to exactly one of them.
 */
export const ACTOR_CLASSES = {
  judicial: { zh: '司法机关', en: 'Judicial bodies' },
  administrative: { zh: '行政部门', en: 'Administrative departments' },
  market: { zh: '市场主体', en: 'Market participants' },
  industry: { zh: '行业组织', en: 'Industry organisations' },
  public: { zh: '社会公众', en: 'The public' },
} as const

type ActorClass = keyof typeof ACTOR_CLASSES

export interface RoleDefinition {
  readonly actorClass: ActorClass
  readonly zh: string
  readonly en: string
  /** Staff act for a public office: a second factor is required, and the subject of a record sees them by name. */
  readonly staff: boolean
}

const ROLE_TABLE = {
  'court-clerk': { actorClass: 'judicial', zh: '法院工作人员', en: 'Court clerk', staff: true },
  prosecutor: { actorClass: 'judicial', zh: '检察院工作人员', en: 'Prosecutor', staff: true },

  officer: { actorClass: 'administrative', zh: '经办人员', en: 'Officer', staff: true },
  inspector: { actorClass: 'administrative', zh: '执法检查人员', en: 'Inspector', staff: true },
  statistician: { actorClass: 'administrative', zh: '统计人员', en: 'Statistician', staff: true },
  operator: { actorClass: 'administrative', zh: '运营管理中心人员', en: 'Operations centre', staff: true },
  leader: { actorClass: 'administrative', zh: '领导小组成员', en: 'Leading group member', staff: true },
  auditor: { actorClass: 'administrative', zh: '审计人员', en: 'Auditor', staff: true },
  administrator: { actorClass: 'administrative', zh: '系统管理员', en: 'Administrator', staff: true },

  agency: { actorClass: 'market', zh: '服务机构', en: 'IP service agency', staff: false },
  enterprise: { actorClass: 'market', zh: '企业', en: 'Enterprise', staff: false },
  university: { actorClass: 'market', zh: '高校和科研院所', en: 'University or institute', staff: false },
  bank: { actorClass: 'market', zh: '金融机构', en: 'Bank, insurer or fund', staff: false },
  'foreign-client': { actorClass: 'market', zh: '境外创新主体', en: 'Innovator abroad', staff: false },

  alliance: { actorClass: 'industry', zh: '服务业联盟', en: 'Service alliance', staff: false },
  mediator: { actorClass: 'industry', zh: '调解员', en: 'Mediator', staff: false },
  expert: { actorClass: 'industry', zh: '专家', en: 'Expert', staff: false },

  citizen: { actorClass: 'public', zh: '社会公众', en: 'Citizen', staff: false },
  volunteer: { actorClass: 'public', zh: '志愿者', en: 'Volunteer', staff: false },
} as const satisfies Record<string, RoleDefinition>

export type Role = keyof typeof ROLE_TABLE

export const ROLES: Readonly<Record<Role, RoleDefinition>> = ROLE_TABLE

export const ROLE_NAMES = Object.keys(ROLE_TABLE) as [Role, ...Role[]]

export const STAFF_ROLES: readonly Role[] = ROLE_NAMES.filter((role) => ROLES[role].staff)

export function isRole(name: string): name is Role {
  return Object.hasOwn(ROLE_TABLE, name)
}

/** One staff role is enough: whoever also acts for a public office is held to its rules. */
export function isStaff(roles: readonly string[]): boolean {
  return roles.some((role) => isRole(role) && ROLES[role].staff)
}

/** The audience of an operation: accounts that hold at least one of these roles. */
export function only(...roles: [Role, ...Role[]]): Audience {
  return { kind: 'roles', roles }
}

/** Everyone who acts for a public office. */
export const staff: Audience = { kind: 'roles', roles: STAFF_ROLES }

import type { Role } from './roles.ts'

/** Every demo account signs in with this password; a production start refuses while one of them exists. */
export const DEMO_PASSWORD = 'Lake-Register-2026'

/**
 * The second factor of demo staff, known to everybody, so that the demo walks the real path:
 * `npm run zhiyuan -- user totp officer@demo.zhiyuan.example` prints the code of the moment.
 */
export const DEMO_TOTP_SECRET = 'zhiyuan-demo-second-factor-2026!'

export interface DemoAccount {
  readonly email: string
  readonly name: string
  readonly role: Role
}

const NAMES: Readonly<Record<Role, string>> = {
  'court-clerk': '演示·法院人员',
  prosecutor: '演示·检察人员',
  officer: '演示·经办人员',
  inspector: '演示·检查人员',
  statistician: '演示·统计人员',
  operator: '演示·运营人员',
  leader: '演示·领导成员',
  auditor: '演示·审计人员',
  administrator: '演示·管理员',
  agency: '演示·服务机构',
  enterprise: '演示·企业',
  university: '演示·高校',
  bank: '演示·银行',
  'foreign-client': 'Demo Client Abroad',
  alliance: '演示·联盟',
  mediator: '演示·调解员',
  expert: '演示·专家',
  citizen: '演示·公众',
  volunteer: '演示·志愿者',
}

/** One account a role. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = (Object.entries(NAMES) as [Role, string][]).map(
  ([role, name]) => ({
    email: `${role}@demo.zhiyuan.example`,
    name,
    role,
  }),
)

import { addDays } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { agencyMoveIn } from '../agencies/procedures.ts'
import { type CreatedDemoAccount } from '../identity/public.ts'
import { fileMatter, findRoute } from '../matters/filing.ts'
import type { Standing } from '../matters/standing.ts'
import { applyStep } from '../matters/step.ts'
import { upsertOrganisations } from '../parties/public.ts'
import { daysBefore } from './days-before.ts'

/** A synthetic applicant, and how far its application has come. */
interface Application {
  readonly name: string
  readonly daysAgo: number
  readonly staff: number
  readonly foundedDaysAgo: number
  readonly steps: readonly { readonly step: string; readonly answers?: Readonly<Record<string, unknown>> }[]
}

const accept = { step: 'accept' }
const APPLICATIONS: readonly Application[] = [
  { name: '合成示例·青禾知识产权代理', daysAgo: 1, staff: 4, foundedDaysAgo: 120, steps: [] },
  { name: '合成示例·远山专利检索', daysAgo: 4, staff: 9, foundedDaysAgo: 700, steps: [accept] },
  {
    name: '合成示例·临湖知识产权咨询',
    daysAgo: 8,
    staff: 3,
    foundedDaysAgo: 60,
    steps: [accept, { step: 'place', answers: { follow: 'yes' } }],
  },
  {
    name: '合成示例·晓月商标事务',
    daysAgo: 15,
    staff: 2,
    foundedDaysAgo: 2000,
    steps: [accept, { step: 'refuse', answers: { why: '主要业务不在知识产权服务范围内。' } }],
  },
]

/** Applications to move in at several points of their course, so that the queue has work. Answers how many. */
export async function plantMoveIns(
  tx: Tx,
  context: Context,
  accounts: readonly CreatedDemoAccount[],
): Promise<number> {
  const officer = accounts.find(({ role }) => role === 'officer')
  const [classes] = context.zone.services
  if (officer === undefined || classes === undefined) return 0
  for (const application of APPLICATIONS) await plant(tx, context, application, officer, [classes.code])
  return APPLICATIONS.length
}

async function plant(
  tx: Tx,
  context: Context,
  { name, daysAgo, staff, foundedDaysAgo, steps }: Application,
  officer: CreatedDemoAccount,
  classes: readonly string[],
): Promise<void> {
  const then = daysBefore(tx, context, daysAgo)
  const [party] = await upsertOrganisations(tx, { on: then.today, source: '合成示例数据 (synthetic)' }, [
    { name },
  ])
  if (party === undefined) return
  const industries = context.zone.placement.at(-1)?.parks[0]?.industries ?? []
  const { matter } = await fileMatter(tx, then, {
    procedure: agencyMoveIn,
    answers: { foundedOn: addDays(then.today, -foundedDaysAgo), staff, classes, industries },
    applicant: { kind: 'organisation', accountId: null, organisationId: party.id, name },
    route: await findRoute(then, agencyMoveIn, {}),
    draftId: null,
    cause: null,
    explanations: {},
    hasMaterials: false,
  })
  const standing: Standing = {
    side: 'office',
    isHandler: true,
    accountId: officer.accountId,
    name: officer.name,
    roles: [officer.role],
    stations: [matter.stationCode],
  }
  const later = daysBefore(tx, context, Math.max(0, daysAgo - 1))
  for (const step of steps) await applyStep(tx, later, agencyMoveIn, matter.id, standing, step)
}

import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { PartiesIcon, PlanIcon } from '../ui/icons.ts'

const STAFF = [
  'officer',
  'operator',
  'leader',
  'inspector',
  'statistician',
  'auditor',
  'administrator',
  'court-clerk',
  'prosecutor',
]

export const plan: Room = {
  pages: [
    portalPage('/plan/progress', async () => (await import('./ProgressPage.tsx')).ProgressPage),
    portalPage('/plan/tasks/$code', async () => (await import('./TaskPage.tsx')).TaskPage),
    portalPage('/plan/decisions', async () => (await import('./DecisionsPage.tsx')).DecisionsPage),
    portalPage('/plan/decisions/$number', async () => (await import('./DecisionPage.tsx')).DecisionPage),
    portalPage('/plan/versions/$year/$number', async () => (await import('./VersionPage.tsx')).VersionPage),
    workbenchPage('/work/plan', async () => (await import('./PlanDeskPage.tsx')).PlanDeskPage),
    workbenchPage('/work/plan/seats', async () => (await import('./SeatsPage.tsx')).SeatsPage),
    workbenchPage('/work/plan/tasks/$code', async () => (await import('./TaskDeskPage.tsx')).TaskDeskPage),
    workbenchPage('/work/leading-group', async () => (await import('./LeadingDeskPage.tsx')).LeadingDeskPage),
    workbenchPage('/work/leading-group/$id', async () => (await import('./MeetingPage.tsx')).MeetingPage),
    workbenchPage('/work/issues', async () => (await import('./IssuesPage.tsx')).IssuesPage),
  ],
  navigation: [
    portalDoor('plan', 15, '/plan/progress', { zh: '推进计划', en: 'Progress' }),
    {
      shell: 'workbench',
      order: 20,
      href: '/work/plan',
      label: { zh: '计划与任务', en: 'Plan and tasks' },
      icon: PlanIcon,
      roles: STAFF,
      key: 'p',
    },
    {
      shell: 'workbench',
      order: 21,
      href: '/work/leading-group',
      label: { zh: '领导小组', en: 'Leading group' },
      icon: PartiesIcon,
      roles: STAFF,
    },
    {
      shell: 'workbench',
      order: 22,
      href: '/work/issues',
      label: { zh: '跨部门事项', en: 'Issues' },
      icon: PartiesIcon,
      roles: STAFF,
    },
  ],
}

import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { BoardIcon } from '../ui/icons.ts'

export const reports: Room = {
  pages: [
    portalPage('/reports', async () => (await import('./ReportsPage.tsx')).ReportsPage),
    portalPage('/reports/$id', async () => (await import('./ReportPage.tsx')).ReportPage),
    workbenchPage('/work/reports', async () => (await import('./ReportDeskPage.tsx')).ReportDeskPage),
    workbenchPage('/work/assessments', async () => (await import('./AssessmentsPage.tsx')).AssessmentsPage),
    workbenchPage('/work/assessments/$id', async () => (await import('./AssessmentPage.tsx')).AssessmentPage),
  ],
  navigation: [
    portalDoor('plan', 16, '/reports', { zh: '发展报告', en: 'Reports' }),
    {
      shell: 'workbench',
      order: 62,
      href: '/work/reports',
      label: { zh: '发展报告', en: 'Reports' },
      icon: BoardIcon,
      roles: ['statistician'],
    },
    {
      shell: 'workbench',
      order: 63,
      href: '/work/assessments',
      label: { zh: '自评与证据', en: 'Self-assessment' },
      icon: BoardIcon,
      roles: ['statistician', 'officer', 'leader', 'auditor'],
    },
  ],
}

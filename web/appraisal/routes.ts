import { portalPage, type Room, workbenchPage } from '../app/room.ts'
import { BoardIcon } from '../ui/icons.ts'

export const appraisal: Room = {
  pages: [
    portalPage('/appraisal', async () => (await import('./AppraisalsPage.tsx')).AppraisalsPage),
    portalPage('/appraisal/$year', async () => (await import('./RoundPage.tsx')).RoundPage),
    portalPage(
      '/appraisal/$year/agencies/$code',
      async () => (await import('./AgencyScorePage.tsx')).AgencyScorePage,
    ),
    portalPage(
      '/appraisal/$year/agencies/$code/$measure',
      async () => (await import('./RecordsPage.tsx')).RecordsPage,
    ),
    workbenchPage('/work/appraisal', async () => (await import('./AppraisalDeskPage.tsx')).AppraisalDeskPage),
  ],
  navigation: [
    {
      shell: 'workbench',
      order: 61,
      href: '/work/appraisal',
      label: { zh: '年度考核', en: 'Appraisal' },
      icon: BoardIcon,
      roles: ['officer'],
    },
  ],
}

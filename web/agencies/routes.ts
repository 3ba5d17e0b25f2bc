import { portalPage, type Room, workbenchPage } from '../app/room.ts'
import { TableIcon } from '../ui/icons.ts'

export const agencies: Room = {
  pages: [
    portalPage('/agencies', async () => (await import('./DirectoryPage.tsx')).DirectoryPage),
    portalPage('/agencies/$code', async () => (await import('./AgencyPage.tsx')).AgencyPage),
    workbenchPage('/work/returns', async () => (await import('./ReturnsPage.tsx')).ReturnsPage),
    workbenchPage(
      '/work/returns/$code',
      async () => (await import('./AgencyReturnsPage.tsx')).AgencyReturnsPage,
    ),
    workbenchPage('/work/returns/$code/$period', async () => (await import('./ReturnPage.tsx')).ReturnPage),
  ],
  navigation: [
    { shell: 'portal', order: 30, href: '/agencies', label: { zh: '机构名录', en: 'Directory' } },
    {
      shell: 'workbench',
      order: 30,
      href: '/work/returns',
      label: { zh: '统计报表', en: 'Returns' },
      icon: TableIcon,
      roles: ['agency', 'officer', 'operator', 'statistician'],
    },
  ],
}

import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { PartiesIcon, TableIcon } from '../ui/icons.ts'

export const agencies: Room = {
  pages: [
    portalPage('/agencies', async () => (await import('./DirectoryPage.tsx')).DirectoryPage),
    portalPage('/agencies/$code', async () => (await import('./AgencyPage.tsx')).AgencyPage),
    portalPage('/move-in', async () => (await import('./MoveInPage.tsx')).MoveInPage),
    workbenchPage('/work/exits', async () => (await import('./ExitsPage.tsx')).ExitsPage),
    workbenchPage(
      '/work/agencies/$code/clients',
      async () => (await import('./ClientFilesPage.tsx')).ClientFilesPage,
    ),
    workbenchPage('/work/returns', async () => (await import('./ReturnsPage.tsx')).ReturnsPage),
    workbenchPage(
      '/work/returns/$code',
      async () => (await import('./AgencyReturnsPage.tsx')).AgencyReturnsPage,
    ),
    workbenchPage('/work/returns/$code/$period', async () => (await import('./ReturnPage.tsx')).ReturnPage),
  ],
  navigation: [
    portalDoor('agencies', 30, '/agencies', { zh: '机构名录', en: 'Directory' }),
    portalDoor('agencies', 31, '/move-in', { zh: '入驻测算', en: 'Moving in' }),
    {
      shell: 'workbench',
      order: 30,
      href: '/work/returns',
      label: { zh: '统计报表', en: 'Returns' },
      icon: TableIcon,
      roles: ['agency', 'officer', 'operator', 'statistician'],
    },
    {
      shell: 'workbench',
      order: 32,
      href: '/work/exits',
      label: { zh: '迁出预警', en: 'Moving out' },
      icon: PartiesIcon,
      roles: ['officer', 'operator'],
    },
  ],
  matterPanels: [
    {
      name: 'placement',
      title: { zh: '入驻建议', en: 'Placement advice' },
      load: async () => (await import('./PlacementPanel.tsx')).PlacementPanel,
    },
    {
      name: 'clients',
      title: { zh: '未了结的客户案卷', en: 'Client files still open' },
      load: async () => (await import('./ClientsPanel.tsx')).ClientsPanel,
    },
  ],
}

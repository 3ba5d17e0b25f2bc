import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { BoardIcon } from '../ui/icons.ts'

/** Pages that count patents and join them; searching and reading them is the other half of the room. */
export const patentLandscapes: Room = {
  pages: [
    portalPage(
      '/patents/landscape',
      async () => (await import('./landscape/LandscapePage.tsx')).LandscapePage,
    ),
    portalPage(
      '/patents/landscape/documents',
      async () => (await import('./landscape/DocumentsPage.tsx')).DocumentsPage,
    ),
    portalPage('/patents/analyses', async () => (await import('./analyses/AnalysesPage.tsx')).AnalysesPage),
    portalPage(
      '/patents/analyses/new',
      async () => (await import('./analyses/NewAnalysisPage.tsx')).NewAnalysisPage,
    ),
    portalPage(
      '/patents/analyses/$id',
      async () => (await import('./analyses/AnalysisPage.tsx')).AnalysisPage,
    ),
    portalPage(
      '/patents/analyses/$id/edit',
      async () => (await import('./analyses/EditAnalysisPage.tsx')).EditAnalysisPage,
    ),
    portalPage(
      '/patents/analyses/$id/today',
      async () => (await import('./analyses/TodayPage.tsx')).TodayPage,
    ),
    portalPage(
      '/patents/analyses/$id/documents',
      async () => (await import('./analyses/FigureListPage.tsx')).FigureListPage,
    ),
    portalPage(
      '/patents/analyses/$id/differences',
      async () => (await import('./analyses/FigureListPage.tsx')).DifferencesPage,
    ),
    portalPage('/patents/owners', async () => (await import('./owners/OwnersPage.tsx')).OwnersPage),
    portalPage('/patents/owners/$id', async () => (await import('./owners/OwnerPage.tsx')).OwnerPage),
    portalPage('/patents/joins', async () => (await import('./owners/JoinsPage.tsx')).JoinsPage),
    portalPage(
      '/patents/high-value',
      async () => (await import('./registers/HighValuePage.tsx')).HighValuePage,
    ),
    portalPage(
      '/patents/high-value/$number',
      async () => (await import('./registers/InventionPage.tsx')).InventionPage,
    ),
    portalPage(
      '/patents/navigation',
      async () => (await import('./registers/NavigationPage.tsx')).NavigationPage,
    ),
    portalPage(
      '/patents/navigation/$code',
      async () => (await import('./registers/ProjectPage.tsx')).ProjectPage,
    ),
    portalPage(
      '/patents/cultivation-centres',
      async () => (await import('./registers/CentresPage.tsx')).CentresPage,
    ),
    portalPage(
      '/patents/cultivation-centres/$code',
      async () => (await import('./registers/CentrePage.tsx')).CentrePage,
    ),
    workbenchPage(
      '/work/patents/navigation/new',
      async () => (await import('./registers/NewProjectPage.tsx')).NewProjectPage,
    ),
    workbenchPage(
      '/work/patents/owners',
      async () => (await import('./owners/OwnerDeskPage.tsx')).OwnerDeskPage,
    ),
  ],
  navigation: [
    portalDoor('patents', 36, '/patents/landscape', { zh: '产业专利', en: 'Landscapes' }),
    portalDoor('patents', 37, '/patents/navigation', { zh: '专利导航', en: 'Navigation' }),
    {
      shell: 'workbench',
      order: 45,
      href: '/work/patents/owners',
      label: { zh: '权利人归一', en: 'Owners' },
      icon: BoardIcon,
      roles: ['officer', 'operator', 'statistician'],
    },
  ],
}

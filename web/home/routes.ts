import { portalPage, type Room, workbenchPage } from '../app/room.ts'
import { HomeIcon } from '../ui/icons.ts'

export const home: Room = {
  pages: [
    portalPage('/', async () => (await import('./HomePage.tsx')).HomePage),
    workbenchPage('/work', async () => (await import('./WorkPage.tsx')).WorkPage),
  ],
  navigation: [
    {
      shell: 'workbench',
      order: 0,
      href: '/work',
      label: { zh: '工作台', en: 'Workbench' },
      icon: HomeIcon,
      key: 'h',
    },
  ],
}

import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { CounterIcon, QueueIcon, SearchIcon, TasksIcon } from '../ui/icons.ts'

/** Who works at stations. */
const OFFICE = ['officer', 'operator', 'inspector', 'mediator', 'leader', 'statistician'] as const

export const matters: Room = {
  pages: [
    portalPage('/services', async () => (await import('./CataloguePage.tsx')).CataloguePage),
    portalPage('/services/$code', async () => (await import('./ProcedurePage.tsx')).ProcedurePage),
    portalPage('/services/$code/start', async () => (await import('./StartPage.tsx')).StartPage),
    portalPage('/my', async () => (await import('./MyPage.tsx')).MyPage),
    portalPage('/my/drafts/$id', async () => (await import('./DraftPage.tsx')).MyDraftPage),
    portalPage('/my/matters/$number', async () => (await import('./MatterPage.tsx')).MyMatterPage),
    portalPage('/my/matters/$number/receipt', async () => (await import('./ReceiptPage.tsx')).ReceiptPage),
    portalPage('/publicity', async () => (await import('./PublicityPage.tsx')).PublicityPage),
    portalPage('/documents/$number', async () => (await import('./DocumentPage.tsx')).DocumentPage),
    portalPage('/stations/$id', async () => (await import('./StationPage.tsx')).StationPage),
    workbenchPage('/work/tasks', async () => (await import('./TasksPage.tsx')).TasksPage),
    workbenchPage('/work/queue', async () => (await import('./QueuePage.tsx')).QueuePage),
    workbenchPage('/work/search', async () => (await import('./SearchPage.tsx')).SearchPage),
    workbenchPage('/work/matters/$number', async () => (await import('./MatterPage.tsx')).DeskMatterPage),
    workbenchPage('/work/counter', async () => (await import('./CounterPage.tsx')).CounterPage),
    workbenchPage('/work/counter/$id', async () => (await import('./DraftPage.tsx')).CounterDraftPage),
  ],
  navigation: [
    portalDoor('services', 5, '/services', { zh: '事项目录', en: 'All services' }),
    portalDoor('services', 6, '/my', { zh: '我的办件', en: 'My matters' }),
    {
      shell: 'workbench',
      order: 2,
      href: '/work/tasks',
      label: { zh: '我的任务', en: 'My tasks' },
      icon: TasksIcon,
      key: 't',
    },
    {
      shell: 'workbench',
      order: 3,
      href: '/work/queue',
      label: { zh: '站点办件', en: 'Station queue' },
      icon: QueueIcon,
      roles: OFFICE,
      key: 'q',
    },
    {
      shell: 'workbench',
      order: 4,
      href: '/work/counter',
      label: { zh: '窗口代办', en: 'Counter' },
      icon: CounterIcon,
      roles: OFFICE,
      key: 'w',
    },
    {
      shell: 'workbench',
      order: 5,
      href: '/work/search',
      label: { zh: '查办件', en: 'Find a matter' },
      icon: SearchIcon,
      key: 'f',
    },
  ],
}

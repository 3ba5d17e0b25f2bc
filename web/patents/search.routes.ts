import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { CopiesIcon } from '../ui/icons.ts'

/** Pages that search and read patents and hold them against each other; counting and joining them is the other half of the room. */
export const patentSearch: Room = {
  pages: [
    portalPage('/patents', async () => (await import('./search/SearchPage.tsx')).SearchPage),
    portalPage('/patents/near-duplicates', async () => (await import('./near/MethodPage.tsx')).MethodPage),
    portalPage('/patents/$number', async () => (await import('./search/DocumentPage.tsx')).DocumentPage),
    workbenchPage(
      '/work/patents/near-duplicates',
      async () => (await import('./near/RunsPage.tsx')).RunsPage,
    ),
    workbenchPage(
      '/work/patents/near-duplicates/$id',
      async () => (await import('./near/RunPage.tsx')).RunPage,
    ),
    workbenchPage(
      '/work/patents/near-duplicates/$id/$number',
      async () => (await import('./near/ClusterPage.tsx')).ClusterPage,
    ),
  ],
  navigation: [
    portalDoor('patents', 35, '/patents', { zh: '专利检索', en: 'Search' }),
    portalDoor('patents', 38, '/patents/near-duplicates', { zh: '近似重复', en: 'Near duplicates' }),
    {
      shell: 'workbench',
      order: 46,
      href: '/work/patents/near-duplicates',
      label: { zh: '近似重复申请', en: 'Near duplicates' },
      icon: CopiesIcon,
      roles: ['officer', 'inspector', 'operator', 'statistician', 'auditor'],
    },
  ],
}

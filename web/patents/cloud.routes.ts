import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { PartiesIcon } from '../ui/icons.ts'

/** The patents of universities: shown to everybody, kept at the workbench. */
export const universityCloud: Room = {
  pages: [
    portalPage('/university-cloud', async () => (await import('./cloud/CloudPage.tsx')).CloudPage),
    portalPage(
      '/university-cloud/patents',
      async () => (await import('./cloud/CloudPatentsPage.tsx')).CloudPatentsPage,
    ),
    portalPage(
      '/university-cloud/patents/$id',
      async () => (await import('./cloud/CloudPatentPage.tsx')).CloudPatentPage,
    ),
    workbenchPage(
      '/work/university-cloud',
      async () => (await import('./cloud/CloudDeskPage.tsx')).CloudDeskPage,
    ),
  ],
  navigation: [
    portalDoor('patents', 39, '/university-cloud', { zh: '高校专利', en: 'Universities' }),
    {
      shell: 'workbench',
      order: 47,
      href: '/work/university-cloud',
      label: { zh: '高校专利', en: 'University patents' },
      icon: PartiesIcon,
      roles: ['university', 'officer', 'operator'],
    },
  ],
}

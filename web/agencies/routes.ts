import { portalPage, type Room } from '../app/room.ts'

export const agencies: Room = {
  pages: [
    portalPage('/agencies', async () => (await import('./DirectoryPage.tsx')).DirectoryPage),
    portalPage('/agencies/$code', async () => (await import('./AgencyPage.tsx')).AgencyPage),
  ],
  navigation: [{ shell: 'portal', order: 30, href: '/agencies', label: { zh: '机构名录', en: 'Directory' } }],
}

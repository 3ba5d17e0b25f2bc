import { portalDoor, portalPage, type Room } from '../app/room.ts'

export const opendata: Room = {
  pages: [
    portalPage('/open-data', async () => (await import('./OpenDataPage.tsx')).OpenDataPage),
    portalPage('/api', async () => (await import('./ApiPage.tsx')).ApiPage),
  ],
  navigation: [portalDoor('records', 50, '/open-data', { zh: '开放数据', en: 'Open data' })],
}

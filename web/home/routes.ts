import { portalPage, type Room } from '../app/room.ts'

export const home: Room = {
  pages: [portalPage('/', async () => (await import('./HomePage.tsx')).HomePage)],
  navigation: [],
}

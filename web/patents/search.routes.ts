import { portalDoor, portalPage, type Room } from '../app/room.ts'

/** Pages that search and read patents; counting and joining them is the other half of the room. */
export const patentSearch: Room = {
  pages: [
    portalPage('/patents', async () => (await import('./search/SearchPage.tsx')).SearchPage),
    portalPage('/patents/$number', async () => (await import('./search/DocumentPage.tsx')).DocumentPage),
  ],
  navigation: [portalDoor('patents', 35, '/patents', { zh: '专利检索', en: 'Search' })],
}

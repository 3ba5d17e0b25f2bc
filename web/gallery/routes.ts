import { portalPage, type Room } from '../app/room.ts'

/** Every component in every state, for those who build pages and for the accessibility tests. */
export const gallery: Room = {
  pages: [portalPage('/ui', async () => (await import('./GalleryPage.tsx')).GalleryPage)],
  navigation: [],
}

import { portalPage, type Room } from '../app/room.ts'

export const services: Room = {
  pages: [
    portalPage(
      '/account/subscriptions',
      async () => (await import('./SubscriptionsPage.tsx')).SubscriptionsPage,
    ),
    portalPage('/account/digests/$id', async () => (await import('./DigestPage.tsx')).DigestPage),
  ],
  navigation: [],
}

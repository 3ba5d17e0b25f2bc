import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { CounterIcon } from '../ui/icons.ts'

export const market: Room = {
  pages: [
    portalPage('/market', async () => (await import('./MarketPage.tsx')).MarketPage),
    portalPage('/market/$id', async () => (await import('./ListingPage.tsx')).ListingPage),
    workbenchPage('/work/market', async () => (await import('./MarketDeskPage.tsx')).MarketDeskPage),
    workbenchPage('/work/market/new', async () => (await import('./OfferPage.tsx')).OfferPage),
  ],
  navigation: [
    portalDoor('patents', 38, '/market', { zh: '专利挂牌', en: 'Market' }),
    {
      shell: 'workbench',
      order: 46,
      href: '/work/market',
      label: { zh: '专利挂牌', en: 'Listings' },
      icon: CounterIcon,
      roles: ['enterprise', 'university', 'agency', 'officer', 'operator'],
    },
  ],
}

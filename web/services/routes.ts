import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { PartiesIcon, TableIcon } from '../ui/icons.ts'

export const services: Room = {
  pages: [
    portalPage(
      '/account/subscriptions',
      async () => (await import('./SubscriptionsPage.tsx')).SubscriptionsPage,
    ),
    portalPage('/account/digests/$id', async () => (await import('./DigestPage.tsx')).DigestPage),
    portalPage('/orders', async () => (await import('./OrdersPage.tsx')).OrdersPage),
    portalPage('/bookings', async () => (await import('./BookingsPage.tsx')).BookingsPage),
    portalPage('/bookings/duty', async () => (await import('./DutyPage.tsx')).DutyPage),
    portalPage('/bookings/$number', async () => (await import('./BookingPage.tsx')).BookingPage),
    workbenchPage('/work/orders', async () => (await import('./AgencyOrdersPage.tsx')).AgencyOrdersPage),
    workbenchPage(
      '/work/orders/$number',
      async () => (await import('./AgencyOrderPage.tsx')).AgencyOrderPage,
    ),
    workbenchPage(
      '/work/bookings',
      async () => (await import('./StationCalendarPage.tsx')).StationCalendarPage,
    ),
  ],
  navigation: [
    portalDoor('services', 7, '/orders', { zh: '特色服务', en: 'Orders' }),
    portalDoor('services', 8, '/bookings', { zh: '预约', en: 'Bookings' }),
    {
      shell: 'workbench',
      order: 28,
      href: '/work/orders',
      label: { zh: '服务订单', en: 'Service orders' },
      icon: TableIcon,
      roles: ['agency'],
    },
    {
      shell: 'workbench',
      order: 6,
      href: '/work/bookings',
      label: { zh: '预约日程', en: 'Station calendar' },
      icon: PartiesIcon,
      roles: ['officer', 'operator'],
    },
  ],
  matterPanels: [
    {
      name: 'order',
      title: { zh: '报价和交付', en: 'Quotes and delivery' },
      load: async () => (await import('./OrderPanel.tsx')).OrderPanel,
    },
  ],
}

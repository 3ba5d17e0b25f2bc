import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { PlanIcon, SettingsIcon } from '../ui/icons.ts'

export const zone: Room = {
  pages: [
    portalPage('/plan', async () => (await import('./PlanPage.tsx')).PlanPage),
    portalPage('/clauses', async () => (await import('./ClausesPage.tsx')).ClausesPage),
    portalPage('/clauses/$id', async () => (await import('./ClausePage.tsx')).ClausePage),
    portalPage('/carriers', async () => (await import('./CarriersPage.tsx')).CarriersPage),
    portalPage('/carriers/$id', async () => (await import('./CarrierPage.tsx')).CarrierPage),
    portalPage('/stations', async () => (await import('./StationsPage.tsx')).StationsPage),
    portalPage('/spaces', async () => (await import('./SpacesPage.tsx')).SpacesPage),
    portalPage('/industries', async () => (await import('./IndustriesPage.tsx')).IndustriesPage),
    portalPage('/about', async () => (await import('./AboutPage.tsx')).AboutPage),
    workbenchPage('/work/zoning', async () => (await import('./ZoningDeskPage.tsx')).ZoningDeskPage),
    workbenchPage('/work/leases', async () => (await import('./LeaseDeskPage.tsx')).LeaseDeskPage),
    workbenchPage('/work/zone', async () => (await import('./ZoneDeskPage.tsx')).ZoneDeskPage),
  ],
  navigation: [
    portalDoor('plan', 10, '/plan', { zh: '方案', en: 'Plan' }),
    portalDoor('places', 40, '/stations', { zh: '站点', en: 'Stations' }),
    portalDoor('places', 41, '/carriers', { zh: '载体', en: 'Carriers' }),
    portalDoor('places', 42, '/spaces', { zh: '空间', en: 'Spaces' }),
    portalDoor('places', 43, '/industries', { zh: '产业', en: 'Industries' }),
    portalDoor('records', 90, '/about', { zh: '关于', en: 'About' }),
    {
      shell: 'workbench',
      order: 40,
      href: '/work/zoning',
      label: { zh: '分区图', en: 'Zoning map' },
      icon: PlanIcon,
      roles: ['operator', 'officer'],
      key: 'm',
    },
    {
      shell: 'workbench',
      order: 41,
      href: '/work/leases',
      label: { zh: '空间租约', en: 'Leases' },
      icon: PlanIcon,
      roles: ['operator', 'officer', 'auditor', 'leader'],
      key: 'l',
    },
    {
      shell: 'workbench',
      order: 95,
      href: '/work/zone',
      label: { zh: '试验区配置', en: 'Zone profile' },
      icon: SettingsIcon,
      roles: ['administrator'],
    },
  ],
}

import { portalPage, type Room, workbenchPage } from '../app/room.ts'
import { NoticesIcon, OutboxIcon } from '../ui/icons.ts'

export const notices: Room = {
  pages: [
    workbenchPage('/work/notices', async () => (await import('./NoticesPage.tsx')).NoticesDeskPage),
    workbenchPage('/work/outbox', async () => (await import('./OutboxPage.tsx')).OutboxPage),
    portalPage('/account/notices', async () => (await import('./NoticesPage.tsx')).OwnNoticesPage),
    portalPage(
      '/account/notice-settings',
      async () => (await import('./NoticeSettingsPage.tsx')).NoticeSettingsPage,
    ),
  ],
  navigation: [
    {
      shell: 'workbench',
      order: 5,
      href: '/work/notices',
      label: { zh: '通知', en: 'Notices' },
      icon: NoticesIcon,
      key: 'n',
    },
    {
      shell: 'workbench',
      order: 96,
      href: '/work/outbox',
      label: { zh: '发件箱', en: 'Outbox' },
      icon: OutboxIcon,
      roles: ['administrator', 'auditor'],
    },
  ],
}

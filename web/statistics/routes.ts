import { portalDoor, portalPage, type Room, workbenchPage } from '../app/room.ts'
import { BoardIcon } from '../ui/icons.ts'

export const statistics: Room = {
  pages: [
    portalPage('/board', async () => (await import('./BoardPage.tsx')).BoardPage),
    portalPage('/indicators/$code', async () => (await import('./IndicatorPage.tsx')).IndicatorPage),
    portalPage('/snapshots', async () => (await import('./SnapshotsPage.tsx')).SnapshotsPage),
    portalPage('/snapshots/$id', async () => (await import('./SnapshotPage.tsx')).SnapshotPage),
    portalPage('/restatements', async () => (await import('./RestatementsPage.tsx')).RestatementsPage),
    workbenchPage('/work/snapshots', async () => (await import('./SnapshotDeskPage.tsx')).SnapshotDeskPage),
  ],
  navigation: [
    portalDoor('plan', 9, '/board', { zh: '指标看板', en: 'Board' }),
    {
      shell: 'workbench',
      order: 60,
      href: '/work/snapshots',
      label: { zh: '快照与更正', en: 'Snapshots' },
      icon: BoardIcon,
      roles: ['statistician', 'auditor'],
      key: 's',
    },
  ],
}

import { type Room, workbenchPage } from '../app/room.ts'
import { ImportIcon } from '../ui/icons.ts'

export const imports: Room = {
  pages: [
    workbenchPage('/work/imports', async () => (await import('./ImportsPage.tsx')).ImportsPage),
    workbenchPage(
      '/work/imports/patents',
      async () => (await import('./PatentImportsPage.tsx')).PatentImportsPage,
    ),
    workbenchPage(
      '/work/imports/patents/$id',
      async () => (await import('./PatentImportPage.tsx')).PatentImportPage,
    ),
    workbenchPage('/work/imports/$id', async () => (await import('./ImportPage.tsx')).ImportPage),
  ],
  navigation: [
    {
      shell: 'workbench',
      order: 70,
      href: '/work/imports',
      label: { zh: '导入', en: 'Imports' },
      icon: ImportIcon,
      roles: ['officer', 'operator', 'statistician', 'auditor'],
      key: 'i',
    },
  ],
}

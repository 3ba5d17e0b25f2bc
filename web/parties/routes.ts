import { portalPage, type Room, workbenchPage } from '../app/room.ts'
import { PartiesIcon } from '../ui/icons.ts'

export const parties: Room = {
  pages: [
    portalPage('/organisations', async () => (await import('./OrganisationsPage.tsx')).OrganisationsPage),
    portalPage('/organisations/$id', async () => (await import('./OrganisationPage.tsx')).OrganisationPage),
    workbenchPage(
      '/work/organisations/new',
      async () => (await import('./NewOrganisationPage.tsx')).NewOrganisationPage,
    ),
    workbenchPage(
      '/work/organisations/duplicates',
      async () => (await import('./DuplicatesPage.tsx')).DuplicatesPage,
    ),
    workbenchPage(
      '/work/organisations/$id',
      async () => (await import('./OrganisationDeskPage.tsx')).OrganisationDeskPage,
    ),
  ],
  navigation: [
    {
      shell: 'workbench',
      order: 34,
      href: '/work/organisations/duplicates',
      label: { zh: '单位查重', en: 'Duplicates' },
      icon: PartiesIcon,
      roles: ['officer', 'operator', 'auditor', 'statistician'],
      key: 'u',
    },
  ],
}

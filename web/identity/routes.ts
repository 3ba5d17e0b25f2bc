import { portalPage, type Room, workbenchPage } from '../app/room.ts'
import { SecurityIcon } from '../ui/icons.ts'

export const identity: Room = {
  pages: [
    portalPage('/sign-in', async () => (await import('./SignInPage.tsx')).SignInPage),
    portalPage('/register', async () => (await import('./RegisterPage.tsx')).RegisterPage),
    portalPage('/register/$token', async () => (await import('./RegistrationPage.tsx')).RegistrationPage),
    portalPage('/reset-password', async () => (await import('./ResetPasswordPage.tsx')).ResetPasswordPage),
    portalPage('/invitations/$token', async () => (await import('./InvitationPage.tsx')).InvitationPage),
    portalPage('/account', async () => (await import('./AccountPage.tsx')).AccountPage),
    portalPage(
      '/account/second-factor',
      async () => (await import('./SecondFactorPage.tsx')).SecondFactorPage,
    ),
    portalPage('/account/who-viewed-my-data', async () => (await import('./ReadingsPage.tsx')).ReadingsPage),
    portalPage(
      '/account/organisations/$organisationId',
      async () => (await import('./MembersPage.tsx')).MembersPage,
    ),
    workbenchPage('/work/accounts', async () => (await import('./AccountsPage.tsx')).AccountsPage),
    workbenchPage(
      '/work/accounts/$id',
      async () => (await import('./AccountDetailPage.tsx')).AccountDetailPage,
    ),
  ],
  navigation: [
    {
      shell: 'workbench',
      order: 90,
      href: '/work/accounts',
      label: { zh: '账号管理', en: 'Accounts' },
      icon: SecurityIcon,
      roles: ['administrator', 'auditor'],
    },
  ],
}

import type { Messages } from '../ui/language.ts'
import type { zh } from './messages.zh.ts'

export const en = {
  home: 'Home',
  mainNavigation: 'Sections',
  menu: 'Menu',
  signIn: 'Sign in',
  signOut: 'Sign out',
  account: 'My account',
  workbench: 'Workbench',
  portal: 'Public site',
  notices: 'Notices',
  unreadNotices: (count) => `Notices, ${count} unread`,
  rooms: 'Rooms',
  brokenTitle: 'This page could not be opened',
  needsAccount: 'Workbench',
  shortcuts: 'Keyboard shortcuts',
  shortcutsNote: 'They work outside text fields. Press g, then a letter, to go somewhere.',
  goTo: (place) => `Go to ${place}`,
  searchHere: 'To the search field',
  showKeys: 'Show the shortcuts',
  closePanel: 'Close a panel or a dialog',
  tableMove: 'Move in a table; Enter opens',
  footer: {
    label: 'Footer',
    basis: (number) => `Under ${number}`,
    promise:
      'Every number opens, every decision can be replayed, every rule cites its clause, and nothing is lost.',
    openData: 'Open data',
    api: 'API reference',
    ledger: 'Ledger and proofs',
    about: 'About',
    components: 'Components',
  },
  secondFactor: {
    title: 'One more step: your second factor',
    body: 'Your role needs a second factor. Until then only public content is open to you.',
    action: 'Complete it',
  },
} satisfies Messages<typeof zh>

import { portalDoor, portalPage, type Room } from '../app/room.ts'

export const ledger: Room = {
  pages: [
    portalPage('/ledger', async () => (await import('./LedgerPage.tsx')).LedgerPage),
    portalPage('/ledger/entries/$entry', async () => (await import('./EntryPage.tsx')).EntryPage),
  ],
  navigation: [portalDoor('records', 60, '/ledger', { zh: '账本', en: 'Ledger' })],
}

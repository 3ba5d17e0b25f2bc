import { agencies } from '../agencies/routes.ts'
import { gallery } from '../gallery/routes.ts'
import { home } from '../home/routes.ts'
import { identity } from '../identity/routes.ts'
import { imports } from '../imports/routes.ts'
import { ledger } from '../ledger/routes.ts'
import { notices } from '../notices/routes.ts'
import { matters } from '../matters/routes.ts'
import { opendata } from '../opendata/routes.ts'
import { patentLandscapes } from '../patents/landscape.routes.ts'
import { parties } from '../parties/routes.ts'
import { reports } from '../reports/routes.ts'
import { plan } from '../plan/routes.ts'
import { services } from '../services/routes.ts'
import { patentSearch } from '../patents/search.routes.ts'
import { statistics } from '../statistics/routes.ts'
import { zone } from '../zone/routes.ts'
import type { NavigationEntry, Room, Shell } from './room.ts'

/** Every room of the web. Assembly only: a room is added here and nowhere else. */
export const rooms: readonly Room[] = [
  statistics,
  reports,
  agencies,
  patentSearch,
  home,
  matters,
  zone,
  opendata,
  ledger,
  gallery,
  identity,
  notices,
  services,
  parties,
  plan,
  patentLandscapes,
  imports,
]

/** The doors of a shell in their order, for someone with these roles. */
export function doorsOf(
  shell: Shell,
  has: (...roles: readonly string[]) => boolean,
): readonly NavigationEntry[] {
  return rooms
    .flatMap((room) => room.navigation)
    .filter((entry) => entry.shell === shell && (entry.roles === undefined || has(...entry.roles)))
    .sort((a, b) => a.order - b.order)
}

import { agencies } from '../agencies/routes.ts'
import { appraisal } from '../appraisal/routes.ts'
import { gallery } from '../gallery/routes.ts'
import { home } from '../home/routes.ts'
import { identity } from '../identity/routes.ts'
import { imports } from '../imports/routes.ts'
import { ledger } from '../ledger/routes.ts'
import { market } from '../market/routes.ts'
import { notices } from '../notices/routes.ts'
import { matters } from '../matters/routes.ts'
import { opendata } from '../opendata/routes.ts'
import { universityCloud } from '../patents/cloud.routes.ts'
import { patentLandscapes } from '../patents/landscape.routes.ts'
import { parties } from '../parties/routes.ts'
import { reports } from '../reports/routes.ts'
import { plan } from '../plan/routes.ts'
import { services } from '../services/routes.ts'
import { patentSearch } from '../patents/search.routes.ts'
import { statistics } from '../statistics/routes.ts'
import { zone } from '../zone/routes.ts'
import { type NavigationEntry, portalSections, type PortalSection, type Room, type Shell } from './room.ts'

/** Every room of the web. Assembly only: a room is added here and nowhere else. */
export const rooms: readonly Room[] = [
  statistics,
  reports,
  agencies,
  appraisal,
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
  universityCloud,
  market,
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

/** Where one is: the door to this page or to the nearest above it. */
export function doorAt(doors: readonly NavigationEntry[], pathname: string): NavigationEntry | undefined {
  return doors
    .filter(({ href }) => isBelow(pathname, href))
    .toSorted((a, b) => b.href.length - a.href.length)[0]
}

function isBelow(pathname: string, href: string): boolean {
  // The start page of the workbench stands above all others and would always be where one is.
  return pathname === href || (href !== '/work' && pathname.startsWith(`${href}/`))
}

/** The sections of the portal that have a door for this reader, each with its doors. */
export function sectionsOf(doors: readonly NavigationEntry[]) {
  return (Object.keys(portalSections) as PortalSection[])
    .map((name) => ({
      name,
      label: portalSections[name],
      doors: doors.filter(({ section }) => section === name),
    }))
    .filter((section) => section.doors.length > 0)
}

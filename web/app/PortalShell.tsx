import { Outlet, useLocation } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { CloseIcon, MenuIcon } from '../ui/icons.ts'
import { either, useMessages } from '../ui/language.ts'
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx'
import { Seal } from '../ui/Seal.tsx'
import { SkipLink } from '../ui/SkipLink.tsx'
import { SyntheticBanner } from '../ui/SyntheticBanner.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { useOwnWords } from '../ui/words.ts'
import { Account } from './Account.tsx'
import { Frame } from './Frame.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { PortalFooter } from './PortalFooter.tsx'
import type { NavigationEntry } from './room.ts'
import { doorAt, doorsOf, sectionsOf } from './rooms.ts'
import { useSession, useZone } from './session.ts'
import './PortalShell.css'

/** The public site: a bar with the mark, the sections, the page, and a quiet foot. */
export function PortalShell({ children }: { readonly children?: ReactNode }) {
  const zone = useZone()
  return (
    <Frame>
      <div className="portal">
        <SkipLink />
        {zone?.synthetic && <SyntheticBanner />}
        <header className="portal-header">
          <Bar />
        </header>
        <main id="main" tabIndex={-1}>
          {children ?? <Outlet />}
        </main>
        <PortalFooter />
      </div>
    </Frame>
  )
}

function Bar() {
  const text = useMessages({ zh, en })
  const { pathname } = useLocation()
  // Remembers for which page it was opened, so that arriving anywhere closes it without an effect.
  const [openAt, setOpenAt] = useState<string>()
  const open = openAt === pathname
  const Mark = open ? CloseIcon : MenuIcon
  return (
    <>
      <div className="portal-bar">
        <Brand />
        <div className="portal-side">
          <LanguageSwitch path={pathname} />
          <Account />
          <button
            type="button"
            className="portal-menu"
            aria-expanded={open}
            aria-controls="portal-nav"
            onClick={() => setOpenAt(open ? undefined : pathname)}
          >
            <Mark className="icon" />
            {text.menu}
          </button>
        </div>
      </div>
      <Sections open={open} pathname={pathname} />
    </>
  )
}

export function Brand() {
  const words = useOwnWords()
  const zone = useZone()
  return (
    <TextLink className="brand" href="/">
      <Seal />
      <span className="brand-words">
        <span className="brand-name">{words.platform}</span>
        {zone && <span className="brand-zone">{either(zone.shortNames)}</span>}
      </span>
    </TextLink>
  )
}

function Sections({ open, pathname }: { readonly open: boolean; readonly pathname: string }) {
  const text = useMessages({ zh, en })
  const { has } = useSession()
  const doors = doorsOf('portal', has)
  const here = doorAt(doors, pathname)
  return (
    <nav
      className="portal-nav"
      id="portal-nav"
      aria-label={text.mainNavigation}
      data-open={open ? '' : undefined}
    >
      <ul className="portal-sections">
        {sectionsOf(doors).map((section) => (
          <Section key={section.name} {...section} here={here} />
        ))}
      </ul>
    </nav>
  )
}

type SectionProps = ReturnType<typeof sectionsOf>[number] & { readonly here: NavigationEntry | undefined }

/** One word of the bar; its doors stand below it while one is inside, and all of them in the menu of a phone. */
function Section({ label, doors, here }: SectionProps) {
  const [first] = doors
  if (first === undefined) return null
  const inside = here !== undefined && doors.includes(here)
  if (doors.length === 1) {
    return (
      <li data-here={inside ? '' : undefined}>
        <Door href={first.href} here={inside}>
          {either(label)}
        </Door>
      </li>
    )
  }
  return (
    <li data-here={inside ? '' : undefined}>
      <TextLink className="portal-section" href={first.href} aria-current={inside ? 'true' : undefined}>
        {either(label)}
      </TextLink>
      <ul className="portal-doors" aria-label={either(label)}>
        {doors.map((door) => (
          <li key={door.href}>
            <Door href={door.href} here={door === here}>
              {either(door.label)}
            </Door>
          </li>
        ))}
      </ul>
    </li>
  )
}

interface DoorProps {
  readonly href: string
  readonly here: boolean
  readonly children: string
}

function Door({ href, here, children }: DoorProps) {
  return (
    <TextLink href={href} aria-current={here ? 'page' : undefined}>
      {children}
    </TextLink>
  )
}

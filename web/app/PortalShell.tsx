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
import { doorsOf } from './rooms.ts'
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
  return (
    <nav
      className="portal-nav"
      id="portal-nav"
      aria-label={text.mainNavigation}
      data-open={open ? '' : undefined}
    >
      <ul>
        {doorsOf('portal', has).map(({ href, label }) => (
          <li key={href}>
            <TextLink href={href} aria-current={isHere(pathname, href) ? 'page' : undefined}>
              {either(label)}
            </TextLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A section is current on its own page and on all below it. */
export function isHere(pathname: string, href: string): boolean {
  // The start page of the workbench stands above all others and would always be current.
  return pathname === href || (href !== '/work' && pathname.startsWith(`${href}/`))
}

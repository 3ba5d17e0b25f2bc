import { Outlet, useLocation } from '@tanstack/react-router'
import { either, useMessages } from '../ui/language.ts'
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { SkipLink } from '../ui/SkipLink.tsx'
import { SignedOut } from '../ui/states.tsx'
import { SyntheticBanner } from '../ui/SyntheticBanner.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { Account } from './Account.tsx'
import { Frame } from './Frame.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { Brand, PortalShell } from './PortalShell.tsx'
import { doorAt, doorsOf } from './rooms.ts'
import { useSession, useZone } from './session.ts'
import { Shortcuts } from './Shortcuts.tsx'
import './WorkbenchShell.css'

/** Where people work all day: the rooms in a rail at the side, the page dense, a key for everything. */
export function WorkbenchShell() {
  const text = useMessages({ zh, en })
  const zone = useZone()
  const { signedIn } = useSession()
  const { pathname } = useLocation()
  if (!signedIn) {
    return (
      <PortalShell>
        <Page title={text.needsAccount} width="prose">
          <SignedOut />
        </Page>
      </PortalShell>
    )
  }
  return (
    <Frame>
      <Shortcuts />
      <div className="workbench">
        <SkipLink />
        {zone?.synthetic && <SyntheticBanner />}
        <header className="workbench-bar">
          <Brand />
          <div className="portal-side">
            <LanguageSwitch path={pathname} />
            <Account inWorkbench />
          </div>
        </header>
        <div className="workbench-body">
          <Rail pathname={pathname} />
          <main id="main" tabIndex={-1}>
            <SecondFactorNotice />
            <Outlet />
          </main>
        </div>
      </div>
    </Frame>
  )
}

function Rail({ pathname }: { readonly pathname: string }) {
  const text = useMessages({ zh, en })
  const { has } = useSession()
  const doors = doorsOf('workbench', has)
  const here = doorAt(doors, pathname)?.href
  return (
    <nav className="rail" aria-label={text.rooms}>
      <ul>
        {doors.map(({ href, label, icon: Mark, key }) => (
          <li key={href}>
            <TextLink href={href} aria-current={href === here ? 'page' : undefined}>
              {Mark && <Mark className="icon" />}
              <span>{either(label)}</span>
              {key && <kbd aria-hidden>g {key}</kbd>}
            </TextLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function SecondFactorNotice() {
  const { secondFactor } = useMessages({ zh, en })
  const { actor } = useSession()
  if (actor.kind !== 'account' || actor.secondFactor !== 'missing') return null
  return (
    <div className="page workbench-notice">
      <Notice
        tone="risk"
        title={secondFactor.title}
        actions={<ButtonLink href="/account/second-factor">{secondFactor.action}</ButtonLink>}
      >
        <p>{secondFactor.body}</p>
      </Notice>
    </div>
  )
}

import { either, useMessages } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { useZone } from './session.ts'

export function PortalFooter() {
  const { footer } = useMessages({ zh, en })
  const zone = useZone()
  return (
    <footer className="portal-footer screen-only">
      <div className="portal-footer-inner">
        <div>
          {zone && <p>{either(zone.names)}</p>}
          {zone?.plan && <p>{footer.basis(zone.plan.number)}</p>}
          <p>{footer.promise}</p>
        </div>
        <nav aria-label={footer.label}>
          <ul>
            <li>
              <TextLink href="/open-data">{footer.openData}</TextLink>
            </li>
            <li>
              <TextLink href="/api">{footer.api}</TextLink>
            </li>
            <li>
              <TextLink href="/ledger">{footer.ledger}</TextLink>
            </li>
            <li>
              <TextLink href="/about">{footer.about}</TextLink>
            </li>
            <li>
              <TextLink href="/ui">{footer.components}</TextLink>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  )
}

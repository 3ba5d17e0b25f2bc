import { isRole, ROLES } from '../../src/identity/roles.ts'
import { doorsOf } from '../app/rooms.ts'
import { useSession } from '../app/session.ts'
import { either, useMessages } from '../ui/language.ts'
import { Page, Section } from '../ui/Page.tsx'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import styles from './HomePage.module.css'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

/** Where one arrives after signing in: who one is here, and the rooms that are open. */
export function WorkPage() {
  const { work: text } = useMessages({ zh, en })
  const { actor, has } = useSession()
  const doors = doorsOf('workbench', has).filter(({ href }) => href !== '/work')
  const roles = actor.kind === 'account' ? actor.roles : []
  return (
    <Page
      title={actor.kind === 'account' ? text.greeting(actor.name) : text.title}
      lede={roles.length > 0 ? text.roles(roles.map(roleName).join(text.comma)) : text.noRole}
    >
      <Section title={text.rooms} note={text.roomsNote}>
        {doors.length === 0 ? (
          <Empty title={text.empty}>{text.emptyNext}</Empty>
        ) : (
          <ul className={styles.doors}>
            {doors.map(({ href, label, icon: Mark, key }) => (
              <li key={href}>
                <TextLink className={styles.door} href={href}>
                  {Mark && <Mark className="icon" />}
                  <span>{either(label)}</span>
                  {key && (
                    <span aria-hidden>
                      <kbd>g</kbd> <kbd>{key}</kbd>
                    </span>
                  )}
                </TextLink>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  )
}

function roleName(role: string): string {
  return isRole(role) ? either(ROLES[role]) : role
}

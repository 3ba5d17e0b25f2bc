import { useSession } from '../app/session.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'
import { roleName, useText } from './text.ts'
import { VisitorPage } from './VisitorPage.tsx'

/** Who one is here, how one proves it, where one is signed in, and who has looked. */
export function AccountPage() {
  const text = useText()
  const { actor } = useSession()
  if (actor.kind !== 'account') return <VisitorPage title={text.account.title} />
  const words = text.account
  const pending = actor.secondFactor === 'missing'
  return (
    <Page title={words.title} crumbs={[{ text: text.home, href: '/' }]}>
      <Facts
        rows={[
          { label: words.name, value: actor.name },
          { label: words.email, value: actor.email },
          { label: words.roles, value: actor.roles.map(roleName).join('、') || words.none },
          {
            label: words.secondFactor,
            value: actor.enrolled ? (
              words.secondFactorOn
            ) : (
              <TextLink href="/account/second-factor">{words.setUp}</TextLink>
            ),
          },
          {
            label: words.organisations,
            value:
              actor.memberships.length === 0 ? words.none : <Organisations memberships={actor.memberships} />,
          },
        ]}
      />
      {!pending && (
        <>
          <Section title={words.whoViewed} note={words.whoViewedNote}>
            <ButtonLink href="/account/who-viewed-my-data">{words.whoViewed}</ButtonLink>
          </Section>
          <Section title={words.notices} note={words.noticesNote}>
            <ButtonLink href="/account/notices">{words.notices}</ButtonLink>
            <ButtonLink href="/account/notice-settings">{words.noticeSettings}</ButtonLink>
            <ButtonLink href="/account/subscriptions">{words.subscriptions}</ButtonLink>
          </Section>
          <SessionsSection />
          <PasswordSection />
        </>
      )}
    </Page>
  )
}

interface OrganisationsProps {
  readonly memberships: readonly {
    organisationId: string
    organisationName: string
    role: 'administrator' | 'member'
  }[]
}

function Organisations({ memberships }: OrganisationsProps) {
  const text = useText()
  return (
    <ul>
      {memberships.map(({ organisationId, organisationName, role }) => (
        <li key={organisationId}>
          <TextLink href={`/account/organisations/${organisationId}`}>{organisationName}</TextLink> ·{' '}
          {text.account[role]}
        </li>
      ))}
    </ul>
  )
}

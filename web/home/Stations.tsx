import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { either, language, useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { Skeleton } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import styles from './HomePage.module.css'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

const SHOWN = 6

type Zone = Awaited<ReturnType<typeof client.zone.summary>>
type Station = Zone['stations'][number]

/** The counters that anybody may walk into, those of the zone's own carriers first. */
export function Stations() {
  const text = useMessages({ zh, en })
  const zone = useQuery(api.zone.summary.queryOptions({}))
  return (
    <Section
      title={text.visit}
      note={text.visitNote}
      actions={<TextLink href="/stations">{text.visitMore}</TextLink>}
    >
      <Loaded query={zone} skeleton={<Skeleton lines={6} />}>
        {({ stations, stationKinds }) => (
          <ul className={styles.stations}>
            {stations.slice(0, SHOWN).map((station) => {
              const kind = stationKinds[station.kind]
              return <StationItem key={station.id} station={station} kind={kind ? either(kind) : ''} />
            })}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

function StationItem({ station, kind }: { readonly station: Station; readonly kind: string }) {
  const text = useMessages({ zh, en })
  return (
    <li className={styles.station}>
      <p className={styles.stationKind}>{kind}</p>
      <p className={styles.stationName}>
        <TextLink href={`/stations/${station.id}`}>{either(station.names)}</TextLink>
      </p>
      <p>{either(station.duty)}</p>
      <p className={styles.stationPlace}>
        {station.address ? either(station.address) : text.noAddress}
        {' · '}
        <Hours station={station} />
      </p>
    </li>
  )
}

function Hours({ station: { hours } }: { readonly station: Station }) {
  const text = useMessages({ zh, en })
  if (!hours) return text.hoursUnknown
  const sessions = hours.sessions.map(({ days, opens, closes }) => `${dayRange(days)} ${opens}–${closes}`)
  // The same days need saying once: 周一至周五 09:00–12:00、13:30–17:30.
  const said = sessions.map((session, index) =>
    index > 0 && sameDays(hours.sessions, index) ? session.slice(session.lastIndexOf(' ') + 1) : session,
  )
  return (
    <>
      {text.hours(said.join(language === 'zh' ? '、' : ', '))}
      {hours.sample && text.sampleHours}
    </>
  )
}

function sameDays(sessions: readonly { readonly days: readonly number[] }[], index: number): boolean {
  return String(sessions[index]?.days) === String(sessions[index - 1]?.days)
}

/** `[1,2,3,4,5]` → 周一至周五, Mon–Fri; days that do not follow each other are listed. */
function dayRange(days: readonly number[]): string {
  const names = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: 'short',
    timeZone: 'UTC',
  })
  // 2024-01-01 was a Monday.
  const name = (day: number) => names.format(new Date(Date.UTC(2024, 0, day)))
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return ''
  const unbroken = days.every((day, index) => day === first + index)
  if (days.length > 2 && unbroken)
    return language === 'zh' ? `${name(first)}至${name(last)}` : `${name(first)}–${name(last)}`
  return days.map(name).join(language === 'zh' ? '、' : ', ')
}

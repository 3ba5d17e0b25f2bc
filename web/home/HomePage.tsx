import { useEffect } from 'react'
import { useZone } from '../app/session.ts'
import { either, useMessages } from '../ui/language.ts'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { useOwnWords } from '../ui/words.ts'
import { Lake } from './Lake.tsx'
import { en } from './messages.en.ts'
import { News } from './News.tsx'
import { Pillars } from './Pillars.tsx'
import { Stations } from './Stations.tsx'
import { zh } from './messages.zh.ts'
import styles from './HomePage.module.css'

/** What can I do here, how does the zone stand, what is new, where do I go: in that order. */
export function HomePage() {
  const zone = useZone()
  const words = useOwnWords()
  const title = zone ? either(zone.names) : words.platform
  useEffect(() => {
    document.title = zone ? `${either(zone.shortNames)} · ${words.platform}` : words.platform
  }, [zone, words])
  return (
    <article className="page">
      <header className="home-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {zone && <p className="page-lede">{either(zone.summary)}</p>}
        </div>
        <Lake />
      </header>
      <Tasks />
      <Pillars />
      <News />
      <Stations />
    </article>
  )
}

const TASKS = [
  ['apply', '/services'],
  ['follow', '/my'],
  ['find', '/agencies'],
  ['stations', '/stations'],
  ['targets', '/board'],
  ['verify', '/ledger'],
] as const

function Tasks() {
  const text = useMessages({ zh, en })
  return (
    <Section title={text.tasks} note={text.tasksNote}>
      <ul className={styles.tasks}>
        {TASKS.map(([task, href]) => (
          <li className={styles.task} key={task}>
            <TextLink className={styles.taskLink} href={href}>
              {text[task].title}
            </TextLink>
            <p className={styles.taskBody}>{text[task].body}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

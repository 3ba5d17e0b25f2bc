import { language } from '../ui/language.ts'
import type { Station } from './queries.ts'
import { useText } from './text.ts'

/** Opening hours as people say them: 周一至周五 09:00–12:00、13:30–17:30. */
export function Hours({ hours }: Pick<Station, 'hours'>) {
  const text = useText()
  if (!hours) return text.stations.hoursUnknown
  const byDays = Map.groupBy(hours.sessions, ({ days }) => dayRange(days))
  const said = [...byDays].map(
    ([days, sessions]) => `${days} ${sessions.map(({ opens, closes }) => `${opens}–${closes}`).join(comma)}`,
  )
  return (
    <>
      {said.join(language === 'zh' ? '；' : '; ')}
      {hours.sample &&
        (language === 'zh' ? `（${text.stations.hoursSample}）` : ` (${text.stations.hoursSample})`)}
    </>
  )
}

const comma = language === 'zh' ? '、' : ', '

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
  const unbroken = days.length > 2 && days.every((day, index) => day === first + index)
  return unbroken
    ? `${name(first)}${language === 'zh' ? '至' : '–'}${name(last)}`
    : days.map(name).join(comma)
}

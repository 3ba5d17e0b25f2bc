import { language } from './language.ts'
import { useOwnWords } from './words.ts'

interface OpeningHoursProps {
  readonly hours: {
    /** True where nobody has published them: shown, and said to be an example. */
    readonly sample: boolean
    readonly sessions: readonly {
      readonly days: readonly number[]
      readonly opens: string
      readonly closes: string
    }[]
  } | null
}

const comma = language === 'zh' ? '、' : ', '

/** Opening hours as people say them: 周一至周五 09:00–12:00、13:30–17:30. */
export function OpeningHours({ hours }: OpeningHoursProps) {
  const words = useOwnWords()
  if (!hours) return words.hoursUnknown
  const byDays = Map.groupBy(hours.sessions, ({ days }) => dayRange(days))
  const said = [...byDays].map(
    ([days, sessions]) => `${days} ${sessions.map(({ opens, closes }) => `${opens}–${closes}`).join(comma)}`,
  )
  const sample = language === 'zh' ? `（${words.hoursSample}）` : ` (${words.hoursSample})`
  return (
    <>
      {said.join(language === 'zh' ? '；' : '; ')}
      {hours.sample && sample}
    </>
  )
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
  const unbroken = days.length > 2 && days.every((day, index) => day === first + index)
  return unbroken
    ? `${name(first)}${language === 'zh' ? '至' : '–'}${name(last)}`
    : days.map(name).join(comma)
}

import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { RadioGroup } from '../ui/choices.tsx'
import { SelectField } from '../ui/fields.tsx'
import { weekdayName } from '../ui/format.ts'
import { language as own } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Empty } from '../ui/states.tsx'
import { useText } from './text.ts'

export interface Wanted {
  readonly station: string
  readonly subject: string
  readonly language: 'zh' | 'en'
  readonly seats?: number
}

export interface ChosenSlot {
  readonly day: string
  readonly from: string
}

interface SlotPickerProps {
  readonly wanted: Wanted
  readonly days: number
  readonly value: ChosenSlot
  readonly onChange: (slot: ChosenSlot) => void
  readonly error?: string | undefined
}

/** A day, then an hour of it: only what is open and free, with how many could take it. */
export function SlotPicker({ wanted, days, value, onChange, error }: SlotPickerProps) {
  const { bookings: text, errors } = useText()
  const query = useQuery(api.services.bookings.slots.queryOptions({ input: { ...wanted, days } }))
  return (
    <Loaded query={query} text={errors}>
      {({ days: all }) => {
        const open = all.map(({ day, slots, closed }) => ({
          day,
          closed,
          slots: slots.filter(({ free }) => free > 0),
        }))
        const chosen =
          open.find(({ day }) => day === value.day) ?? open.find(({ slots }) => slots.length > 0) ?? open[0]
        return (
          <>
            <SelectField
              name="day"
              label={text.day}
              value={chosen?.day ?? ''}
              onChange={(day) => onChange({ day, from: '' })}
              options={open.map(({ day, slots, closed }) => ({
                value: day,
                label: `${day} ${weekdayName(day, own)} · ${
                  closed === null ? text.free(slots.length) : text.closed[closed]
                }`,
              }))}
            />
            {chosen === undefined || chosen.slots.length === 0 ? (
              <Empty title={text.noSlots}>{text.noSlotsNext}</Empty>
            ) : (
              <RadioGroup
                name="slot"
                label={text.slots}
                inline
                error={error}
                value={value.day === chosen.day || value.day === '' ? value.from : ''}
                onChange={(from) => onChange({ day: chosen.day, from })}
                options={chosen.slots.map(({ from, to }) => ({ value: from, label: `${from}–${to}` }))}
              />
            )}
          </>
        )
      }}
    </Loaded>
  )
}

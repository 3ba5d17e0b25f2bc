import { Button } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import { either } from '../ui/language.ts'
import { sectionsOf } from './form.ts'
import styles from './matters.module.css'
import type { Matter } from './queries.ts'
import { useText } from './text.ts'

export interface WantedItem {
  readonly kind: 'material' | 'field' | 'other'
  /** Of a material or a field; empty for anything else. */
  readonly code: string
  readonly wanted: string
}

interface CorrectionItemsProps {
  readonly matter: Matter
  readonly items: readonly WantedItem[]
  readonly onChange: (items: readonly WantedItem[]) => void
}

/** What is missing, item by item, each tied to the answer or the paper it is about, so that it can be answered in its place. */
export function CorrectionItems({ matter, items, onChange }: CorrectionItemsProps) {
  const text = useText()
  const subjects = [
    ...matter.materialKinds.map(({ code, names }) => ({
      value: `material ${code}`,
      label: text.act.paper(either(names)),
    })),
    ...sectionsOf(matter.form, matter.answers).flatMap(({ questions }) =>
      questions.map(({ name, label }) => ({ value: `field ${name}`, label: text.act.answer(label) })),
    ),
    { value: 'other ', label: text.act.other },
  ]
  const set = (index: number, part: Partial<WantedItem>) =>
    onChange(items.map((item, at) => (at === index ? { ...item, ...part } : item)))
  return (
    <fieldset className={styles.items}>
      <legend className="field-label">{text.act.items}</legend>
      <ol>
        {items.map((item, index) => (
          <li key={index}>
            <SelectField
              name={`items.${index}.subject`}
              label={text.act.about(index + 1)}
              options={subjects}
              value={`${item.kind} ${item.code}`}
              onChange={(value) => set(index, subjectOf(value))}
            />
            <TextField
              name={`items.${index}.wanted`}
              label={text.act.wanted(index + 1)}
              hint={index === 0 ? text.act.wantedHint : undefined}
              maxLength={500}
              value={item.wanted}
              onChange={(wanted) => set(index, { wanted })}
            />
            {items.length > 1 && (
              <Button
                kind="quiet"
                aria-label={text.act.removeItem(index + 1)}
                onClick={() => onChange(items.filter((_, at) => at !== index))}
              >
                {text.act.remove}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Button onClick={() => onChange([...items, { kind: 'other', code: '', wanted: '' }])}>
        {text.act.addItem}
      </Button>
    </fieldset>
  )
}

function subjectOf(value: string): Pick<WantedItem, 'kind' | 'code'> {
  const [kind = '', code = ''] = value.split(' ')
  return { kind: kind === 'material' || kind === 'field' ? kind : 'other', code }
}

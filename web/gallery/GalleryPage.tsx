import { useMessages } from '../ui/language.ts'
import { Page, Section } from '../ui/Page.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { ActionSamples, BadgeSamples, StateSamples, TypeSamples } from './BasicSamples.tsx'
import {
  ChartSamples,
  FactSamples,
  FigureSamples,
  RegisterSamples,
  TableSamples,
  TimelineSamples,
} from './DataSamples.tsx'
import { FormSamples } from './FormSamples.tsx'
import { ClockSamples, DraftSamples, QuestionSamples, ReceiptSamples } from './MatterSamples.tsx'
import { OverlaySamples } from './OverlaySamples.tsx'

const SAMPLES = [
  ['type', TypeSamples],
  ['actions', ActionSamples],
  ['badges', BadgeSamples],
  ['states', StateSamples],
  ['facts', FactSamples],
  ['register', RegisterSamples],
  ['table', TableSamples],
  ['figures', FigureSamples],
  ['charts', ChartSamples],
  ['form', FormSamples],
  ['questions', QuestionSamples],
  ['drafts', DraftSamples],
  ['clocks', ClockSamples],
  ['receipts', ReceiptSamples],
  ['overlays', OverlaySamples],
  ['timeline', TimelineSamples],
] as const

/** Every component in every state, in either density: `/ui?density=workbench`. */
export function GalleryPage() {
  const text = useMessages({ zh, en })
  const search = useSearchState()
  const density = search.text('density') === 'workbench' ? 'workbench' : 'portal'
  return (
    <Page title={text.title} lede={text.lede}>
      <RadioGroup
        name="density"
        label={text.density}
        inline
        value={density}
        onChange={(value) => search.set({ density: value })}
        options={[
          { value: 'portal', label: text.portal },
          { value: 'workbench', label: text.workbench },
        ]}
      />
      <div className={density === 'workbench' ? 'workbench' : undefined}>
        {SAMPLES.map(([name, Samples]) => (
          <Section key={name} title={text.sections[name]}>
            <Samples />
          </Section>
        ))}
      </div>
    </Page>
  )
}

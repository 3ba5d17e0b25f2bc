import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs'
import './Tabs.css'

interface TabEntry {
  readonly name: string
  readonly label: ReactNode
  readonly content: ReactNode
}

interface TabsProps {
  readonly label: string
  readonly tabs: readonly TabEntry[]
  readonly selected: string
  /** Keep it in the address: `search.set({ tab: name })`. */
  readonly onSelect: (name: string) => void
}

/** Views of one record. Different records are links, not tabs. */
export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  return (
    <AriaTabs className="tabs" selectedKey={selected} onSelectionChange={(key) => onSelect(String(key))}>
      <TabList className="tab-list" aria-label={label}>
        {tabs.map(({ name, label: words }) => (
          <Tab className="tab" id={name} key={name}>
            {words}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ name, content }) => (
        <TabPanel className="tab-panel" id={name} key={name}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}

import { DataTable } from '../ui/DataTable.tsx'
import { formatShare } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Empty } from '../ui/states.tsx'
import { DateText, NumberText } from '../ui/values.tsx'
import type { Spaces } from './queries.ts'
import { useText } from './text.ts'
import styles from './zone.module.css'

type Building = Spaces['buildings'][number]
type Unit = Building['floors'][number]['units'][number]

/** Buildings; each opens to its floors, and each floor to its units with who holds them. */
export function BuildingList({ spaces }: { readonly spaces: Spaces }) {
  const text = useText()
  if (spaces.buildings.length === 0) return <Empty title={text.spaces.noBuildings} />
  return spaces.buildings.map((building) => (
    <details key={building.id} className={styles.building}>
      <summary>
        <span>{either(building.names)}</span>
        <Share of={building} />
      </summary>
      {building.floors.map((floor) => (
        <details key={floor.id} className={styles.floor}>
          <summary>
            <span>{either(floor.names)}</span>
            <Share of={floor} />
          </summary>
          <Units
            units={floor.units}
            uses={spaces.uses}
            caption={`${either(building.names)} ${either(floor.names)}`}
          />
        </details>
      ))}
    </details>
  ))
}

interface Let {
  readonly letCount: number
  readonly unitCount: number
  readonly letSquareMetres: number
  readonly areaSquareMetres: number
}

function Share({ of }: { readonly of: Let }) {
  const text = useText()
  if (of.areaSquareMetres === 0) return null
  return (
    <span className={styles.place}>
      {text.carriers.occupied(of.letCount, of.unitCount)} ·{' '}
      {text.spaces.letShare(formatShare(of.letSquareMetres / of.areaSquareMetres))}
    </span>
  )
}

interface UnitsProps {
  readonly units: readonly Unit[]
  readonly uses: Spaces['uses']
  readonly caption: string
}

function Units({ units, uses, caption }: UnitsProps) {
  const text = useText()
  const useOf = (code: string) => {
    const use = uses.find((one) => one.code === code)
    return use ? either(use.names) : code
  }
  return (
    <DataTable
      caption={caption}
      columns={[
        { name: 'number', header: text.spaces.unit, cell: ({ number }) => number },
        {
          name: 'area',
          header: text.spaces.size,
          numeric: true,
          cell: ({ areaSquareMetres }) => <NumberText value={areaSquareMetres} unit="m²" />,
        },
        { name: 'use', header: text.spaces.use, cell: ({ use }) => useOf(use) },
        {
          name: 'tenant',
          header: text.spaces.tenant,
          cell: ({ tenant }) =>
            tenant ? (
              <>
                {tenant.name} · {text.spaces.since} <DateText value={tenant.since} />
              </>
            ) : (
              text.spaces.vacant
            ),
        },
      ]}
      rows={units}
      rowKey={({ id }) => id}
    />
  )
}

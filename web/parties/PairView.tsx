import { STANDINGS } from '../../src/parties/rules.ts'
import { Button } from '../ui/Button.tsx'
import { either } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import type { Pair, Side } from './queries.ts'
import { type Text, useText } from './text.ts'
import styles from './parties.module.css'

export type Choice =
  | { readonly kind: 'merge'; readonly survivor: Side; readonly absorbed: Side }
  | { readonly kind: 'apart'; readonly first: Side; readonly second: Side }

interface PairViewProps {
  readonly pair: Pair
  readonly mayDecide: boolean
  readonly onChoose: (choice: Choice) => void
}

/** Two records side by side: every field, marked where they differ, and what can be done. */
export function PairView({ pair, mayDecide, onChoose }: PairViewProps) {
  const text = useText()
  const { first, second, sharedName, obstacle, obstacleReversed } = pair
  const words = text.duplicates
  return (
    <article className={styles.pair} aria-label={words.shared(sharedName)}>
      <h2>{words.shared(sharedName)}</h2>
      <SideTable first={first} second={second} />
      {mayDecide && (
        <div className={styles.choices}>
          {obstacle === null && (
            <Button
              kind="primary"
              onClick={() => onChoose({ kind: 'merge', survivor: first, absorbed: second })}
            >
              {words.keepFirst}
            </Button>
          )}
          {obstacleReversed === null && (
            <Button
              kind={obstacle === null ? 'plain' : 'primary'}
              onClick={() => onChoose({ kind: 'merge', survivor: second, absorbed: first })}
            >
              {words.keepSecond}
            </Button>
          )}
          <Button onClick={() => onChoose({ kind: 'apart', first, second })}>{words.apart}</Button>
          {[obstacle, obstacleReversed].map(
            (one, index) =>
              one !== null && (
                <p key={index === 0 ? 'first' : 'second'} className={styles.obstacle}>
                  {words.obstacle(index === 0 ? words.keepFirst : words.keepSecond, words.obstacles[one])}
                </p>
              ),
          )}
        </div>
      )}
    </article>
  )
}

function SideTable({ first, second }: { readonly first: Side; readonly second: Side }) {
  const text = useText()
  const words = text.duplicates
  return (
    <table className={styles.sides}>
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.first}</th>
          <th scope="col">{words.second}</th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(text).map(({ label, value }) => {
          const [one, other] = [value(first), value(second)]
          if (one === '' && other === '') return null
          return (
            <tr key={label} data-differs={one === other ? undefined : ''}>
              <th scope="row">
                {label}
                {one !== other && <span className="visually-hidden"> {words.different}</span>}
              </th>
              <td>{one || words.empty}</td>
              <td>{other || words.empty}</td>
            </tr>
          )
        })}
        <tr>
          <th scope="row">{words.recordedAt}</th>
          {[first, second].map(({ id, recordedAt }) => (
            <td key={id}>
              <TextLink href={`/organisations/${id}`}>
                <MomentText value={recordedAt} />
              </TextLink>
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function rowsOf(text: Text): readonly { readonly label: string; readonly value: (side: Side) => string }[] {
  return [
    { label: text.name, value: ({ name }) => name },
    { label: text.nameEn, value: ({ nameEn }) => nameEn ?? '' },
    { label: text.creditCode, value: ({ creditCode }) => creditCode ?? '' },
    {
      label: text.identifiers,
      value: ({ identifiers }) =>
        identifiers.map(({ scheme, value }) => `${text.schemes[scheme]} ${value}`).join('；'),
    },
    { label: text.country, value: ({ country }) => country },
    { label: text.region, value: ({ regionCode }) => regionCode ?? '' },
    { label: text.industry, value: ({ industryCode }) => industryCode ?? '' },
    { label: text.address, value: ({ address }) => address ?? '' },
    { label: text.aliases, value: ({ aliases }) => aliases.join('；') },
    {
      label: text.standings,
      value: ({ standings }) =>
        standings
          .map(
            ({ standing, validFrom, validTo }) =>
              `${either(STANDINGS[standing])} ${text.term(validFrom, validTo)}`,
          )
          .join('；'),
    },
    { label: text.source, value: ({ source }) => source },
  ]
}

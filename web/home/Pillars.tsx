import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { Board, BoardSkeleton, BoardTile } from '../ui/Board.tsx'
import { Figure } from '../ui/Figure.tsx'
import { either, useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

type BoardAnswer = Awaited<ReturnType<typeof client.statistics.board>>
type PillarAnswer = BoardAnswer['pillars'][number]
type Indicator = PillarAnswer['items'][number]

/** Six aims of the plan, each with the one figure that stands for it. */
export function Pillars() {
  const text = useMessages({ zh, en })
  const board = useQuery(api.statistics.board.queryOptions({ input: {} }))
  return (
    <Section
      title={text.pillars}
      note={text.pillarsNote}
      actions={<TextLink href="/board">{text.pillarsMore}</TextLink>}
    >
      <Loaded query={board} skeleton={<BoardSkeleton />}>
        {({ pillars }) => (
          <Board>
            {pillars.map((pillar) => (
              <Pillar key={pillar.code} pillar={pillar} />
            ))}
          </Board>
        )}
      </Loaded>
    </Section>
  )
}

function Pillar({ pillar }: { readonly pillar: PillarAnswer }) {
  const text = useMessages({ zh, en })
  const indicator = standsFor(pillar)
  return (
    <BoardTile
      title={either(pillar.names)}
      href={`/board#${pillar.code}`}
      note={pillar.aim && either(pillar.aim)}
    >
      {indicator ? (
        <Figure
          label={either(indicator.names)}
          value={shown(indicator, indicator.value)}
          unit={either(indicator.unitWords)}
          href={`/indicators/${indicator.code}`}
          operator={indicator.operator ?? undefined}
          target={shown(indicator, indicator.target)}
          targetYear={indicator.targetYear ?? undefined}
          met={indicator.met}
          asOf={indicator.asOf}
          withheld={indicator.suppressed ? text.suppressed : undefined}
        />
      ) : (
        <p className="board-tile-note">{text.pillarEmpty}</p>
      )}
    </BoardTile>
  )
}

/** The first indicator in the plan's own order that has a figure, or else the first that is declared. */
function standsFor({ items }: PillarAnswer): Indicator | undefined {
  return items.find((item) => item.value !== null) ?? items.find((item) => item.declared) ?? items[0]
}

/** The API counts in the stored unit (fen, persons); people read 亿元. */
function shown({ unitWords }: Indicator, value: number | null): number | null {
  return value === null ? null : value / unitWords.per
}

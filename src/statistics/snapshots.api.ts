import { implementation } from '#platform/api.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { statistics } from './contract.ts'
import type { Indicator, Registry } from './declare.ts'
import { dayOf } from './figures.api.ts'
import { maskedRows, namedRows } from './records.ts'
import { findFigure, findSnapshot, frozenRecords, snapshotRows } from './snapshot.store.ts'
import { restatementViews, sightOf, snapshotView, summaryView } from './snapshot.view.ts'
import { differencesOf, restate, takeSnapshot } from './snapshots.ts'

const os = implementation(statistics)

export function snapshotHandlers(registry: Registry) {
  return {
    snapshots: os.snapshots.handler(async ({ context }) => {
      const rows = await snapshotRows(context.db)
      return { total: rows.length, items: rows.map(summaryView) }
    }),

    snapshot: os.snapshot.handler(async ({ input, context, errors }) => {
      const snapshot = await snapshotView(context.db, context, input.id)
      if (snapshot === undefined) throw errors.UNKNOWN_SNAPSHOT()
      return snapshot
    }),

    takeSnapshot: os.takeSnapshot.handler(async ({ input, context, errors }) => {
      const asOf = dayOf(input.asOf, context, errors)
      const indicators: Indicator[] = []
      for (const code of new Set(input.codes ?? registry.keys())) {
        const indicator = registry.get(code)
        if (indicator === undefined) throw errors.UNKNOWN_INDICATOR({ data: { code } })
        indicators.push(indicator)
      }
      const id = await takeSnapshot(context, { asOf, title: input.title, indicators })
      const snapshot = await snapshotView(context.db, context, id)
      if (snapshot === undefined) throw new BrokenInvariant(`snapshot ${id} was written and is not there`)
      return snapshot
    }),

    snapshotRecords: os.snapshotRecords.handler(async ({ input, context, errors }) => {
      const { db, actor, zone } = context
      if ((await findSnapshot(db, input.id)) === undefined) throw errors.UNKNOWN_SNAPSHOT()
      const figure = await findFigure(db, input.id, input.code, input.revision)
      if (figure === undefined) throw errors.UNKNOWN_INDICATOR({ data: { code: input.code } })
      const { description, sees, whyPart } = sightOf(figure, actor, zone)
      const part = description.parts.find(({ name }) => name === input.part) ?? description.parts[0]
      if (part === undefined) throw new BrokenInvariant(`figure ${figure.id} has no parts`)
      const suppressed = whyPart(part)
      const { asOf, from } = description.days
      const sum = part.kind === 'sum' && suppressed === undefined ? part.count.value : null
      const frame = {
        part: part.name,
        asOf,
        from,
        sum,
        unit: description.unit,
        masked: !sees,
        suppressed: suppressed ?? null,
      }
      if (suppressed === 'small') return { total: null, items: [], next: null, ...frame }
      const distinct = part.kind === 'countDistinct'
      const rows = sees
        ? await namedRows(
            (page) => frozenRecords(db, { figureId: figure.id, part: part.name, distinct }, page),
            part,
            input,
          )
        : maskedRows(part.count.items, part.recordKind, input)
      if (rows === undefined) throw errors.INVALID_CURSOR()
      return { total: part.count.items, ...rows, ...frame }
    }),

    differences: os.differences.handler(async ({ input, context, errors }) => {
      if ((await findSnapshot(context.db, input.id)) === undefined) throw errors.UNKNOWN_SNAPSHOT()
      return { items: await differencesOf(context.db, context, input.id, registry) }
    }),

    restate: os.restate.handler(async ({ input, context, errors }) => {
      const { db } = context
      if ((await findSnapshot(db, input.id)) === undefined) throw errors.UNKNOWN_SNAPSHOT()
      const indicator = registry.get(input.code)
      const outcome =
        indicator === undefined ? undefined : await restate(context, input.id, indicator, input.cause)
      if (outcome === undefined || outcome.kind === 'unknown')
        throw errors.UNKNOWN_INDICATOR({ data: { code: input.code } })
      if (outcome.kind === 'unchanged') throw errors.NOTHING_CHANGED()
      const written = (await restatementViews(db, context, input.id)).find(({ id }) => id === outcome.id)
      if (written === undefined)
        throw new BrokenInvariant(`restatement ${outcome.id} was written and is not there`)
      return written
    }),

    restatements: os.restatements.handler(async ({ context }) => {
      const items = await restatementViews(context.db, context)
      return { total: items.length, items }
    }),
  }
}

import { addDays, type CalendarDate, date } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import { beginPublicity, closeRound, computeEdition, openRound } from '../../appraisal/keeping.ts'
import { setList } from '../../appraisal/list.document.ts'
import { appraisalPublicity } from '../../appraisal/procedures.ts'
import { listEditions, listResults, lockRound, type RoundRow } from '../../appraisal/round.store.ts'
import { schemeFor } from '../../appraisal/rules.ts'
import type { CreatedDemoAccount } from '../../identity/public.ts'
import { lockMatter } from '../../matters/matter.store.ts'
import { fileObjection } from '../../matters/objecting.ts'

interface Story {
  readonly tx: Tx
  readonly context: Context
  readonly by: string
}

/**
 * Two rounds of the twin: one closed with its list and documents, and one whose list is public and objected to, so that its
 * clock stands still. Answers how many. The scenario is on record by then, so that the documents say that they are synthetic.
 */
export async function plantAppraisals(
  tx: Tx,
  context: Context,
  accounts: readonly CreatedDemoAccount[],
): Promise<number> {
  const officer = accounts.find(({ role }) => role === 'officer')
  const agency = accounts.find(({ role }) => role === 'agency')
  if (officer === undefined || agency === undefined) return 0
  const story: Story = { tx, context, by: officer.name }
  const year = Number(context.today.slice(0, 4))
  const closed = await planRound(story, year - 2, date(`${year - 1}-03-31`))
  if (closed !== undefined) await closeIt(story, closed, addDays(closed.publicOn, 14))
  const open = await planRound(story, year - 1, addDays(context.today, -12))
  if (open !== undefined) await objectTo(story, open.round, agency, addDays(context.today, -1))
  return [closed, open].filter((one) => one !== undefined).length
}

/** What is written then carries that day in its record and in the log. */
function onDay({ tx, context }: Story, today: CalendarDate): Context {
  return { ...context, db: tx, today, now: new Date(`${today}T02:00:00Z`) }
}

async function locked({ tx }: Story, year: number): Promise<RoundRow> {
  const round = await lockRound(tx, year)
  if (round === undefined) throw new BrokenInvariant(`the round of ${year} is gone`)
  return round
}

/** Opened before the cut-off day, computed the day after it, public some days later. */
async function planRound(story: Story, year: number, cutoffOn: CalendarDate) {
  const { tx, context, by } = story
  const scheme = schemeFor(context.zone.appraisal.schemes, year)
  if (scheme === undefined) return undefined
  await openRound(tx, onDay(story, addDays(cutoffOn, -20)), { year, scheme, cutoffOn, by })
  const opened = await locked(story, year)
  const computed = await computeEdition(tx, onDay(story, addDays(cutoffOn, 1)), opened, { by, cause: null })
  if (computed === undefined) return undefined
  const publicOn = addDays(cutoffOn, 8)
  await beginPublicity(tx, onDay(story, publicOn), await locked(story, year))
  return { publicOn, round: await locked(story, year) }
}

async function closeIt(
  story: Story,
  { round }: { readonly round: RoundRow },
  on: CalendarDate,
): Promise<void> {
  const context = onDay(story, on)
  const results = await listResults(story.tx, round.id, round.edition)
  const edition = (await listEditions(story.tx, round.id)).at(-1)
  if (edition === undefined) return
  const documents = await setList(context, round, edition, results)
  await closeRound(story.tx, context, round, { by: story.by, documents, digest: edition.digest })
}

async function objectTo(
  story: Story,
  { matterId }: RoundRow,
  { accountId, name }: CreatedDemoAccount,
  on: CalendarDate,
): Promise<void> {
  const matter = matterId === null ? undefined : await lockMatter(story.tx, matterId)
  if (matter === undefined) return
  await fileObjection(story.tx, onDay(story, on), appraisalPublicity, matter, {
    by: { accountId, name },
    body: '去年第四季度有两条服务记录登记得晚，没有计入我们的得分，请核对后重新计分。（合成示例）',
  })
}

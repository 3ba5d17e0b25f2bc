import { useQuery } from '@tanstack/react-query'
import { api, client } from '../app/api.ts'
import { Section } from '../ui/Page.tsx'
import { ActForm, orNull } from './ActForm.tsx'
import { filledFrom, taskDraft, useTaskFields } from './task-fields.ts'
import { type Task, usePlanNames, useText } from './queries.ts'
import { useRefreshed } from './refreshed.ts'

/** What the caller may do now, each as one form. The server says which; it decides again when it is done. */
export function TaskActs({ task }: { readonly task: Task }) {
  const text = useText()
  const may = new Set(task.may)
  return (
    <Section title={text.act.title} layout="stacked">
      {may.size === 0 && <p>{text.act.none}</p>}
      {may.has('start') && <Start task={task} />}
      {may.has('report') && <ReportForms task={task} />}
      {may.has('complete') && <Complete task={task} />}
      {may.has('assign') && <Assign task={task} />}
      {may.has('edit') && <Edit task={task} />}
      {may.has('change') && <Change task={task} />}
      {may.has('cancel') && <Cancel task={task} />}
    </Section>
  )
}

interface Props {
  readonly task: Task
}

function Start({ task: { code, version } }: Props) {
  const text = useText()
  const done = useRefreshed()
  return (
    <ActForm
      title={text.act.start}
      note={text.act.startNote}
      open
      act={async () => {
        await client.plan.startTask({ code, version })
        return done(text.act.done)
      }}
    />
  )
}

function ReportForms({ task: { code, version, percent } }: Props) {
  const text = useText()
  const done = useRefreshed()
  const { fields } = text.act
  return (
    <>
      <ActForm
        title={text.act.evidence}
        fields={[
          { name: 'title', label: fields.title },
          { name: 'file', label: fields.file, kind: 'file', hint: fields.fileHint },
        ]}
        act={async ({ title = '' }, file) => {
          if (file !== undefined) await client.plan.addEvidence({ code, title, file })
          return done(text.act.done)
        }}
      />
      <ActForm
        title={text.act.report}
        initial={{ percent: String(percent) }}
        fields={[
          { name: 'percent', label: fields.percent, kind: 'number' },
          { name: 'done', label: fields.done, kind: 'area' },
          { name: 'obstacles', label: fields.obstacles, kind: 'area', required: false },
        ]}
        act={async (filled) => {
          await client.plan.report({
            code,
            version,
            percent: Number(filled['percent']),
            done: filled['done'] ?? '',
            obstacles: orNull(filled['obstacles']),
          })
          return done(text.act.done)
        }}
      />
    </>
  )
}

function Complete({ task: { code, version } }: Props) {
  const text = useText()
  const done = useRefreshed()
  return (
    <ActForm
      title={text.act.complete}
      note={text.act.completeNote}
      fields={[{ name: 'result', label: text.act.fields.result, kind: 'area' }]}
      act={async ({ result = '' }) => {
        await client.plan.completeTask({ code, version, result })
        return done(text.act.done)
      }}
    />
  )
}

function Assign({ task: { code, assignments } }: Props) {
  const text = useText()
  const done = useRefreshed()
  const names = usePlanNames()
  const seats = useQuery(api.plan.seats.queryOptions({ input: {} })).data?.items ?? []
  const open = assignments.filter(({ endedOn }) => endedOn === null)
  const { fields } = text.act
  const seatOptions = seats
    .filter(({ validTo }) => validTo === null)
    .map(({ id, unit, personName, position }) => ({
      value: id,
      label: `${names.unit(unit)} ${personName} ${position}`,
    }))
  return (
    <>
      <ActForm
        title={text.act.assign}
        fields={[
          { name: 'unit', label: fields.unit, kind: 'choice', options: names.unitOptions },
          { name: 'seatId', label: fields.seatId, kind: 'choice', options: seatOptions, required: false },
          { name: 'leads', label: fields.leads, kind: 'yes' },
          {
            name: 'under',
            label: fields.under,
            kind: 'choice',
            required: false,
            options: open.map(({ unit }) => ({ value: unit, label: names.unit(unit) })),
          },
        ]}
        act={async (filled) => {
          const under = orNull(filled['under'])
          await client.plan.assign({
            code,
            unit: filled['unit'] ?? '',
            seatId: orNull(filled['seatId']),
            leads: filled['leads'] === 'yes',
            ...(under !== null && { under }),
          })
          return done(text.act.done)
        }}
      />
      {open.length > 0 && (
        <ActForm
          title={text.act.endAssignment}
          kind="danger"
          fields={[
            {
              name: 'id',
              label: fields.assignment,
              kind: 'choice',
              options: open.map(({ id, unit }) => ({ value: id, label: names.unit(unit) })),
            },
            { name: 'reason', label: fields.reason },
          ]}
          act={async ({ id = '', reason = '' }) => {
            await client.plan.endAssignment({ code, id, reason })
            return done(text.act.done)
          }}
        />
      )}
    </>
  )
}

function Edit({ task }: Props) {
  const text = useText()
  const done = useRefreshed()
  const fields = useTaskFields()
  return (
    <ActForm
      title={text.act.edit}
      fields={fields}
      initial={filledFrom(task)}
      act={async (filled) => {
        const { issue, guidance } = task
        await client.plan.editTask({
          code: task.code,
          version: task.version,
          ...taskDraft(filled),
          issue,
          guidance,
        })
        return done(text.act.done)
      }}
    />
  )
}

function Change({ task: { code, version, startsOn, dueOn, target } }: Props) {
  const text = useText()
  const done = useRefreshed()
  const { fields } = text.act
  return (
    <ActForm
      title={text.act.change}
      note={text.act.changeNote}
      initial={{ startsOn: startsOn ?? '', dueOn: dueOn ?? '', target: target ?? '' }}
      fields={[
        { name: 'startsOn', label: fields.startsOn, kind: 'day' },
        { name: 'dueOn', label: fields.dueOn, kind: 'day' },
        { name: 'target', label: fields.target },
        { name: 'reason', label: fields.reason, kind: 'area' },
      ]}
      act={async (filled) => {
        await client.plan.changeTask({
          code,
          version,
          startsOn: filled['startsOn'] ?? '',
          dueOn: filled['dueOn'] ?? '',
          target: filled['target'] ?? '',
          reason: filled['reason'] ?? '',
        })
        return done(text.act.done)
      }}
    />
  )
}

function Cancel({ task: { code, version } }: Props) {
  const text = useText()
  const done = useRefreshed()
  return (
    <ActForm
      title={text.act.cancel}
      kind="danger"
      fields={[{ name: 'reason', label: text.act.fields.reason, kind: 'area' }]}
      act={async ({ reason = '' }) => {
        await client.plan.cancelTask({ code, version, reason })
        return done(text.act.done)
      }}
    />
  )
}

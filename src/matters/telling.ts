import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import type { NoticeRecipients } from '../notices/define.ts'
import { notify } from '../notices/public.ts'
import type { Role } from '../identity/roles.ts'
import type { Procedure, Step } from './define.ts'
import type { Words } from './form.rules.ts'
import type { HandOverRow } from './handover.store.ts'
import type { MatterRow } from './matter.store.ts'
import { progressNotice, workNotice } from './notices.ts'
import { stateOf } from './procedure.rules.ts'
import { handlingRolesOf, type Standing } from './standing.ts'

type Tied = Pick<MatterRow, 'number' | 'applicantAccountId' | 'organisationId' | 'handlerId' | 'stationCode'>

/** The person who filed it, and everybody of the organisation it is for. */
export function applicantSide({
  applicantAccountId,
  organisationId,
}: Omit<Tied, 'number'>): NoticeRecipients[] {
  if (organisationId !== null) return [{ organisation: organisationId }]
  return applicantAccountId === null ? [] : [{ accounts: [applicantAccountId] }]
}

/** The handler; where there is none, those of the station who could be. */
export function officeSide(
  procedure: Procedure,
  { handlerId, stationCode }: Pick<Tied, 'handlerId' | 'stationCode'>,
): NoticeRecipients[] {
  if (handlerId !== null) return [{ accounts: [handlerId] }]
  return [{ roles: handlingRolesOf(procedure) as [Role, ...Role[]], station: stationCode }]
}

interface Told {
  readonly to: 'applicant' | 'office'
  readonly words: Words
  readonly more?: Words
}

export async function tellSide(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: Tied,
  { to, words, more }: Told,
) {
  const recipients = to === 'applicant' ? applicantSide(matter) : officeSide(procedure, matter)
  if (recipients.length === 0) return
  const { actor } = context
  await notify(tx, context, {
    to: recipients,
    ...(actor.kind === 'account' ? { except: actor.accountId } : {}),
    kind: to === 'applicant' ? progressNotice : workNotice,
    subject: { kind: 'matter', id: matter.number },
    words,
    ...(more === undefined ? {} : { more }),
    href: to === 'applicant' ? `/my/matters/${matter.number}` : `/work/matters/${matter.number}`,
  })
}

export async function tellOfStep(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  step: Step<string, never, never>,
  standing: Standing,
): Promise<void> {
  const state = stateOf(procedure, matter.state)?.names ?? step.names
  const { number } = matter
  if (standing.side === 'applicant') {
    const words = {
      zh: `${number}：申请人已${step.names.zh}`,
      en: `${number}: the applicant acted — ${step.names.en}`,
    }
    await tellSide(tx, context, procedure, matter, { to: 'office', words })
    return
  }
  const words = {
    zh: `${procedure.names.zh} ${number}：${state.zh}`,
    en: `${procedure.names.en} ${number}: ${state.en}`,
  }
  const more =
    step.asksCorrection === true
      ? {
          zh: '请打开办件，逐项补充所列材料。',
          en: 'Open the matter and answer what is listed, item by item.',
        }
      : undefined
  await tellSide(tx, context, procedure, matter, { to: 'applicant', words, ...(more ? { more } : {}) })
}

export async function tellOfHandOver(
  tx: Tx,
  context: Context,
  procedure: Procedure,
  matter: MatterRow,
  { status, fromStation, toStation, toBody }: HandOverRow,
  _standing: Standing,
): Promise<void> {
  const { number } = matter
  const receiver = nameOf(context, toStation, toBody)
  if (status === 'offered' && toStation !== null) {
    const words = { zh: `${number} 待本站点接收`, en: `${number} waits for your station to take it` }
    await tellSide(
      tx,
      context,
      procedure,
      { ...matter, handlerId: null, stationCode: toStation },
      { to: 'office', words },
    )
  }
  if (status === 'accepted') {
    const words = {
      zh: `${number} 已由${receiver.zh}接收，期限照常计算`,
      en: `${number} was taken over by ${receiver.en}; its clock runs on`,
    }
    await tellSide(tx, context, procedure, matter, { to: 'applicant', words })
  }
  if (status === 'refused') {
    const words = { zh: `${number} 被${receiver.zh}退回`, en: `${number} was sent back by ${receiver.en}` }
    await tellSide(tx, context, procedure, { ...matter, stationCode: fromStation }, { to: 'office', words })
  }
}

export function nameOf({ zone }: Pick<Context, 'zone'>, station: string | null, body: string | null): Words {
  const found =
    zone.stations.find(({ id }) => id === station)?.names ??
    zone.receivingBodies.find(({ code }) => code === body)?.names
  const code = station ?? body ?? ''
  return found ?? { zh: code, en: code }
}

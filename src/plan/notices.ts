import { noticeKind } from '../notices/define.ts'

export const assignedNotice = noticeKind({
  code: 'plan.assigned',
  names: { zh: '任务分派', en: 'Tasks given to you' },
  summary: {
    zh: '有任务或跨部门事项交给您或您所在的单位时',
    en: 'When a task or an issue is given to you or your unit',
  },
  proposes: ['mail'],
})

export const lateNotice = noticeKind({
  code: 'plan.late',
  names: { zh: '任务逾期', en: 'Late tasks' },
  summary: {
    zh: '您负责的任务逾期或责任人空缺时',
    en: 'When a task of yours is late or has lost its person',
  },
  proposes: ['mail'],
})

export const planNotices = [assignedNotice, lateNotice]

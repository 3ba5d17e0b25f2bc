import { noticeKind } from '../notices/define.ts'

export const progressNotice = noticeKind({
  code: 'matters.progress',
  names: { zh: '办件进度', en: 'Progress of a matter' },
  summary: {
    zh: '您的办件有新进展、需要补充材料或收到留言时',
    en: 'When something happens to a matter of yours, more is asked for, or somebody writes',
  },
  proposes: ['mail'],
})

export const workNotice = noticeKind({
  code: 'matters.work',
  names: { zh: '站点工作', en: 'Work of the station' },
  summary: {
    zh: '您经办的办件有回应、有办件移送到站点或需要接手时',
    en: 'When a matter in your hands is answered, or one is handed to your station',
  },
  proposes: [],
})

export const deadlineNotice = noticeKind({
  code: 'matters.deadline',
  names: { zh: '期限提醒', en: 'Deadlines' },
  summary: { zh: '办件到期之前和逾期之后', en: 'Before a matter is due, and after' },
  proposes: ['mail'],
})

export const matterNotices = [progressNotice, workNotice, deadlineNotice]

import { noticeKind } from '../notices/define.ts'

export const returnNotice = noticeKind({
  code: 'agencies.return-due',
  names: { zh: '统计报表提醒', en: 'Statistical returns' },
  summary: {
    zh: '统计报表到期前和逾期后。',
    en: 'Before a statistical return is due, and after its last day has passed.',
  },
  proposes: ['mail'],
})

export const clientFileNotice = noticeKind({
  code: 'agencies.client-file',
  names: { zh: '客户案卷移交', en: 'Client files handed over' },
  summary: {
    zh: '其他机构向本机构移交客户案卷，或对方作出答复时。',
    en: 'When another agency offers a client’s file, or answers an offer.',
  },
  proposes: ['mail'],
})

export const agencyNoticeKinds = [returnNotice, clientFileNotice]

import { noticeKind } from '../notices/define.ts'

export const orderNotice = noticeKind({
  code: 'services.order',
  names: { zh: '服务订单', en: 'Service orders' },
  summary: {
    zh: '有新的服务需求、报价开启、被选中、交付或评价时',
    en: 'When there is a new request, quotes are opened, one is taken, work is delivered or rated',
  },
  proposes: ['mail'],
})

export const bookingNotice = noticeKind({
  code: 'services.booking',
  names: { zh: '预约', en: 'Bookings' },
  summary: { zh: '预约成功、变更或取消时', en: 'When a booking is made, changed or cancelled' },
  proposes: ['mail', 'sms'],
})

export const digestNotice = noticeKind({
  code: 'services.digest',
  names: { zh: '订阅摘要', en: 'Digests of subscriptions' },
  summary: {
    zh: '您订阅的内容有新记录时，按日或按周',
    en: 'When there is something new in what you follow, daily or weekly',
  },
  proposes: ['mail'],
})

export const serviceNoticeKinds = [orderNotice, bookingNotice, digestNotice] as const

import { bookingErrors, bookings } from './bookings.zh.ts'
import { orderErrors, orders } from './orders.zh.ts'

/** Words of the services room. */
export const zh = {
  account: '我的账号',
  notices: '通知',

  subscriptions: {
    title: '订阅',
    lede: '选择要关注的内容。新记录按日或按周汇总成摘要，不重复，也不遗漏。',
    mine: '我的订阅',
    none: '还没有订阅',
    noneNext: '在下面选择一类内容，例如某个产业集群。',
    add: '新增订阅',
    feed: '内容类别',
    topic: '具体内容',
    rhythm: '摘要周期',
    rhythms: { daily: '每天', weekly: '每周（周一）' },
    subscribe: '订阅',
    subscribed: '已订阅，从现在起的新记录会列入摘要',
    end: '退订',
    endOf: (what: string) => `退订：${what}`,
    ended: '已退订，已有的摘要保留',
    since: (day: string) => `自 ${day}`,
    gone: '平台已不再提供，不会再有新内容',
    rhythmOf: (what: string) => `${what}的摘要周期`,
    digests: '摘要',
    digestsNote: '每天 7:30 汇总。也可以现在就看。',
    look: '现在汇总',
    nothingNew: '没有新记录',
    noDigests: '还没有摘要',
    noDigestsNext: '有新记录时，摘要会出现在这里，并按您的通知设置送达。',
    records: (count: string) => `${count} 条新记录`,
    about: {
      cluster: '产业集群',
      policy: '政策',
      organisation: '单位',
      indicator: '指标',
      agency: '服务机构',
      matter: '办件',
      patent: '专利',
    },
  },

  digest: {
    title: (when: string) => `摘要 ${when}`,
    lede: (count: string) => `自上次摘要以来的全部新记录，共 ${count} 条。`,
    list: '新记录',
    recorded: '记录时间',
  },

  orders,
  bookings,

  errors: {
    ...orderErrors,
    ...bookingErrors,
    UNKNOWN_FEED: '没有这类内容，或您的角色不能订阅它。',
    UNKNOWN_TOPIC: { title: '没有找到', what: '没有这个代码对应的内容。', next: '请核对后再试。' },
    ALREADY_FOLLOWED: { title: '已经订阅', what: '它在您的订阅里；可以在上面更改周期。' },
    TOO_MANY: ({ most }: { most: number }) => ({
      title: '订阅太多',
      what: `最多订阅 ${most} 项。`,
      next: '请先退订不再需要的。',
    }),
    CHANGED_MEANWHILE: {
      title: '刚刚有改动',
      what: '它刚刚在别处被改过，您的改动没有保存。',
      next: '页面已更新，请看过后再试。',
    },
    UNKNOWN_SUBSCRIPTION: '这项订阅已经退订。',
    UNKNOWN_DIGEST: '没有这份摘要，或它不是您的。',
  },
}

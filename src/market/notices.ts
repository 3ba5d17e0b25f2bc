import { noticeKind } from '../notices/define.ts'

export const listingNotice = noticeKind({
  code: 'market.listing',
  names: { zh: '挂牌的确认与下架', en: 'Listings: confirming and leaving' },
  summary: {
    zh: '挂牌快到确认期限、逾期下架，或专利权终止而下架时。',
    en: 'When a listing is due for confirming, fades without it, or leaves because the right has ended.',
  },
  proposes: ['mail'],
})

export const marketNoticeKinds = [listingNotice]

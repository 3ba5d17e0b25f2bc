import type { Messages } from '../ui/language.ts'
import type { zh } from './messages.zh.ts'
import { bookingErrors, bookings } from './bookings.en.ts'
import { orderErrors, orders } from './orders.en.ts'

export const en = {
  account: 'My account',
  notices: 'Notices',

  subscriptions: {
    title: 'Subscriptions',
    lede: 'Choose what to follow. New records are listed in a digest by day or by week, none twice and none missed.',
    mine: 'What you follow',
    none: 'You follow nothing yet',
    noneNext: 'Choose something below, such as a cluster of industry.',
    add: 'Follow something',
    feed: 'What kind',
    topic: 'Which one',
    rhythm: 'A digest comes',
    rhythms: { daily: 'Every day', weekly: 'Every week (Monday)' },
    subscribe: 'Follow',
    subscribed: 'Followed. What is recorded from now on is listed in digests',
    end: 'Unfollow',
    endOf: (what) => `Unfollow: ${what}`,
    ended: 'No longer followed. The digests you have stay',
    since: (day) => `since ${day}`,
    gone: 'No longer offered here; nothing new will come',
    rhythmOf: (what) => `How often digests come of ${what}`,
    digests: 'Digests',
    digestsNote: 'Made every day at 7:30. You can also look now.',
    look: 'Look now',
    nothingNew: 'Nothing is new',
    noDigests: 'No digest yet',
    noDigestsNext: 'When something is new, a digest stands here and reaches you as your notice settings say.',
    records: (count) => (count === '1' ? '1 new record' : `${count} new records`),
    about: {
      cluster: 'Cluster',
      policy: 'Policy',
      organisation: 'Organisation',
      indicator: 'Indicator',
      agency: 'Agencies',
      matter: 'Matter',
      patent: 'Patents',
    },
  },

  digest: {
    title: (when) => `Digest ${when}`,
    lede: (count) =>
      count === '1'
        ? 'The one new record since the last digest.'
        : `All ${count} new records since the last digest.`,
    list: 'New records',
    recorded: 'Recorded',
  },

  orders,
  bookings,

  errors: {
    ...orderErrors,
    ...bookingErrors,
    UNKNOWN_FEED: 'There is no such thing to follow, or your role may not follow it.',
    UNKNOWN_TOPIC: { title: 'Not found', what: 'Nothing has this code.', next: 'Check it and try again.' },
    ALREADY_FOLLOWED: {
      title: 'You follow it already',
      what: 'It is in your list; change there how often it comes.',
    },
    TOO_MANY: ({ most }) => ({
      title: 'Too many',
      what: `You can follow ${most} things at most.`,
      next: 'First unfollow what you need no more.',
    }),
    CHANGED_MEANWHILE: {
      title: 'It has just changed',
      what: 'It was changed elsewhere a moment ago; your change was not saved.',
      next: 'The page is up to date now. Look at it and try again.',
    },
    UNKNOWN_SUBSCRIPTION: 'It is no longer followed.',
    UNKNOWN_DIGEST: 'There is no such digest, or it is not yours.',
  },
} satisfies Messages<typeof zh>

import type { Messages } from '../ui/language.ts'
import type { zh } from './messages.zh.ts'

export const en = {
  tasks: 'What you can do here',
  tasksNote: 'The six commonest tasks',
  apply: {
    title: 'Start a service',
    body: 'Moving in, enquiries, applications: one catalogue online, at stations and at the counter, kept as you type.',
  },
  follow: {
    title: 'Follow a matter, finish a draft',
    body: 'Go on where you stopped; see where a matter stands, how long it takes and who has it.',
  },
  find: {
    title: 'Find an IP service agency',
    body: 'Search the register by service, place and stage. Every field names its source and date.',
  },
  targets: {
    title: 'See how far the targets are',
    body: 'Definition, course and present value of each indicator; every number opens to its records.',
  },
  stations: {
    title: 'Find the nearest counter',
    body: 'Service windows, aid centres and workstations, with their duties and opening hours.',
  },
  verify: {
    title: 'Check a certificate',
    body: 'Even off line: is this receipt, snapshot or notice in the ledger?',
  },
  pillars: 'How the zone stands',
  pillarsNote: 'One figure for each of the six aims. Open a number to see its records.',
  pillarsMore: 'All indicators',
  pillarEmpty: 'No figure of this aim can be published yet.',
  suppressed: 'Too few to be published alone',
  news: 'What is new',
  newsNote: 'A published figure is frozen; a correction is listed beside it.',
  newsMore: 'All publications',
  newsEmpty: 'No statistical snapshot has been published yet.',
  newsEmptyNext: 'The first one will stand here with its date and its digest.',
  figures: (figures) => `${figures} indicators`,
  restated: (name) => `Corrected: ${name}`,
  kinds: { snapshot: 'Snapshot', restatement: 'Correction' },
  visit: 'Where to go',
  visitNote: 'Windows and stations',
  visitMore: 'All stations and hours',
  noAddress: 'Address not published',
  work: {
    title: 'Workbench',
    greeting: (name) => `Good day, ${name}`,
    roles: (roles) => `Your roles here: ${roles}`,
    noRole: 'You have no role yet.',
    comma: ', ',
    rooms: 'What you can work on',
    roomsNote: 'By your roles. Press ? for all keys.',
    empty: 'No room of the workbench is open to you',
    emptyNext:
      'Everything public is on the public site; for more, ask the administrator of your organisation.',
  },
  errors: {},
} satisfies Messages<typeof zh>

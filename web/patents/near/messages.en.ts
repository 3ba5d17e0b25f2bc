import type { Messages } from '../../ui/language.ts'
import type { zh } from './messages.zh.ts'

export const en = {
  title: 'Near-duplicate filings',
  lede: 'Finds filings of one applicant, one agency or the whole corpus whose texts are nearly the same, in pairs and clusters, with both texts side by side. A result is a clue; whether a filing is abnormal is for CNIPA to decide.',
  separator: ', ',
  stop: '. ',
  noDay: 'day unknown',
  rule: ({ near, alike, from }) =>
    `Shown from a similarity of ${near}; plainly the same from ${alike} (rule in force from ${from})`,
  meaning:
    'Similarity: titles, abstracts and claims are cut into every run of five characters; it is the share of all different runs of both texts that stand in both. What is marked is what was counted.',
  similarity: (share) => `Similarity ${share}`,
  plainlyTheSame: 'Plainly the same',
  near: 'Near',
  relations: {
    family: 'One family or a division: the same text is in order',
    'double-filing':
      'Invention and utility model of one applicant on one day: article 9 of the Patent Law allows it',
    'same-applicant': 'Same applicant',
    'same-agency': 'Same agency, different applicants',
    separate: 'Different applicants and agencies',
  },
  covered: (own, other) => `Shared text: ${own} of the left, ${other} of the right`,
  fields: { title: 'Title', abstract: 'Abstract', claims: 'Claims' },
  sideBySide: 'Side by side',
  absent: 'Not given by the source',
  record: {
    title: 'Near duplicates',
    total: (total, shown) =>
      total === shown
        ? `Filings here with nearly the same text: ${total}.`
        : `Filings here with nearly the same text: ${total}; the nearest ${shown} are shown.`,
    none: 'No other filing here has nearly the same text.',
    tooShort: (least) =>
      `The text is too short (fewer than ${least} different runs) to be held against others.`,
    design: 'Designs are compared by their pictures; their texts are not held against others.',
    desk: 'Search by applicant, agency or the whole corpus',
  },
  measured: {
    title: 'How well they are found',
    table: 'Precision and recall by set of data',
    none: 'Not measured yet. After npm run bench -- near the figures stand here.',
    note: (on, commit) => `Measured on ${on} by npm run bench -- near, program version ${commit}`,
    set: 'Data',
    pairs: 'Pairs',
    positives: 'True pairs',
    found: 'Found of these',
    wrong: 'Shown wrongly',
    precision: 'Precision',
    recall: 'Recall',
    unknown: 'none',
  },
  order: {
    title: 'A new search',
    scope: 'Scope',
    scopes: { applicant: 'One applicant', agency: 'One agency', corpus: 'The whole corpus' },
    scopeHint:
      'Filings are held against each other within the scope only; open a patent to see it held against the whole corpus.',
    name: 'Name',
    nameHint: {
      applicant: 'The full name of the applicant',
      agency: 'The full name of the agency, or its code of five digits',
    },
    nameMissing: 'Enter a name.',
    submit: 'Start the search',
    readOnly: 'You can read the results; officers and inspectors start new searches.',
  },
  runs: {
    caption: 'Searches made',
    none: 'No search has been made.',
    noneNext: 'Choose a scope above and start the first one.',
    scope: 'Scope',
    state: 'State',
    ordered: 'Ordered',
    documents: 'Filings compared',
    pairs: 'Pairs',
    clusters: 'Clusters',
  },
  states: { waiting: 'Waiting', running: 'Running', finished: 'Finished', failed: 'Not finished' },
  run: {
    progress: 'Progress of the search',
    waiting: 'In the queue; it starts within seconds.',
    running:
      'Candidates are gathered first, then their texts are compared pair by pair. You can leave this page; the result is kept.',
    failures: {
      time: 'The search ran past its time limit and was stopped. Try a smaller scope.',
      memory: 'The search ran past its memory limit and was stopped. Try a smaller scope.',
      size: 'The result was too large and the search was stopped. Try a smaller scope.',
      fault:
        'The program failed and the search was not finished; the log has a record. Tell the administrator.',
    },
    frozen: (version) =>
      `The result is frozen on data version ${version}; later changes of the data do not touch it.`,
    capped: 'There were too many pairs; the 200,000 nearest are kept.',
    facts: 'Result',
    clusters: 'Filings that stand together',
    clustersNote: 'Whatever pairs join is one cluster; the largest first.',
    none: 'No near duplicates were found.',
    noneNext: (near) => `No two filings of the scope reach a similarity of ${near}.`,
    cluster: (documents) => `${documents} filings`,
    applicants: (count) => `applicants: ${count}`,
    closest: (share) => `highest similarity ${share}`,
    days: (from, to) => (from === to ? `filed on ${from}` : `filed ${from} to ${to}`),
    rule: 'Rule',
    version: 'Data version',
  },
  cluster: {
    title: (number) => `Cluster ${number}`,
    members: 'Filings of the cluster',
    pairs: 'Pairs',
    pairsNote: (total, shown) =>
      total === shown
        ? `${total} in all, the nearest first`
        : `${total} in all; the nearest ${shown} are shown`,
    versus: (one, other) => `${one} and ${other}`,
  },
  errors: {
    NAME_MISSING: 'Enter the name of the applicant or agency.',
    NOTHING_OF_THAT_NAME: ({ name }) => ({
      what: `Nothing filed under “${name}” here can be compared.`,
      next: 'Enter the full name exactly as patent documents have it; the patent search helps to find it.',
    }),
    ALREADY_UNDER_WAY: () => ({
      what: 'A search of this scope is under way.',
      next: 'Open it in the list below and wait for its end.',
    }),
    UNKNOWN_RUN: 'There is no such search.',
    UNKNOWN_CLUSTER: 'This search has no such cluster.',
    UNKNOWN_PAIR: 'This search has no such pair.',
    INVALID_CURSOR: 'That place in the list is no longer valid; open the list again.',
    UNKNOWN_PATENT: 'There is no such patent here.',
    QUERY_TOO_HEAVY: ({ seconds }) => ({
      what: `The comparison took more than ${seconds} seconds and was stopped.`,
      next: 'Try again later.',
    }),
  },
} satisfies Messages<typeof zh>

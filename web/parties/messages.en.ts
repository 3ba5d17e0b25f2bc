import type { Messages } from '../ui/language.ts'
import type { zh } from './messages.zh.ts'

interface CodeProblem {
  readonly field: string
  readonly reason: string
  readonly expectedCheck: string | null
  readonly mayOverride: boolean
}

const REASONS: Readonly<Record<string, string>> = {
  empty: 'it is empty',
  'excel-number': 'a spreadsheet turned it into a floating-point number; take the text from its source',
  length: 'it has the wrong number of characters',
  characters: 'it contains a character that this code does not use',
  form: 'it is not in the form of this code',
  kind: 'its digit for the kind names no kind',
  region: 'its region does not exist',
  date: 'the date in it does not exist',
  country: 'there is no such country code',
}

function codeProblem({ reason, expectedCheck, mayOverride }: CodeProblem) {
  const check = `its check character is wrong${expectedCheck === null ? '' : ` and should be ${expectedCheck}`}`
  return {
    title: 'This code cannot be entered',
    what: `The code was refused: ${reason === 'check' ? check : (REASONS[reason] ?? reason)}.`,
    kept: 'Nothing was written; what you typed is still here.',
    next: mayOverride
      ? 'Check the original. If it is right, an officer may enter it with the reason for trusting it.'
      : 'Correct it and submit again.',
  }
}

const OBSTACLES = {
  SAME_PARTY: 'both sides are one record',
  DIFFERENT_KINDS: 'one side is an organisation, the other a person',
  DIFFERENT_CODES: 'their credit codes differ, so they are two legal persons',
  CODE_MUST_SURVIVE: 'the record with the credit code must be kept',
  ALREADY_MERGED: 'one of them is already merged into another record',
} as const

export const en = {
  title: 'Organisations',
  lede: 'Those the zone deals with: their names, codes and standings, as they were on any day.',
  home: 'Home',
  caption: 'Organisations',
  search: 'A name, a former name, or a whole code',
  standing: 'Standing',
  none: 'No organisation matches',
  noneHint: 'Try another word, or drop the standing.',
  creditCode: 'Unified social credit code',
  noCode: 'no credit code',
  overridden: 'check digit fails; trusted on evidence',
  country: 'Country',
  region: 'Region',
  industry: 'Industry code',
  address: 'Address',
  nameEn: 'Name in English',
  name: 'Name',
  source: 'Source',
  facts: 'As registered',
  aliases: 'Other names',
  aliasKinds: { former: 'former name', short: 'short name', trade: 'trade name', translation: 'translation' },
  identifiers: 'Other codes',
  schemes: {
    'cn-credit-code': 'Unified social credit code',
    'cn-organisation-code': 'Organisation code',
    'cn-resident-id': 'Resident identity number',
    'cn-patent-agency-code': 'Patent agency code',
    'cn-stock-code': 'Stock code',
    lei: 'Legal entity identifier (LEI)',
    'foreign-registration': 'Foreign registration number',
  },
  standings: 'Standings and their terms',
  noStandings: 'No standing is on record.',
  inForce: 'in force',
  notInForce: 'not in force',
  term: (from, to) => (to === null ? `since ${from}` : `from ${from} until the day before ${to}`),
  certificate: (number) => `certificate ${number}`,
  history: 'Changes',
  state: (from, to) => (to === null ? `since ${from}` : `${from} to ${to}`),
  today: 'Back to today',
  past: (day) => `This is the record as of ${day}, not today’s.`,
  merged:
    'The record you asked for was merged into this one; codes, names and standings of both are shown together.',
  edit: 'Record a change',
  proofs: 'This page comes from the register; every write to it is in the ledger.',

  desk: {
    title: 'Record a change',
    change: 'Name and particulars',
    changeHint: 'What was stays and can be looked up by day.',
    from: 'Since',
    source: 'On what basis (document, notice or source)',
    save: 'Record the change',
    saved: 'Recorded',
    standingTitle: 'Record a standing',
    standingFrom: 'Valid from',
    standingTo: 'Valid until (the first day on which it no longer holds)',
    certificate: 'Certificate number',
    addStanding: 'Record the standing',
    view: 'Public page',
    required: {
      source: 'Say on what basis',
      name: 'Give the name',
      standing: 'Choose a standing',
      from: 'Give a date',
    },
  },

  enter: {
    title: 'Enter an organisation',
    lede: 'One code is entered once. For one abroad give the country and its registration number.',
    foreign: 'Foreign registration number',
    foreignHint: 'Identifies together with the country code, such as KR or DE',
    override: 'Reason for trusting the code',
    overrideHint: 'Only where the check digit fails and you have seen the original; it goes into the ledger.',
    submit: 'Enter',
  },

  duplicates: {
    title: 'Duplicates',
    lede: 'Records that bear one name, whatever its width, brackets and spaces, side by side. One name does not make one organisation: you decide, and a merge can be undone.',
    pairs: (count) => `${count} ${count === 1 ? 'pair' : 'pairs'} to compare`,
    none: 'Nothing to compare',
    noneHint:
      'When an imported list brings an organisation under a name that is known, the pair appears here.',
    shared: (name) => `Shared name: ${name}`,
    field: 'Field',
    first: 'First record',
    second: 'Second record',
    same: 'same',
    different: 'different',
    empty: '—',
    recordedAt: 'Recorded',
    keepFirst: 'Keep the first, merge the second into it',
    keepSecond: 'Keep the second, merge the first into it',
    apart: 'Not the same',
    reasonHint: 'What tells you so: the same licence, the same address and head',
    confirmMerge: (absorbed, survivor) => `Merge “${absorbed}” into “${survivor}”`,
    confirmApart: 'These are two organisations',
    mergeEffect:
      'Both records stay as they are; figures count the kept one once. It can be undone at any time, and then both sides are exactly what they were.',
    apartEffect: 'This pair will not be proposed again.',
    done: 'Merged',
    doneApart: 'Kept apart',
    merges: 'Merges',
    noMerges: 'No records have been merged yet.',
    merged: (absorbed, survivor) => `“${absorbed}” merged into “${survivor}”`,
    undo: 'Undo',
    undoTitle: (absorbed) => `Undo the merge of “${absorbed}”`,
    undoEffect: 'Both records are again what they were; records that refer to them are not touched.',
    undone: (reason) => `undone: ${reason}`,
    obstacles: OBSTACLES,
    obstacle: (action, why) => `Not possible: “${action}”, because ${why}`,
    readOnly: 'Officers merge records; you may look.',
  },

  errors: {
    UNKNOWN_PARTY: {
      title: 'No such organisation',
      what: 'The register has no organisation with this id.',
      next: 'Start from the list of organisations.',
    },
    NOT_YET_RECORDED: ({ since }) => ({
      title: 'Not yet on record that day',
      what: `This organisation is on record since ${since}.`,
      next: 'Choose a later day.',
    }),
    DAY_AHEAD: 'Only today and earlier days can be looked up.',
    PEOPLE_NOT_PUBLIC: 'People do not stand in the public register.',
    CODE_NOT_VALID: codeProblem,
    CODE_TAKEN: ({ name }) => ({
      title: 'This code is on record',
      what: `The code belongs to “${name}”.`,
      kept: 'Nothing was written.',
      next: 'Open that record and change it there.',
    }),
    CODE_CANNOT_CHANGE: 'A credit code on record cannot be changed; another code is another organisation.',
    OVERRIDE_NEEDS_OFFICER: 'Only an officer may enter a code whose check digit fails.',
    CHANGED: {
      what: 'Someone changed this record after you opened it.',
      kept: 'Nothing was written.',
      next: 'Open it again and look at the latest state first.',
    },
    MERGED: 'This record was merged into another; make the change there.',
    OUT_OF_ORDER: ({ from, to }) =>
      `The day must be from ${from} to ${to}, and an end later than its beginning.`,
    CANNOT_MERGE: ({ obstacle }) => `They cannot be merged: ${OBSTACLES[obstacle]}.`,
    UNKNOWN_MERGE: 'There is no such merge.',
    ALREADY_UNDONE: 'This merge has been undone already.',
  },
} satisfies Messages<typeof zh>

/** Where the records of tests come from. */
export const source = {
  run: 't',
  file: 'f',
  line: 1,
  format: 'test',
  observedOn: '2026-11-22',
  seenAt: '2026-11-22T00:00:00.000Z',
}

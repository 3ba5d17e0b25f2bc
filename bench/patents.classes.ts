const SUBCLASSES =
  'H01M H04L G06F H04W B60L H02J G06N A61K H01L C12N G06Q G06T B65G F16L A61B C08L B01D H04N G01N B23K C02F E02D F24F A01G B29C G05B H02K B60W C07D A23L G01R B62D E04B F03D G02B A47J B64C C22C D06M G09B'

/** Groups of forty subclasses, as the main class of the synthetic documents. */
export const classes: readonly string[] = SUBCLASSES.split(' ').flatMap((subclass, at) =>
  Array.from(
    { length: 12 },
    (_, group) => `${subclass}${1 + ((group * 7 + at) % 60)}/${String(2 * (group % 9) + 2).padStart(2, '0')}`,
  ),
)

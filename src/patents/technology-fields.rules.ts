/**
 * The 35 fields of technology and the classes of the IPC that belong to them: WIPO's IPC–Technology Concordance Table
 * (U. Schmoch, Concept of a Technology Classification for Country Comparisons, WIPO IPC/CE/41/5, 2008, as updated).
 * A longer symbol is more exact than a shorter one: G01N33 belongs to field 11 though G01N belongs to field 10.
 * Chinese names as the national office's statistics write them.
 */
export interface TechnologyField {
  readonly number: number
  readonly sector: Sector
  readonly zh: string
  readonly en: string
  readonly ipc: string
}

export const SECTORS = {
  electrical: { zh: '电气工程', en: 'Electrical engineering' },
  instruments: { zh: '仪器', en: 'Instruments' },
  chemistry: { zh: '化学', en: 'Chemistry' },
  mechanical: { zh: '机械工程', en: 'Mechanical engineering' },
  other: { zh: '其他领域', en: 'Other fields' },
} as const
export type Sector = keyof typeof SECTORS

export const TECHNOLOGY_FIELDS: readonly TechnologyField[] = [
  {
    number: 1,
    sector: 'electrical',
    zh: '电机、电气装置、电能',
    en: 'Electrical machinery, apparatus, energy',
    ipc: 'F21H F21K F21L F21S F21V F21W F21Y H01B H01C H01F H01G H01H H01J H01K H01M H01R H01T H02B H02G H02H H02J H02K H02M H02N H02P H02S H05B H05C H05F H99Z',
  },
  {
    number: 2,
    sector: 'electrical',
    zh: '视听技术',
    en: 'Audio-visual technology',
    ipc: 'G09F G09G G11B H04N3 H04N5 H04N7 H04N9 H04N11 H04N13 H04N15 H04N17 H04N19 H04N101 H04R H04S H05K',
  },
  {
    number: 3,
    sector: 'electrical',
    zh: '电信',
    en: 'Telecommunications',
    ipc: 'G08C H01P H01Q H04B H04H H04J H04K H04M H04N1 H04Q',
  },
  {
    number: 4,
    sector: 'electrical',
    zh: '数字通信',
    en: 'Digital communication',
    ipc: 'H04L H04N21 H04W',
  },
  {
    number: 5,
    sector: 'electrical',
    zh: '基础通信程序',
    en: 'Basic communication processes',
    ipc: 'H03B H03C H03D H03F H03G H03H H03J H03K H03L H03M',
  },
  {
    number: 6,
    sector: 'electrical',
    zh: '计算机技术',
    en: 'Computer technology',
    ipc: 'G06C G06D G06E G06F G06G G06J G06K G06M G06N G06T G10L G11C G16B G16C G16Z',
  },
  {
    number: 7,
    sector: 'electrical',
    zh: '计算机技术管理方法',
    en: 'IT methods for management',
    ipc: 'G06Q',
  },
  {
    number: 8,
    sector: 'electrical',
    zh: '半导体',
    en: 'Semiconductors',
    ipc: 'H01L',
  },
  {
    number: 9,
    sector: 'instruments',
    zh: '光学',
    en: 'Optics',
    ipc: 'G02B G02C G02F G03B G03C G03D G03F G03G G03H H01S',
  },
  {
    number: 10,
    sector: 'instruments',
    zh: '测量',
    en: 'Measurement',
    ipc: 'G01B G01C G01D G01F G01G G01H G01J G01K G01L G01M G01N1 G01N3 G01N5 G01N7 G01N9 G01N11 G01N13 G01N15 G01N17 G01N19 G01N21 G01N22 G01N23 G01N24 G01N25 G01N27 G01N29 G01N30 G01N31 G01N35 G01N37 G01P G01Q G01R G01S G01V G01W G04B G04C G04D G04F G04G G04R G12B G99Z',
  },
  {
    number: 11,
    sector: 'instruments',
    zh: '生物材料分析',
    en: 'Analysis of biological materials',
    ipc: 'G01N33',
  },
  {
    number: 12,
    sector: 'instruments',
    zh: '控制',
    en: 'Control',
    ipc: 'G05B G05D G05F G07B G07C G07D G07F G07G G08B G08G G09B G09C G09D',
  },
  {
    number: 13,
    sector: 'instruments',
    zh: '医学技术',
    en: 'Medical technology',
    ipc: 'A61B A61C A61D A61F A61G A61H A61J A61L A61M A61N G16H H05G',
  },
  {
    number: 14,
    sector: 'chemistry',
    zh: '有机精细化学',
    en: 'Organic fine chemistry',
    ipc: 'A61K8 A61Q C07B C07C C07D C07F C07H C07J C40B',
  },
  {
    number: 15,
    sector: 'chemistry',
    zh: '生物技术',
    en: 'Biotechnology',
    ipc: 'C07G C07K C12M C12N C12P C12Q C12R C12S',
  },
  {
    number: 16,
    sector: 'chemistry',
    zh: '药品',
    en: 'Pharmaceuticals',
    ipc: 'A61K6 A61K9 A61K31 A61K33 A61K35 A61K36 A61K38 A61K39 A61K41 A61K45 A61K47 A61K48 A61K49 A61K50 A61K51 A61K101 A61K103 A61K125 A61K127 A61K129 A61K131 A61K133 A61K135 A61P',
  },
  {
    number: 17,
    sector: 'chemistry',
    zh: '高分子化学、聚合物',
    en: 'Macromolecular chemistry, polymers',
    ipc: 'C08B C08C C08F C08G C08H C08K C08L',
  },
  {
    number: 18,
    sector: 'chemistry',
    zh: '食品化学',
    en: 'Food chemistry',
    ipc: 'A01H A21D A23B A23C A23D A23F A23G A23J A23K A23L C12C C12F C12G C12H C12J C13B10 C13B20 C13B30 C13B35 C13B40 C13B50 C13B99 C13D C13F C13J C13K',
  },
  {
    number: 19,
    sector: 'chemistry',
    zh: '基础材料化学',
    en: 'Basic materials chemistry',
    ipc: 'A01N A01P C05B C05C C05D C05F C05G C06B C06C C06D C06F C09B C09C C09D C09F C09G C09H C09J C09K C10B C10C C10F C10G C10H C10J C10K C10L C10M C10N C11B C11C C11D C99Z',
  },
  {
    number: 20,
    sector: 'chemistry',
    zh: '材料、冶金',
    en: 'Materials, metallurgy',
    ipc: 'B22C B22D B22F C01B C01C C01D C01F C01G C03C C04B C21B C21C C21D C22B C22C C22F',
  },
  {
    number: 21,
    sector: 'chemistry',
    zh: '表面加工技术、涂层',
    en: 'Surface technology, coating',
    ipc: 'B05C B05D B32B C23C C23D C23F C23G C25B C25C C25D C25F C30B',
  },
  {
    number: 22,
    sector: 'chemistry',
    zh: '显微结构和纳米技术',
    en: 'Micro-structural and nano-technology',
    ipc: 'B81B B81C B82B B82Y',
  },
  {
    number: 23,
    sector: 'chemistry',
    zh: '化学工程',
    en: 'Chemical engineering',
    ipc: 'B01B B01D1 B01D3 B01D5 B01D7 B01D8 B01D9 B01D11 B01D12 B01D15 B01D17 B01D19 B01D21 B01D24 B01D25 B01D27 B01D29 B01D33 B01D35 B01D36 B01D37 B01D39 B01D41 B01D43 B01D57 B01D59 B01D61 B01D63 B01D65 B01D67 B01D69 B01D71 B01F B01J B01L B02C B03B B03C B03D B04B B04C B05B B06B B07B B07C B08B C14C D06B D06C D06L F25J F26B H05H',
  },
  {
    number: 24,
    sector: 'chemistry',
    zh: '环境技术',
    en: 'Environmental technology',
    ipc: 'A62C B01D45 B01D46 B01D47 B01D49 B01D50 B01D51 B01D52 B01D53 B09B B09C B65F C02F E01F8 F01N F23G F23J G01T',
  },
  {
    number: 25,
    sector: 'mechanical',
    zh: '装卸',
    en: 'Handling',
    ipc: 'B25J B65B B65C B65D B65G B65H B66B B66C B66D B66F B67B B67C B67D',
  },
  {
    number: 26,
    sector: 'mechanical',
    zh: '机械工具',
    en: 'Machine tools',
    ipc: 'A62D B21B B21C B21D B21F B21G B21H B21J B21K B21L B23B B23C B23D B23F B23G B23H B23K B23P B23Q B24B B24C B24D B25B B25C B25D B25F B25G B25H B26B B26D B26F B27B B27C B27D B27F B27G B27H B27J B27K B27L B27M B27N B30B',
  },
  {
    number: 27,
    sector: 'mechanical',
    zh: '发动机、泵、涡轮机',
    en: 'Engines, pumps, turbines',
    ipc: 'F01B F01C F01D F01K F01L F01M F01P F02B F02C F02D F02F F02G F02K F02M F02N F02P F03B F03C F03D F03G F03H F04B F04C F04D F04F F23R F99Z G21B G21C G21D G21F G21G G21H G21J G21K',
  },
  {
    number: 28,
    sector: 'mechanical',
    zh: '纺织和造纸机器',
    en: 'Textile and paper machines',
    ipc: 'A41H A43D A46D B31B B31C B31D B31F B41B B41C B41D B41F B41G B41J B41K B41L B41M B41N C14B D01B D01C D01D D01F D01G D01H D02G D02H D02J D03C D03D D03J D04B D04C D04G D04H D05B D05C D06G D06H D06J D06M D06P D06Q D21B D21C D21D D21F D21G D21H D21J D99Z',
  },
  {
    number: 29,
    sector: 'mechanical',
    zh: '其他特殊机械',
    en: 'Other special machines',
    ipc: 'A01B A01C A01D A01F A01G A01J A01K A01L A01M A21B A21C A22B A22C A23N A23P B02B B28B B28C B28D B29B B29C B29D B29K B29L B33Y B99Z C03B C08J C12L C13B5 C13B15 C13B25 C13B45 C13C C13G C13H F41A F41B F41C F41F F41G F41H F41J F42B F42C F42D',
  },
  {
    number: 30,
    sector: 'mechanical',
    zh: '热工过程和器具',
    en: 'Thermal processes and apparatus',
    ipc: 'F22B F22D F22G F23B F23C F23D F23H F23K F23L F23M F23N F23Q F24B F24C F24D F24F F24H F24J F24S F24T F24V F25B F25C F27B F27D F28B F28C F28D F28F F28G',
  },
  {
    number: 31,
    sector: 'mechanical',
    zh: '机器零件',
    en: 'Mechanical elements',
    ipc: 'F15B F15C F15D F16B F16C F16D F16F F16G F16H F16J F16K F16L F16M F16N F16P F16S F16T F17B F17C F17D G05G',
  },
  {
    number: 32,
    sector: 'mechanical',
    zh: '运输',
    en: 'Transport',
    ipc: 'B60B B60C B60D B60F B60G B60H B60J B60K B60L B60M B60N B60P B60Q B60R B60S B60T B60V B60W B61B B61C B61D B61F B61G B61H B61J B61K B61L B62B B62C B62D B62H B62J B62K B62L B62M B63B B63C B63G B63H B63J B64B B64C B64D B64F B64G',
  },
  {
    number: 33,
    sector: 'other',
    zh: '家具、游戏',
    en: 'Furniture, games',
    ipc: 'A47B A47C A47D A47F A47G A47H A47J A47K A47L A63B A63C A63D A63F A63G A63H A63J A63K',
  },
  {
    number: 34,
    sector: 'other',
    zh: '其他消费品',
    en: 'Other consumer goods',
    ipc: 'A24B A24C A24D A24F A41B A41C A41D A41F A41G A42B A42C A43B A43C A44B A44C A45B A45C A45D A45F A46B A62B A99Z B42B B42C B42D B42F B43K B43L B43M B44B B44C B44D B44F B68B B68C B68F B68G D04D D06F D06N D07B F25D G10B G10C G10D G10F G10G G10H G10K',
  },
  {
    number: 35,
    sector: 'other',
    zh: '土木工程',
    en: 'Civil engineering',
    ipc: 'E01B E01C E01D E01F1 E01F3 E01F5 E01F7 E01F9 E01F11 E01F13 E01F15 E01H E02B E02C E02D E02F E03B E03C E03D E03F E04B E04C E04D E04F E04G E04H E05B E05C E05D E05F E05G E06B E06C E21B E21C E21D E21F E99Z',
  },
]

/** Main groups before subclasses: each symbol of the concordance with its field. */
const FIELD_OF = new Map(
  TECHNOLOGY_FIELDS.flatMap(({ number, ipc }) => ipc.split(' ').map((symbol) => [symbol, number] as const)),
)

/** The field of one symbol of the IPC: by its main group where the concordance names it, else by its subclass. */
export function fieldOf(symbol: string): number | undefined {
  const [, subclass = '', group = ''] = /^([A-H]\d\d[A-Z])(\d*)/.exec(symbol) ?? []
  return FIELD_OF.get(subclass + group) ?? FIELD_OF.get(subclass)
}

/** The fields of a document, each once and in their order; empty where no class is known. */
export function fieldsOf(ipc: readonly string[]): number[] {
  return [...new Set(ipc.flatMap((symbol) => fieldOf(symbol) ?? []))].sort((a, b) => a - b)
}

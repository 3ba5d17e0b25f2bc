import type { Question, QuestionSection } from '../ui/declared.ts'
import type { Procedure } from './queries.ts'

type Material = Procedure['materials'][number]

/** One page of filling in: on a wide screen a section, on a phone one thing. */
export interface FormPage {
  /** In the address as `?step=`: `firm`, on a phone `firm.name`. */
  readonly id: string
  readonly kind: 'questions' | 'materials' | 'check'
  readonly section: string
  readonly questions: readonly Question[]
  readonly materials: readonly Material[]
}

export const MATERIALS = 'materials'
export const CHECK = 'check'

export function formPages(
  sections: readonly QuestionSection[],
  materials: readonly Material[],
  oneThing: boolean,
): readonly FormPage[] {
  return [
    ...sections.flatMap((section) => pagesOfSection(section, oneThing)),
    ...pagesOfMaterials(materials, oneThing),
    { id: CHECK, kind: 'check', section: CHECK, questions: [], materials: [] },
  ]
}

function pagesOfSection({ name, questions }: QuestionSection, oneThing: boolean): FormPage[] {
  const page = (id: string, asked: readonly Question[]): FormPage => ({
    id,
    kind: 'questions',
    section: name,
    questions: asked,
    materials: [],
  })
  if (!oneThing) return [page(name, questions)]
  return questions.map((question) => page(`${name}.${question.name}`, [question]))
}

function pagesOfMaterials(materials: readonly Material[], oneThing: boolean): FormPage[] {
  const page = (id: string, asked: readonly Material[]): FormPage => ({
    id,
    kind: 'materials',
    section: MATERIALS,
    questions: [],
    materials: asked,
  })
  if (materials.length === 0) return []
  if (!oneThing) return [page(MATERIALS, materials)]
  return materials.map((material) => page(`${MATERIALS}.${material.code}`, [material]))
}

/** Where an address leads, whether it was made on a phone or on a wide screen; the first page for any other. */
export function indexOfPage(pages: readonly FormPage[], step: string): number {
  const exact = pages.findIndex(({ id }) => id === step)
  if (exact >= 0) return exact
  const near = pages.findIndex(({ id }) => id.startsWith(`${step}.`) || step.startsWith(`${id}.`))
  return Math.max(0, near)
}

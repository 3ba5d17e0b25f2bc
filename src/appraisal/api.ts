import { readingHandlers } from './reading.api.ts'
import { roundHandlers } from './round.api.ts'

export const appraisalApi = { ...readingHandlers, ...roundHandlers }

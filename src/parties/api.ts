import { mergeApi } from './merge.api.ts'
import { partyApi } from './party.api.ts'

export const partiesApi = { ...partyApi, ...mergeApi }

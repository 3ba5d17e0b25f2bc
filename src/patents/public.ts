/** What other rooms may use of the patents room. */
export { highValueApi } from './high-value.api.ts'
export { navigationApi } from './navigation.api.ts'

/** What other rooms may use of the patents room. */
export { navigationApi } from './navigation.api.ts'

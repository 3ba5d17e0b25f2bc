import type { ClientMatterSource } from './agencies/define.ts'
import { clientFileSource } from './agencies/public.ts'
import { serviceOrderSource } from './services/public.ts'

/** Every kind of work for clients that keeps an agency from leaving. Assembly only: a room adds its source here. */
export const clientMatterSources: readonly ClientMatterSource[] = [clientFileSource, serviceOrderSource]

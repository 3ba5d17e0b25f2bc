import type { ZoneProfile } from './rules.ts'

declare module '#platform/context.ts' {
  interface Context {
    /** The running version of the zone's profile; one request sees one version from its start to its end. */
    readonly zone: ZoneProfile
  }
}

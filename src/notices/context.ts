import type { Channel } from './define.ts'

declare module '#platform/context.ts' {
  interface Context {
    /** The channels for which the operator has a mail server or a gateway; the mail waits otherwise. */
    readonly channels?: readonly Channel[]
  }
}

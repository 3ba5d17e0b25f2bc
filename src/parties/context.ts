declare module '#platform/context.ts' {
  interface Context {
    /** The key under which identity numbers are digested; absent where nobody enters people (jobs, imports). */
    readonly identifierKey?: () => Uint8Array
  }
}

export {}

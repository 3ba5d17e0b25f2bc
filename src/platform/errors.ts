/**
 * Something that must never happen did. Refusals live in contracts; anything thrown beside them is a bug:
 * the person sees a reference number, the log has the rest.
 */
export class BrokenInvariant extends Error {
  override name = 'BrokenInvariant'
}

/** A store cannot be reached just now; the web answers 503 and says when to try again. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, options)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The operator gave something that cannot work (a setting, a folder, a file): one clear sentence, no stack. */
export class OperatorError extends Error {
  override name = 'OperatorError'
}

/** A request of the RPC protocol, as far as it tells what it does to the session. */
export interface SessionRequest {
  readonly method: string
  readonly params?: readonly unknown[] | undefined
}

/** Under which key a request belongs to the session; undefined when it does not. */
export function sessionKey({ method, params }: SessionRequest): string | undefined {
  switch (method) {
    // each new channel may lead to another version
    case 'version':
    case 'use':
      return method
    case 'let':
    case 'unset':
      return `let ${String(params?.[0])}`
    case 'signin':
    case 'authenticate':
    case 'invalidate':
      return 'auth'
    // a sign-up cannot be repeated: it would make another user
    default:
      return undefined
  }
}

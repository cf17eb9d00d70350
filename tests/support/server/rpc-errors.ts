import { encode, type Outcome } from './rpc-reply.js'

const failure = (error: object): Outcome => ({ kind: 'error', body: encode(error) })

/** To an anonymous session, of a server that wants everybody to sign in. */
export const anonymousNotAllowed = (): Outcome =>
  failure({
    code: -32_002,
    kind: 'NotAllowed',
    message: 'Anonymous access not allowed: Not enough permissions to perform this action',
    details: {
      kind: 'Auth',
      details: { kind: 'NotAllowed', details: { actor: 'Anonymous', action: 'process', resource: 'query' } },
    },
  })

export const methodNotFound = (name: string): Outcome =>
  failure({
    code: -32_601,
    kind: 'NotFound',
    message: 'Method not found',
    details: { kind: 'Method', details: { name } },
  })

export const liveNotSupported = (): Outcome =>
  failure({
    code: -32_604,
    kind: 'Configuration',
    message: 'Live query not supported',
    details: { kind: 'LiveQueryNotSupported' },
  })

export const sessionNotFound = (id: string): Outcome =>
  failure({
    code: -32_000,
    kind: 'NotFound',
    message: `Session not found: ${id}`,
    details: { kind: 'Session', details: { id } },
  })

export const transactionNotFound = (): Outcome =>
  failure({
    code: -32_603,
    kind: 'Validation',
    message: 'Transaction not found',
    details: { kind: 'InvalidParams' },
  })

/** The engine did not take the request at all. */
export const parseError = (error: unknown): Outcome =>
  failure({
    code: -32_700,
    kind: 'Validation',
    message: error instanceof Error ? error.message : String(error),
    details: { kind: 'Parse' },
  })

import { describe, expect, it } from '@jest/globals'
import type { LinkFailure } from '../../../src/connection/bridge/link.js'
import { linkError } from '../../../src/connection/calls/link-error.js'
import { SurrealEngineError } from '../../../src/errors.js'

const UNKNOWN = 'is not known'

describe('a failure of the bridge', () => {
  it.each<[LinkFailure['reason'], string, string, string]>([
    ['open-failed', 'ConnectionError', 'CONNECTION_FAILED', 'cannot be opened: why'],
    ['store-locked', 'ConnectionError', 'STORE_LOCKED', 'cannot be opened: why'],
    ['second-thread', 'UnsupportedError', 'SECOND_THREAD', 'in this thread: why'],
    ['timeout', 'TimeoutError', 'TIMEOUT', UNKNOWN],
    ['lost', 'OutcomeUnknownError', 'OUTCOME_UNKNOWN', UNKNOWN],
    ['not-sent', 'ConnectionError', 'CONNECTION_LOST', 'the call was not sent'],
    ['closed', 'ConnectionClosedError', 'CONNECTION_CLOSED', 'create another one with createConnection()'],
    ['host-died', 'ConnectionError', 'HOST_DIED', 'create another connection'],
    ['session-refused', 'AuthenticationError', 'AUTHENTICATION_FAILED', 'refused the credentials'],
    ['pool-exhausted', 'PoolExhaustedError', 'POOL_EXHAUSTED', 'nothing was sent'],
    ['aborted', 'AbortedError', 'ABORTED', UNKNOWN],
    ['refused', 'ConnectionError', 'CONNECTION_FAILED', 'did not answer as SurrealDB does: why'],
  ])('%s', (reason, name, code, message) => {
    const error = linkError({ reason, message: 'why' }, { connection: 'primary' })
    expect(error).toBeInstanceOf(SurrealEngineError)
    expect(error).toMatchObject({ name, code })
    expect(error.message).toContain('Connection "primary"')
    expect(error.message).toContain(message)
  })

  it('lost under a call that may be carried out twice leaves nothing unknown', () => {
    const error = linkError({ reason: 'lost', message: 'why' }, { connection: 'primary', isRepeatable: true })
    expect(error).toMatchObject({ name: 'ConnectionError', code: 'CONNECTION_LOST' })
    expect(error.message).not.toContain(UNKNOWN)
  })

  it.each([401, 403])('with the status %d is a matter of credentials', (status) => {
    expect(linkError({ reason: 'refused', message: 'why', status }, { connection: 'primary' })).toMatchObject({
      name: 'AuthenticationError',
      code: 'AUTHENTICATION_FAILED',
      message: `Connection "primary": the server refused the credentials (status ${status}).`,
    })
  })
})

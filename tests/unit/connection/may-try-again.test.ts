import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { LinkFailure } from '../../../src/connection/bridge/link.js'
import { mayTryAgain, type FailedCall } from '../../../src/connection/calls/may-try-again.js'
import { DatabaseError, OutcomeUnknownError, TransactionConflictError } from '../../../src/index.js'

const REASONS: Readonly<Record<LinkFailure['reason'], 'always' | 'when repeatable' | 'never'>> = {
  'not-sent': 'always',
  lost: 'when repeatable',
  timeout: 'never',
  aborted: 'never',
  'open-failed': 'never',
  'store-locked': 'never',
  'second-thread': 'never',
  closed: 'never',
  'host-died': 'never',
  refused: 'never',
  'pool-exhausted': 'never',
  'session-refused': 'never',
}

const conflict = new TransactionConflictError('another one was faster')
const failedFor = (reason: LinkFailure['reason'], more: Partial<FailedCall> = {}): FailedCall => ({
  error: new OutcomeUnknownError('OUTCOME_UNKNOWN', 'lost'),
  failure: { reason, message: '' },
  isRepeatable: false,
  isUndone: false,
  isRefused: false,
  ...more,
})
const answeredWith = (error: FailedCall['error'], isUndone: boolean, isRepeatable = false): FailedCall => {
  return { error, failure: undefined, isRepeatable, isUndone, isRefused: false }
}

describe('a call that brought no reply', () => {
  it.each(Object.entries(REASONS))('%s: may be made again %s', (reason, when) => {
    const plain = failedFor(reason as LinkFailure['reason'])
    expect(mayTryAgain(plain)).toBe(when === 'always')
    expect(mayTryAgain({ ...plain, isRepeatable: true })).toBe(when !== 'never')
  })

  it('whose outcome is unknown is never made again, whatever else is known of it', () => {
    const reasons = (Object.keys(REASONS) as LinkFailure['reason'][]).filter((reason) => reason !== 'not-sent')
    fc.assert(
      fc.property(fc.constantFrom(...reasons), fc.boolean(), fc.boolean(), (reason, isUndone, isRefused) => {
        const error = fc.sample(fc.constantFrom(conflict, new OutcomeUnknownError('OUTCOME_UNKNOWN', '')), 1)[0]!
        expect(mayTryAgain(failedFor(reason, { error, isUndone, isRefused }))).toBe(false)
      }),
    )
  })
})

describe('a call that the database answered with an error', () => {
  it('may be made again after a conflict of which nothing is left', () => {
    expect(mayTryAgain(answeredWith(conflict, true))).toBe(true)
  })

  it('may not be when a part of it stayed in the database', () => {
    expect(mayTryAgain(answeredWith(conflict, false))).toBe(false)
    expect(mayTryAgain(answeredWith(conflict, false, true))).toBe(false)
  })

  it('may not be for any other error, which would only come again', () => {
    expect(mayTryAgain(answeredWith(new DatabaseError('DATABASE_ERROR', 'thrown'), true, true))).toBe(false)
  })
})

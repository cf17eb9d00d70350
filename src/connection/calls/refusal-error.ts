import { PermissionDeniedError, type SurrealEngineError } from '../../errors.js'
import type { LinkFailure } from '../bridge/link.js'
import { translateError } from './translate-error.js'

const FORBIDDEN = 403
const UNAUTHORIZED = 401

/** The error of a request that a database refused with its own words; undefined for every other failure. */
export function refusalError({ words, status }: LinkFailure): SurrealEngineError | undefined {
  if (words === undefined || status === UNAUTHORIZED) return undefined
  if (status !== FORBIDDEN) return translateError({ message: words })
  return new PermissionDeniedError(
    'The signed-in user may not do this; sign in as another user, or change what the server allows.',
    { databaseMessage: words },
  )
}

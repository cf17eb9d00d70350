import { expect, it } from '@jest/globals'
import type { LinkFailure } from '../../../src/connection/bridge/link.js'
import { refusalError } from '../../../src/connection/calls/refusal-error.js'

const refused = (status: number, words?: string): LinkFailure => ({
  reason: 'refused',
  message: `status ${status}`,
  status,
  ...(words !== undefined && { words }),
})

it('is the error that the words of the server speak of', () => {
  const parse = refusalError(refused(400, "Parse error: Unexpected token 'secret'"))
  expect(parse).toMatchObject({ code: 'INVALID_QUERY' })
  expect(parse?.message).not.toContain('secret')
  expect(refusalError(refused(400, 'IAM error: Not enough permissions'))).toMatchObject({ code: 'PERMISSION_DENIED' })
})

it('is about permissions where it is forbidden, whatever the words', () => {
  const error = refusalError(refused(403, "The HTTP route 'export' is forbidden"))
  expect(error).toMatchObject({ code: 'PERMISSION_DENIED', databaseMessage: "The HTTP route 'export' is forbidden" })
})

it('is no error of its own for credentials, and without words', () => {
  expect(refusalError(refused(401, 'There was a problem with authentication'))).toBeUndefined()
  expect(refusalError(refused(502))).toBeUndefined()
})

import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isMissingTable, translateError, type ServerError } from '../../../src/connection/calls/translate-error.js'
import {
  AuthenticationError,
  DatabaseError,
  PermissionDeniedError,
  SchemaError,
  TransactionConflictError,
  UniqueViolationError,
} from '../../../src/errors.js'

/** Stands where the database puts values into its messages. */
const SECRET = 'sEcReT-4711'
const COERCION = { class: SchemaError, code: 'SCHEMA_VIOLATION', isRetryable: false }
const CONFLICT = {
  class: TransactionConflictError,
  code: 'TRANSACTION_CONFLICT',
  isRetryable: true,
  message: 'Another transaction wrote the same records at the same time; this one was rolled back. Run it again.',
}
const UNIQUE = { class: UniqueViolationError, code: 'UNIQUE_VIOLATION', index: 'em', kind: 'Internal' }
const DENIED = { class: PermissionDeniedError, code: 'PERMISSION_DENIED' }
const CREDENTIALS = { class: AuthenticationError, code: 'AUTHENTICATION_FAILED' }
const OTHER = { class: DatabaseError, code: 'DATABASE_ERROR' }

interface Expected {
  readonly class: new (...values: never[]) => Error
  readonly [property: string]: unknown
}

const MESSAGES: readonly (readonly [ServerError, Expected])[] = [
  [
    { message: `Database index \`em\` already contains '${SECRET}', with record \`d:1\`` },
    { ...UNIQUE, message: 'A record with the same value exists already: the unique index "em" refused the write.' },
  ],
  [{ message: `Database index \`em\` already contains [50, '${SECRET}'], with record \`d:1\`` }, UNIQUE],
  [{ message: `Database index \`em\` already contains ${SECRET}, with record \`d:⟨can be retried⟩\`` }, UNIQUE],
  [{ message: `Database index \`em\` already contains 'Transaction conflict ${SECRET}', with record \`d:1\`` }, UNIQUE],
  [
    { message: `Database record \`p:${SECRET}\` already exists`, kind: 'AlreadyExists', details: { kind: 'Record' } },
    { class: UniqueViolationError, code: 'RECORD_EXISTS', kind: 'AlreadyExists.Record', index: undefined },
  ],
  [
    { message: `Found p:${SECRET} for the \`id\` field, but a specific record has been specified` },
    { ...COERCION, field: 'id', message: expect.stringContaining('field "id" names another record') },
  ],
  [
    { message: `Found p:${SECRET} for the \`out\` field, which does not match the existing field value` },
    { ...COERCION, field: 'out' },
  ],
  [
    { message: `Cannot use p:${SECRET} in a CONTENT clause`, kind: 'Validation', details: { kind: 'InvalidContent' } },
    { ...OTHER, message: 'What was given as CONTENT is not of the kind it takes.' },
  ],
  [
    {
      message: `Given test operation failed for JSON Patch. Expected \`'${SECRET}'\`, but got \`'${SECRET}'\` instead.`,
    },
    { ...OTHER, message: 'A "test" operation of the patch does not hold; nothing was changed.' },
  ],
  [
    { message: `Couldn't coerce value for field \`s\` of \`a:2\`: Expected \`string\` but found \`NONE\`` },
    {
      ...COERCION,
      field: 's',
      message: 'The database refused the write: field "s" takes string, and was given something else.',
    },
  ],
  [
    {
      message: `Couldn't coerce value for field \`home.city\` of \`a:${SECRET}\`: Expected \`none | int\` but found \`'${SECRET}'\``,
    },
    { ...COERCION, field: 'home.city', message: expect.stringContaining('takes none | int, and') },
  ],
  [
    {
      message: `Couldn't coerce value for field \`n\` of \`a:2\`: Expected \`int\` but found \`': Expected \`${SECRET}\` but found \`'\``,
    },
    { ...COERCION, field: 'n', message: expect.stringContaining('takes int, and') },
  ],
  [
    { message: `Found '${SECRET}' for field \`i\`, with record \`t:1\`, but expected a int` },
    {
      ...COERCION,
      field: 'i',
      message: 'The database refused the write: field "i" takes int, and was given something else.',
    },
  ],
  [
    { message: `Found '${SECRET}' for field \`as\`, with record \`a:8\`, but field must conform to: $value > 0` },
    { ...COERCION, field: 'as', message: 'The database refused the write: field "as" must conform to: $value > 0.' },
  ],
  [
    {
      message: `Found '${SECRET} for field \`x\`, with record y' for field \`as\`, with record \`a:8\`, but field must conform to: $value > 0`,
    },
    { ...COERCION, field: 'as', message: expect.stringContaining('must conform to: $value > 0') },
  ],
  [
    { message: `Found changed value for field \`ro\`, with record \`a:${SECRET}\`, but field is readonly` },
    { ...COERCION, field: 'ro', message: 'The database refused the write: field "ro" is read-only and was changed.' },
  ],
  [
    { message: `Found field 'extra', but no such field exists for table 'a'` },
    {
      ...COERCION,
      field: 'extra',
      message: 'The database refused the write: field "extra" is no field of the table a.',
    },
  ],
  [{ message: `Found field 'arr[0].k', but no such field exists for table 'a'` }, { ...COERCION, field: 'arr[0].k' }],
  [
    { message: `The table 'x' does not exist`, kind: 'NotFound', details: { kind: 'Table', details: { name: 'x' } } },
    { ...OTHER, kind: 'NotFound.Table', message: 'The table "x" does not exist; define it, or save a first record.' },
  ],
  [
    { message: 'An error occurred: too late', kind: 'Thrown' },
    { ...OTHER, kind: 'Thrown', message: 'The database threw: too late' },
  ],
  [
    { message: 'An error occurred: that is not allowed', kind: 'Thrown' },
    { ...OTHER, message: 'The database threw: that is not allowed' },
  ],
  [
    {
      message: 'IAM error: Not enough permissions to perform this action',
      kind: 'NotAllowed',
      details: { kind: 'Auth' },
    },
    {
      ...DENIED,
      kind: 'NotAllowed.Auth',
      message: 'The signed-in user may not do this; sign in as another user, or change the permissions.',
    },
  ],
  [{ message: "You don't have permission to perform this query type" }, DENIED],
  [
    { message: 'There was a problem with authentication', kind: 'NotAllowed', details: { kind: 'InvalidAuth' } },
    CREDENTIALS,
  ],
  [{ message: 'There was a problem with the database: There was a problem with authentication' }, CREDENTIALS],
  [{ message: 'No record was returned' }, CREDENTIALS],
  [{ message: 'The token has expired' }, CREDENTIALS],
  [
    {
      message: 'The query was not executed because it exceeded the timeout: 1s',
      kind: 'Query',
      details: { kind: 'TimedOut' },
    },
    {
      ...OTHER,
      kind: 'Query.TimedOut',
      message: 'The statement exceeded its time limit in the database and was stopped there.',
    },
  ],
  [
    { message: 'Transaction conflict: Write conflict, retry the transaction. This transaction can be retried' },
    CONFLICT,
  ],
  [{ message: 'Transaction conflict: Transaction write conflict. This transaction can be retried' }, CONFLICT],
  [
    {
      message: 'Transaction conflict: Resource busy: . This transaction can be retried',
      kind: 'Query',
      details: { kind: 'NotExecuted' },
    },
    CONFLICT,
  ],
  [
    {
      message:
        'The query was not executed due to a failed transaction. Failed to commit transaction due to a read or write conflict. This transaction can be retried',
    },
    CONFLICT,
  ],
  [
    {
      message: `Parse error: Unexpected token \`FORM\`, expected FROM\n --> [1:10]\n  |\n1 | SELECT * FORM p WHERE a = '${SECRET}'\n`,
    },
    {
      class: DatabaseError,
      code: 'INVALID_QUERY',
      message: expect.stringContaining('Unexpected token `FORM`, expected FROM'),
    },
  ],
  [
    { message: `There was a problem with the database: Parse error: Unexpected token "${SECRET}"` },
    { class: DatabaseError, code: 'INVALID_QUERY' },
  ],
  [{ message: `Something new with '${SECRET}' and "${SECRET}" and found \`${SECRET}\`` }, OTHER],
  [
    { message: 'The record is locked', kind: 'Internal' },
    { ...OTHER, message: 'The database answered with an error: The record is locked' },
  ],
]

describe('translateError', () => {
  it.each(MESSAGES)('%j', (error, { class: wanted, ...properties }) => {
    const translated = translateError(error)
    expect(translated.constructor).toBe(wanted)
    expect(translated).toMatchObject(properties)
    expect(translated.message).not.toContain(SECRET)
    expect(translated.stack).not.toContain(SECRET)
  })

  it("keeps the database's own words where no logger prints them", () => {
    const { message } = MESSAGES[0]![0]
    const error = translateError({ message })
    expect((error as DatabaseError).databaseMessage).toBe(message)
    expect(Object.keys(error)).not.toContain('databaseMessage')
    expect(JSON.stringify(error)).not.toContain(SECRET)
    expect(inspect(error)).not.toContain(SECRET)
  })

  it('never shows a value of a unique index or of a coercion, whatever the value is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), (noise) => {
        const value = `${noise}${SECRET}${noise}`
        for (const message of [
          `Database index \`i\` already contains '${value}', with record \`d:1\``,
          `Couldn't coerce value for field \`f\` of \`a:2\`: Expected \`int\` but found \`'${value}'\``,
          `Found '${value}' for field \`f\`, with record \`t:1\`, but expected a int`,
        ]) {
          expect(translateError({ message }).message).not.toContain(SECRET)
        }
      }),
    )
  })
})

describe('isMissingTable', () => {
  it('knows a missing table by its kind', () => {
    const missing = { message: `The table 'x' does not exist`, kind: 'NotFound', details: { kind: 'Table' } }
    expect(isMissingTable(translateError(missing))).toBe(true)
    expect(isMissingTable(translateError({ ...missing, details: { kind: 'Record' } }))).toBe(false)
    expect(isMissingTable(new Error(missing.message))).toBe(false)
  })
})

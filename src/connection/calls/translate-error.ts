import {
  AuthenticationError,
  DatabaseError,
  PermissionDeniedError,
  SchemaError,
  TransactionConflictError,
  UniqueViolationError,
  type DatabaseErrorOptions,
  type SurrealEngineError,
} from '../../errors.js'
import { isObject } from '../../values.js'

/** An error as the database sends it, for a whole request or for one statement. */
export interface ServerError {
  readonly message: string
  readonly kind?: string
  readonly details?: unknown
}

type Translation = (match: RegExpExecArray, options: DatabaseErrorOptions) => SurrealEngineError

/**
 * The database gives most of its errors only as words, so they are told apart by their words. A pattern takes names out of
 * them (tables, fields, indexes), never values: those stay in `databaseMessage`.
 */
const TRANSLATIONS: readonly (readonly [pattern: RegExp, translate: Translation])[] = [
  [
    /^Database index `(.*?)` already contains /s,
    ([, index = ''], options) =>
      new UniqueViolationError(
        'UNIQUE_VIOLATION',
        `A record with the same value exists already: the unique index "${index}" refused the write.`,
        { ...options, index },
      ),
  ],
  [
    /^Database record `.*` already exists/s,
    (_, options) =>
      new UniqueViolationError(
        'RECORD_EXISTS',
        'A record with this id exists already; load it and save it, or choose another id.',
        options,
      ),
  ],
  [
    /^Couldn't coerce value for field `(.*?)` of .*?: Expected `(.*?)` but found /s,
    ([, field = '', type = ''], options) => schemaError(field, `takes ${type}, and was given something else`, options),
  ],
  [
    /^Found .* for field `(.*?)`, with record .*, but expected an? (.*)$/s,
    ([, field = '', type = ''], options) => schemaError(field, `takes ${type}, and was given something else`, options),
  ],
  [
    /^Found .* for field `(.*?)`, with record .*, but field must conform to: (.*)$/s,
    ([, field = '', assertion = ''], options) => schemaError(field, `must conform to: ${assertion}`, options),
  ],
  [
    /^Found changed value for field `(.*?)`/s,
    ([, field = ''], options) => schemaError(field, 'is read-only and was changed', options),
  ],
  [
    /^Found field '(.*?)', but no such field exists for table '(.*?)'/s,
    ([, field = '', table = ''], options) => schemaError(field, `is no field of the table ${table}`, options),
  ],
  [
    /^Found .* for the `(.*?)` field, (but a specific record|which does not match)/s,
    ([, field = ''], options) => schemaError(field, 'names another record than the one that is written', options),
  ],
  [
    /^Cannot use .* in an? (\w+) clause/s,
    ([, clause = ''], options) =>
      new DatabaseError('DATABASE_ERROR', `What was given as ${clause} is not of the kind it takes.`, options),
  ],
  [
    /^Given test operation failed for JSON Patch/s,
    (_, options) =>
      new DatabaseError(
        'DATABASE_ERROR',
        'A "test" operation of the patch does not hold; nothing was changed.',
        options,
      ),
  ],
  [
    /^The table '(.*?)' does not exist/s,
    ([, table = ''], options) =>
      new DatabaseError(
        'DATABASE_ERROR',
        `The table "${table}" does not exist; define it, or save a first record.`,
        options,
      ),
  ],
  [
    /^An error occurred: (.*)$/s,
    ([, thrown = ''], options) => new DatabaseError('DATABASE_ERROR', `The database threw: ${thrown}`, options),
  ],
  // from here on the words may stand anywhere, so what can hold a value has to be told apart before
  [
    /can be retried|Transaction conflict/i,
    (_, options) =>
      new TransactionConflictError(
        'Another transaction wrote the same records at the same time; this one was rolled back. Run it again.',
        options,
      ),
  ],
  [
    /There was a problem with authentication|^No record was returned|InvalidAuth|token (has expired|is invalid|is malformed)|^InvalidToken$|^(JSON|Base64) error: |^The session has expired$|^The access method (does not exist|cannot be used)|^This bearer access /i,
    (_, options) =>
      new AuthenticationError(
        'The database refused the credentials; check user, password, and the level the user is defined on (root, namespace, database).',
        options,
      ),
  ],
  [
    /IAM error|Not enough permissions|don't have permission|not allowed/i,
    (_, options) =>
      new PermissionDeniedError(
        'The signed-in user may not do this; sign in as another user, or change the permissions.',
        options,
      ),
  ],
  [
    /exceeded the timeout|timed? ?out/i,
    (_, options) =>
      new DatabaseError(
        'DATABASE_ERROR',
        'The statement exceeded its time limit in the database and was stopped there.',
        options,
      ),
  ],
  [
    /^Invalid request$/,
    (_, options) =>
      new DatabaseError(
        'INVALID_QUERY',
        'The database could not read the request, and carried out nothing of it; check what was given to the call.',
        options,
      ),
  ],
  [
    /^(Parse error|There was a problem with the database: Parse error).*?$/s,
    ([text], options) =>
      new DatabaseError('INVALID_QUERY', `The statement is not valid SurrealQL. ${withoutValues(text)}`, options),
  ],
]

function schemaError(field: string, problem: string, options: DatabaseErrorOptions): SchemaError {
  return new SchemaError(`The database refused the write: field "${field}" ${problem}.`, { ...options, field })
}

/** An error of the database as one of ours; `isPartial` when other statements of its request were carried out. */
export function translateError({ message, kind, details }: ServerError, isPartial = false): SurrealEngineError {
  const options: DatabaseErrorOptions = { databaseMessage: message, kind: fullKind(kind, details), isPartial }
  for (const [pattern, translate] of TRANSLATIONS) {
    const match = pattern.exec(message)
    if (match) return translate(match, options)
  }
  return new DatabaseError('DATABASE_ERROR', `The database answered with an error: ${withoutValues(message)}`, options)
}

/** `NotFound` with the details `{ kind: 'Table' }` is `NotFound.Table`. */
function fullKind(kind: string | undefined, details: unknown): string {
  const detail = detailKind(details)
  return [kind ?? 'Internal', ...(detail === undefined ? [] : [detail])].join('.')
}

/** The kind that the details of an error name: `Table`, `NotExecuted`; undefined when they name none. */
export function detailKind(details: unknown): string | undefined {
  const kind = isObject(details) ? (details as { kind?: unknown }).kind : undefined
  return typeof kind === 'string' ? kind : undefined
}

/** Quoted text and numbers may be values. */
function withoutValues(message: string): string {
  return message.replace(/'[^']*'|"[^"]*"/g, "'…'").replace(/(found|got|value) `[^`]*`/gi, '$1 …')
}

/** Whether the server does not know the method of the request. */
export function isMissingMethod(error: unknown): boolean {
  return error instanceof DatabaseError && /method not found/i.test(error.databaseMessage ?? '')
}

/** Whether the database has no such table: it holds no records then. */
export function isMissingTable(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === 'NotFound.Table'
}

/**
 * Every error this package throws. Anybody may import this file; it imports nothing.
 *
 * A message says what happened, where (`User.age`) and what to do. It never holds a bound value or a password: where the
 * database's own words hold one, they are kept apart in `DatabaseError.databaseMessage`, which no logger prints by itself.
 * Each code has a heading in docs/errors.md.
 */

/** The codes, by the class that carries them. docs/errors.md and tests/errors follow this table. */
export const ERROR_CODES = {
  ConfigurationError: ['INVALID_OPTION', 'UNKNOWN_SCHEME', 'CONNECTION_NAME_TAKEN', 'ALREADY_CONNECTED'],
  ConnectionError: ['CONNECTION_FAILED', 'CONNECTION_LOST', 'NOT_CONNECTED', 'STORE_LOCKED', 'HOST_DIED'],
  ConnectionNotFoundError: ['CONNECTION_NOT_FOUND'],
  ConnectionClosedError: ['CONNECTION_CLOSED'],
  OutcomeUnknownError: ['OUTCOME_UNKNOWN', 'COMMIT_OUTCOME_UNKNOWN'],
  PoolExhaustedError: ['POOL_EXHAUSTED'],
  AuthenticationError: ['AUTHENTICATION_FAILED'],
  TimeoutError: ['TIMEOUT'],
  AbortedError: ['ABORTED'],
  TransactionError: ['TRANSACTION_CLOSED', 'TRANSACTION_FAILED'],
  LiveQueryError: ['LIVE_QUERY_ENDED', 'LIVE_QUERY_OVERFLOW'],
  ModelDefinitionError: [
    'INVALID_MODEL',
    'ABSTRACT_MODEL',
    'MODEL_NOT_DECORATED',
    'TABLE_TAKEN',
    'INVALID_FIELD_OPTION',
    'INVALID_DEFINITION',
  ],
  ValidationError: ['VALIDATION_FAILED'],
  LookupError: [
    'UNKNOWN_FIELD',
    'UNKNOWN_LOOKUP',
    'UNKNOWN_INDEX',
    'UNDEFINED_VALUE',
    'INVALID_VALUE',
    'UNFILTERED_WRITE',
  ],
  DoesNotExistError: ['DOES_NOT_EXIST'],
  MultipleObjectsReturnedError: ['MULTIPLE_OBJECTS_RETURNED'],
  StaleDocumentError: ['STALE_DOCUMENT'],
  BulkWriteError: ['BULK_WRITE_FAILED'],
  NotSavedError: ['NOT_SAVED', 'DOCUMENT_DELETED', 'SAVE_IN_PROGRESS'],
  DatabaseError: ['DATABASE_ERROR', 'INVALID_QUERY', 'IMPORT_FAILED', 'UNEXPECTED_RESPONSE'],
  UniqueViolationError: ['UNIQUE_VIOLATION', 'RECORD_EXISTS'],
  TransactionConflictError: ['TRANSACTION_CONFLICT'],
  PermissionDeniedError: ['PERMISSION_DENIED'],
  SchemaError: ['SCHEMA_VIOLATION'],
  AsyncInSyncError: ['ASYNC_IN_SYNC'],
  UnsupportedError: ['SECOND_THREAD', 'UNSUPPORTED_VERSION', 'UNSUPPORTED_CALL'],
} as const

type CodeTable = typeof ERROR_CODES
/** A code of the class named `Name`. */
export type CodeOf<Name extends keyof CodeTable> = CodeTable[Name][number]
/** Every code there is. */
export type ErrorCode = CodeOf<keyof CodeTable>

/** What went wrong behind an error. */
export interface ErrorOptions {
  readonly cause?: unknown
}

const STACK_FRAMES = 50

/** The base of every error this package throws. */
export abstract class SurrealEngineError extends Error {
  /** True when the same call may be made again and can succeed. */
  readonly isRetryable: boolean = false

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ErrorOptions = {},
  ) {
    // The usual ten frames would all be this package's own; the user's line is below them.
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = Math.max(limit, STACK_FRAMES)
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    Error.stackTraceLimit = limit
    this.name = new.target.name
  }
}

/** An option, a connection string or the use of a connection is wrong. */
export class ConfigurationError extends SurrealEngineError {
  declare readonly code: CodeOf<'ConfigurationError'>
  constructor(code: CodeOf<'ConfigurationError'>, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

/** The database cannot be reached, or was lost while a call was under way. */
export class ConnectionError extends SurrealEngineError {
  declare readonly code: CodeOf<'ConnectionError'>
  constructor(code: CodeOf<'ConnectionError'>, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

/** No connection of that name, or none at all. */
export class ConnectionNotFoundError extends SurrealEngineError {
  declare readonly code: CodeOf<'ConnectionNotFoundError'>
  constructor(message: string, options?: ErrorOptions) {
    super('CONNECTION_NOT_FOUND', message, options)
  }
}

/** The connection was closed by `close()`. */
export class ConnectionClosedError extends SurrealEngineError {
  declare readonly code: CodeOf<'ConnectionClosedError'>
  constructor(message: string, options?: ErrorOptions) {
    super('CONNECTION_CLOSED', message, options)
  }
}

/**
 * The channel broke while a write was under way: the database may have carried it out, or not. It was not sent again. Read
 * the records before you write them again.
 */
export class OutcomeUnknownError extends SurrealEngineError {
  declare readonly code: CodeOf<'OutcomeUnknownError'>
  constructor(code: CodeOf<'OutcomeUnknownError'>, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

/** No connection of the pool became free in time, or too many calls wait for one already. Nothing was sent. */
export class PoolExhaustedError extends SurrealEngineError {
  declare readonly code: CodeOf<'PoolExhaustedError'>
  override readonly isRetryable = true
  constructor(message: string, options?: ErrorOptions) {
    super('POOL_EXHAUSTED', message, options)
  }
}

/** The database refused the credentials. */
export class AuthenticationError extends SurrealEngineError {
  declare readonly code: CodeOf<'AuthenticationError'>
  constructor(message: string, options?: ErrorOptions) {
    super('AUTHENTICATION_FAILED', message, options)
  }
}

/** No answer within the deadline. Whether the database carried the call out is not known. */
export class TimeoutError extends SurrealEngineError {
  declare readonly code: CodeOf<'TimeoutError'>
  constructor(message: string, options?: ErrorOptions) {
    super('TIMEOUT', message, options)
  }
}

/** The caller's AbortSignal ended the call; its reason is the `cause`. */
export class AbortedError extends SurrealEngineError {
  declare readonly code: CodeOf<'AbortedError'>
  constructor(message: string, options?: ErrorOptions) {
    super('ABORTED', message, options)
  }
}

/** A transaction is used after its end, or after one of its statements failed. */
export class TransactionError extends SurrealEngineError {
  declare readonly code: CodeOf<'TransactionError'>
  constructor(code: CodeOf<'TransactionError'>, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

/** A live query came to an end that its consumer did not ask for. */
export class LiveQueryError extends SurrealEngineError {
  declare readonly code: CodeOf<'LiveQueryError'>
  constructor(code: CodeOf<'LiveQueryError'>, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

/** A model class is defined in a way that cannot work. */
export class ModelDefinitionError extends SurrealEngineError {
  declare readonly code: CodeOf<'ModelDefinitionError'>
  constructor(code: CodeOf<'ModelDefinitionError'>, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

/** One thing wrong with a document. */
export interface ValidationIssue {
  /** Where: `['address', 'city']`, `['tags', 2]`. */
  readonly path: readonly (string | number)[]
  /** What, for programs: `required`, `invalid_type`, `too_small`, … */
  readonly code: string
  /** What, for people; never the value itself. */
  readonly message: string
}

/** A document does not keep to its model. Every issue is listed, not only the first. */
export class ValidationError extends SurrealEngineError {
  declare readonly code: CodeOf<'ValidationError'>
  constructor(
    readonly model: string,
    readonly issues: readonly ValidationIssue[],
    options?: ErrorOptions,
  ) {
    const lines = issues.map(({ path, message }) => `${[model, ...path].join('.')}: ${message}`)
    super(
      'VALIDATION_FAILED',
      lines.length === 1 ? lines[0]! : `${model} has ${lines.length} issues\n  ${lines.join('\n  ')}`,
      options,
    )
  }
}

/** A filter, an order or an update names something that does not exist, or gives it a value it cannot take. */
export class LookupError extends SurrealEngineError {
  declare readonly code: CodeOf<'LookupError'>
  constructor(code: CodeOf<'LookupError'>, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

/** One record was asked for and there is none. */
export class DoesNotExistError extends SurrealEngineError {
  declare readonly code: CodeOf<'DoesNotExistError'>
  constructor(message: string, options?: ErrorOptions) {
    super('DOES_NOT_EXIST', message, options)
  }
}

/** One record was asked for and there are several. */
export class MultipleObjectsReturnedError extends SurrealEngineError {
  declare readonly code: CodeOf<'MultipleObjectsReturnedError'>
  constructor(message: string, options?: ErrorOptions) {
    super('MULTIPLE_OBJECTS_RETURNED', message, options)
  }
}

/** The document is in no state for the operation: it is new, was deleted, or is being written right now. */
export class NotSavedError extends SurrealEngineError {
  declare readonly code: CodeOf<'NotSavedError'>
  constructor(code: CodeOf<'NotSavedError'>, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

/**
 * The record of a versioned document was changed or deleted by somebody else since the document was loaded. Nothing was
 * written. `refresh()` the document, and make the change again.
 */
export class StaleDocumentError extends SurrealEngineError {
  declare readonly code: CodeOf<'StaleDocumentError'>
  constructor(message: string, options?: ErrorOptions) {
    super('STALE_DOCUMENT', message, options)
  }
}

/** One of many documents that was not written. */
export interface FailedRow {
  /** Its place among those that were given, from 0. */
  readonly index: number
  /** Why: `UNIQUE_VIOLATION`, `SCHEMA_VIOLATION`, `STALE_DOCUMENT`, … */
  readonly code: ErrorCode
  readonly message: string
  /** The whole error. */
  readonly error: SurrealEngineError
}

/**
 * Of many documents, some were not written: `failures` says which, and why; `stored` has those that are stored. Nothing that
 * is stored is undone.
 */
export class BulkWriteError extends SurrealEngineError {
  declare readonly code: CodeOf<'BulkWriteError'>
  constructor(
    readonly model: string,
    /** In the order of their rows. */
    readonly failures: readonly FailedRow[],
    /** The documents that are stored. */
    readonly stored: readonly object[],
  ) {
    const [first] = failures
    super(
      'BULK_WRITE_FAILED',
      `${model}: ${failures.length} of the documents were refused, and ${stored.length} are stored. The first that was refused is number ${first?.index}: ${first?.message}`,
      { cause: first?.error },
    )
  }
}

/** What a database error knows besides its message. */
export interface DatabaseErrorOptions extends ErrorOptions {
  /** The database's own words. They may hold values, so they are not part of the message and not enumerable. */
  readonly databaseMessage?: string
  /** The database's own kind of error: `Validation`, `NotFound`, `Thrown`, `Internal`, … */
  readonly kind?: string
  /** Whether other statements of the same request were carried out. */
  readonly isPartial?: boolean
}

/** The database answered with an error. */
export class DatabaseError extends SurrealEngineError {
  /** The database's own kind of error: `Validation`, `NotFound`, `Thrown`, `Internal`, … */
  readonly kind: string | undefined
  /** The database's own words. They may hold stored or bound values: do not log them unread. */
  declare readonly databaseMessage: string | undefined
  /** Whether other statements of the same request were carried out; outside of a transaction they stay stored. */
  readonly isPartial: boolean

  constructor(code: ErrorCode, message: string, options: DatabaseErrorOptions = {}) {
    super(code, message, options)
    this.kind = options.kind
    this.isPartial = options.isPartial ?? false
    Object.defineProperty(this, 'databaseMessage', { value: options.databaseMessage, enumerable: false })
  }
}

/** A unique index, or a record id, is taken. */
export class UniqueViolationError extends DatabaseError {
  declare readonly code: CodeOf<'UniqueViolationError'>
  constructor(
    code: CodeOf<'UniqueViolationError'>,
    message: string,
    options?: DatabaseErrorOptions & { readonly index?: string },
  ) {
    super(code, message, options)
    this.index = options?.index
  }
  /** The name of the violated index; undefined when the record id itself is taken. */
  readonly index: string | undefined
}

/** Two transactions wrote the same record; this one was rolled back and can be tried again. */
export class TransactionConflictError extends DatabaseError {
  declare readonly code: CodeOf<'TransactionConflictError'>
  override readonly isRetryable = true
  constructor(message: string, options?: DatabaseErrorOptions) {
    super('TRANSACTION_CONFLICT', message, options)
  }
}

/** The signed-in user may not do this. */
export class PermissionDeniedError extends DatabaseError {
  declare readonly code: CodeOf<'PermissionDeniedError'>
  constructor(message: string, options?: DatabaseErrorOptions) {
    super('PERMISSION_DENIED', message, options)
  }
}

/** The database's schema refused a value: wrong type, failed assertion, unknown or read-only field. */
export class SchemaError extends DatabaseError {
  declare readonly code: CodeOf<'SchemaError'>
  constructor(message: string, options?: DatabaseErrorOptions & { readonly field?: string }) {
    super('SCHEMA_VIOLATION', message, options)
    this.field = options?.field
  }
  /** The field the database named, as a path: `address.city`. */
  readonly field: string | undefined
}

/** A hook or validator returned a promise while a blocking method was running it. */
export class AsyncInSyncError extends SurrealEngineError {
  declare readonly code: CodeOf<'AsyncInSyncError'>
  constructor(message: string, options?: ErrorOptions) {
    super('ASYNC_IN_SYNC', message, options)
  }
}

/** This server, engine, scheme or thread cannot do what was asked. */
export class UnsupportedError extends SurrealEngineError {
  declare readonly code: CodeOf<'UnsupportedError'>
  constructor(code: CodeOf<'UnsupportedError'>, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

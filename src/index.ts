/** The public names of the package, each one on purpose. */
export type {
  BearerCredentials,
  Credentials,
  CredentialsProvider,
  DatabaseCredentials,
  NamespaceCredentials,
  RecordCredentials,
  RootCredentials,
  SignUp,
  TokenCredentials,
} from './connection/options/authentication.js'
export { Connection, type ConnectionStatus, type Health } from './connection/connection.js'
export type { CallOptions } from './connection/calls/call-options.js'
export type { ConnectionOptions } from './connection/options/connection-options.js'
export { ConnectionRegistry, createConnection } from './connection/connection-registry.js'
export { withConnection, withConnectionSync, type ConnectionChoice } from './connection/current-connection.js'
export {
  BlockingLiveQuery,
  LiveQuery,
  type LiveMessage,
  type LiveOptions,
  type LiveSyncOptions,
} from './connection/live/live-query.js'
export type { ExportOptions, ImportOptions } from './connection/transfer/export-options.js'
export type { ImportInput, ImportSyncInput } from './connection/transfer/import-input.js'
export type { ConnectionEvents, QueryEvent } from './connection/observability/observer.js'
export type { RetryEvent } from './connection/calls/calls.js'
export type { SessionPlace, Tokens } from './connection/session/database-session.js'
export type { TransactionOptions } from './connection/transactions/run-transaction.js'
export { Transaction } from './connection/transactions/transaction.js'
export type { DurationInput } from './connection/options/duration.js'
export type { PoolOptions } from './connection/options/pool-options.js'
export type { RetryOptions } from './connection/options/retry-options.js'
export type {
  EdgeContent,
  EdgeData,
  IdentifiedData,
  MergeData,
  PatchOperation,
  RecordData,
  RecordEnd,
  RecordList,
  RecordTarget,
  StoredEdge,
  StoredRecord,
} from './connection/records/record-types.js'
export {
  AbortedError,
  AsyncInSyncError,
  AuthenticationError,
  ConfigurationError,
  ConnectionClosedError,
  ConnectionError,
  ConnectionNotFoundError,
  DatabaseError,
  DoesNotExistError,
  LiveQueryError,
  LookupError,
  ModelDefinitionError,
  MultipleObjectsReturnedError,
  NotSavedError,
  OutcomeUnknownError,
  PermissionDeniedError,
  PoolExhaustedError,
  SchemaError,
  SurrealEngineError,
  TimeoutError,
  TransactionConflictError,
  TransactionError,
  UniqueViolationError,
  UnsupportedError,
  ValidationError,
  type ErrorCode,
  type ValidationIssue,
} from './errors.js'
export { BooleanField } from './fields/boolean-field.js'
export { DateTimeField } from './fields/date-time-field.js'
export { EmbeddedField } from './fields/embedded-field.js'
export type { FieldDecorator } from './fields/field-decorator.js'
export type { FieldOptions } from './fields/field-options.js'
export { ListField, type ListFieldOptions } from './fields/list-field.js'
export { FloatField, IntField, type NumberFieldOptions } from './fields/number-fields.js'
export { RecordIDField, type RecordIDFieldOptions } from './fields/record-id-field.js'
export { ReferenceField, type Ref } from './fields/reference-field.js'
export { StringField, type StringFieldOptions } from './fields/string-field.js'
export { Collection } from './model/collection.js'
export { Document } from './model/document.js'
export type { DocumentBase } from './model/document-base.js'
export type { DocumentFields, OperationOptions } from './model/document-types.js'
export type { ModelClass } from './model/model-class.js'
export { Embeddable, EmbeddedDocument } from './model/embedded-document.js'
export { Manager, type BulkOptions } from './model/manager.js'
export { QuerySet } from './model/query-set.js'
export type { FieldPath, OrderTerm } from './query/lookup-types.js'
export { AfterDelete, AfterSave, BeforeDelete, BeforeSave } from './schema/hooks.js'
export type { CollectionOptions, IndexOptions } from './schema/model-meta.js'
export type { CompiledQuery } from './surrealql/compiled-query.js'
export { escapeIdentifier } from './surrealql/escape.js'
export { surql } from './surrealql/surql.js'
export {
  BoundExcluded,
  BoundIncluded,
  DateTime,
  Decimal,
  Duration,
  FileRef,
  Geometry,
  GeometryCollection,
  GeometryLine,
  GeometryMultiLine,
  GeometryMultiPoint,
  GeometryMultiPolygon,
  GeometryPoint,
  GeometryPolygon,
  Range,
  RecordId,
  RecordIdRange,
  Table,
  Uuid,
  type RecordKey,
} from './values.js'
export { inspectDatabase, inspectDatabaseSync } from './migration/inspect-database.js'
export { schemaDiff, schemaDiffSync, type AnyModel, type SchemaDiff } from './migration/schema-diff.js'
export type { SchemaDifference, SchemaKind } from './migration/compare-schemas.js'
export type { JsonSchema } from './zod/json-schema.js'
export type { JsonForm, ModelSchema, SchemaVariant } from './zod/model-schema-types.js'

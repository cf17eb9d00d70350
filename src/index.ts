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
export type { CacheOptions } from './connection/options/cache-options.js'
export { MemoryStore, type CacheStore, type MemoryStoreOptions } from './connection/cache/cache-store.js'
export type { CacheTarget, ResultCache } from './connection/cache/result-cache.js'
export type { CacheReadOptions } from './model/querysets/cache-builder.js'
export type { ArrowBatchOptions } from './model/querysets/column-reader.js'
export type { ArrowOptions } from './model/arrow-options.js'
export type { ColumnsOf } from './query/columns/columns-of.js'
export type { ArrowBatch, ArrowModule, ArrowTable } from './model/arrow-types.js'
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
  BulkWriteError,
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
  StaleDocumentError,
  SurrealEngineError,
  TimeoutError,
  TransactionConflictError,
  TransactionError,
  UniqueViolationError,
  UnsupportedError,
  ValidationError,
  type ErrorCode,
  type FailedRow,
  type ValidationIssue,
} from './errors.js'
export { AnyField, type AnyFieldOptions } from './fields/any-field.js'
export { BooleanField } from './fields/scalars/boolean-field.js'
export { BytesField, type BytesFieldOptions } from './fields/scalars/bytes-field.js'
export { ChoiceField, type EnumObject } from './fields/choices/choice-field.js'
export {
  ComputedField,
  ComputedField as FutureField,
  type ComputedFieldOptions,
} from './fields/computed/computed-field.js'
export {
  DateTimeField,
  type DateTimeFieldOptions,
  type NanosecondDateTimeFieldOptions,
} from './fields/time/date-time-field.js'
export { DecimalField, type DecimalFieldOptions } from './fields/numbers/decimal-field.js'
export { DictField } from './fields/containers/dict-field.js'
export { DurationField, type DurationFieldOptions } from './fields/time/duration-field.js'
export { EmailField } from './fields/text/email-field.js'
export { EmbeddedField } from './fields/containers/embedded-field.js'
export type { OnDelete } from './fields/field.js'
export type { FieldDecorator } from './fields/field-decorator.js'
export type { FieldOptions } from './fields/field-options.js'
export { FileField, type FileFieldOptions } from './fields/scalars/file-field.js'
export {
  GeometryCollectionField,
  GeometryField,
  LineField,
  MultiLineField,
  MultiPointField,
  MultiPolygonField,
  PointField,
  PolygonField,
} from './fields/geometry/geometry-fields.js'
export { IncomingReferenceField } from './fields/links/incoming-reference-field.js'
export type {
  DiskannOptions,
  FulltextOptions,
  HnswDistance,
  HnswOptions,
  IndexKindOptions,
} from './fields/index-options.js'
export { IPAddressField, type IPAddressFieldOptions } from './fields/text/ip-address-field.js'
export { ListField, type ListFieldOptions } from './fields/containers/list-field.js'
export { LiteralField } from './fields/choices/literal-field.js'
export type { LiteralValue } from './fields/choices/literal-type.js'
export {
  BigIntField,
  FloatField,
  IntField,
  NumberField,
  type NumberFieldOptions,
} from './fields/numbers/number-fields.js'
export { ObjectField, type ObjectFieldOptions, type ObjectValue } from './fields/containers/object-field.js'
export { OptionField } from './fields/containers/option-field.js'
export { RangeField } from './fields/containers/range-field.js'
export { RecordIDField, type RecordIDFieldOptions } from './fields/links/record-id-field.js'
export { ReferenceField, type Ref, type ReferenceFieldOptions } from './fields/links/reference-field.js'
export { RegexField } from './fields/text/regex-field.js'
export { SequenceField, type SequenceFieldOptions } from './fields/computed/sequence-field.js'
export { SetField, type SetFieldOptions } from './fields/containers/set-field.js'
export { SlugField, type SlugFieldOptions } from './fields/text/slug-field.js'
export { StringField, type StringFieldOptions } from './fields/text/string-field.js'
export { TableField, type TableFieldOptions } from './fields/links/table-field.js'
export { TimeSeriesField } from './fields/time/time-series-field.js'
export { UnionField, type UnionMembers } from './fields/containers/union-field.js'
export { URLField, type URLFieldOptions } from './fields/text/url-field.js'
export { UUIDField, type UUIDFieldOptions } from './fields/scalars/uuid-field.js'
export { VectorField, type VectorFieldOptions, type VectorType } from './fields/containers/vector-field.js'
export { Collection } from './model/collection.js'
export {
  DatabaseFunction,
  type ArgumentValues,
  type DatabaseFunctionOptions,
  type FieldHolder,
  type FunctionArguments,
} from './model/database-function.js'
export { defineTables, defineTablesSync, type DefineTablesOptions } from './model/define-tables.js'
export { Document } from './model/document.js'
export type { DocumentBase } from './model/document-base.js'
export type { DocumentFields, OperationOptions } from './model/document-types.js'
export type { ModelClass } from './model/model-class.js'
export { Embeddable, EmbeddedDocument } from './model/embedded-document.js'
export {
  Manager,
  type BulkCreated,
  type BulkOptions,
  type GotOrCreated,
  type UpdateOrCreate,
} from './model/querysets/manager.js'
export { QuerySet } from './model/querysets/query-set.js'
export type { BatchOptions, Grid, GridOptions, IterateOptions } from './model/querysets/page-reader.js'
export type { ExplainOptions } from './model/querysets/plan-reader.js'
export type { DocumentMessage, LiveDocumentOptions, LiveDocumentSyncOptions } from './model/querysets/live-reader.js'
export type { PlanStep, QueryPlan } from './query/query-plan.js'
export type { LiveAction } from './query/build-live.js'
export { Incoming, IncomingRows } from './model/querysets/incoming.js'
export type { OrderOptions } from './model/querysets/clause-builder.js'
export { GroupedQuerySet } from './model/querysets/grouped-query-set.js'
export {
  Aggregate,
  ArrayCollect,
  Avg,
  Count,
  CountIf,
  Distinct,
  DistinctCount,
  First,
  GroupConcat,
  Last,
  Max,
  Median,
  Min,
  Percentile,
  StdDev,
  Sum,
  SumIf,
  Variance,
  type AggregateName,
} from './query/aggregates/aggregate.js'
export { Condition, Q } from './query/condition.js'
export type {
  DistanceFound,
  Highlight,
  HybridFound,
  HybridInput,
  NearestOptions,
  PointInput,
  SearchFound,
  SearchOptions,
  TextOffset,
  VectorInput,
  VectorMetric,
} from './query/search/search-types.js'
export type { FieldPath, OrderTerm } from './query/lookup-types.js'
export type { CursorOptions, CursorPage, Page, PageOptions } from './query/pages.js'
export type { HttpQuery } from './query/grid/http-query.js'
export type { GridPage } from './query/grid/parse-grid.js'
export type { NodeDocument } from './model/node-document.js'
export {
  RelationDocument,
  type RelationBase,
  type RelationBetween,
  type RelationDocumentFactory,
} from './model/relation-document.js'
export type { EdgeFields, EdgeOf, RelationModel } from './model/relation-types.js'
export { SoftDelete } from './model/soft-delete.js'
export type { SoftlyDeleted } from './model/softly-deleted.js'
export { Timestamps, type Timestamped } from './model/timestamps.js'
export { Versioned, type WithVersion } from './model/versioned.js'
export { AfterDelete, AfterSave, BeforeDelete, BeforeSave } from './schema/hooks.js'
export type { CollectionOptions } from './schema/model-meta.js'
export type {
  ChangefeedOptions,
  EventOptions,
  IndexOptions,
  ModelLike,
  TableLink,
  TableOptions,
  TablePermissions,
  TablePermissionsByAction,
  ViewSource,
} from './schema/table-options.js'
export {
  Access,
  type AccessDuration,
  type AccessOptions,
  type BearerAccessOptions,
  type JwtAccessOptions,
  type RecordAccessOptions,
  type TokenAlgorithm,
  type TokenOptions,
} from './schema/access.js'
export { Analyzer, type AnalyzerOptions, type TokenFilter, type Tokenizer } from './schema/analyzer.js'
export { DatabaseParameter, type DatabaseParameterOptions } from './schema/database-parameter.js'
export { DefinedObject } from './schema/defined-object.js'
export type { DefineOptions } from './schema/define-statements.js'
export { Sequence, type SequenceOptions } from './schema/sequence.js'
export type { Permission } from './surrealql/nodes/define-statement.js'
export type { RelationEnds } from './schema/relation.js'
export { Validate, type ValidateDecorator, type ValidationFinding, type ValidationVerdict } from './schema/validate.js'
export { Virtual, type VirtualDecorator } from './schema/virtual.js'
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
export { schemaDiff, schemaDiffSync, type SchemaDiff } from './migration/schema-diff.js'
export type { SchemaDifference, SchemaKind } from './migration/compare-schemas.js'
export type { JsonSchema } from './zod/json-schema.js'
export type { JsonForm, ModelSchema, SchemaVariant } from './zod/model-schema-types.js'
export { random, now } from './query/expressions/engine-values.js'
export type {
  BooleanExpression,
  ExpressionOf,
  FieldExpression,
  Operand,
  RecordExpression,
  TypedExpression,
} from './query/expressions/expression-types.js'
export { F } from './query/expressions/f.js'
export { literal } from './query/expressions/literal.js'
export { when } from './query/expressions/when.js'
export type { CustomLookups, CustomTransforms } from './query/expressions/custom-types.js'
export {
  registerLookup,
  registerTransform,
  type FieldClass,
  type LookupDefinition,
  type LookupOperands,
  type TransformDefinition,
} from './query/expressions/register-lookup.js'

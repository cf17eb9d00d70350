import type { ConnectionChoice } from '../connection/current-connection.js'
import type { FieldName } from '../query/lookup-types.js'
import type { RecordId, RecordKey } from '../values.js'

/** What a document can be made from: any of its fields, and the id or its key. */
export type DocumentFields<Model> = {
  readonly [Name in Exclude<FieldName<Model>, 'id'>]?: Model[Name] | null | undefined
} & {
  readonly id?: RecordId | RecordKey | undefined
}

/** What every operation can be told. */
export interface OperationOptions {
  /** The connection to use, or its name; default: the ambient one, the model's, the default. */
  readonly connection?: ConnectionChoice
}

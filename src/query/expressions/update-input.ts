import type { UpdateFields } from '../lookup-types.js'
import type { RecordExpression } from './expression-types.js'

/** What `update()` takes: fields, or a function that makes them of the record's own. */
export type UpdateInput<Model> = UpdateFields<Model> | ((record: RecordExpression<Model>) => UpdateFields<Model>)

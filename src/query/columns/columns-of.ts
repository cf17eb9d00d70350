import type { FieldName } from '../lookup-types.js'

/** The values of rows, one list for each of their names. */
export type ColumnsOf<Row> = { -readonly [Name in FieldName<Row>]: Row[Name][] }

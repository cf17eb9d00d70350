import { LookupError } from '../../errors.js'
import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import { isObject, isPlainObject, RecordId, RecordIdRange, Table } from '../../values.js'
import type { PatchOperation, RecordEnd, RecordTarget } from './record-types.js'

/** The methods that are about records, as SurrealQL. The text never depends on a value; what cannot work is refused here. */

export function selectQuery(target: RecordTarget): CompiledQuery {
  const { only, value } = checkedTarget(target)
  return { query: `SELECT * FROM ${only}$target`, bindings: { target: value } }
}

/** What was written in the same transaction comes without its id, when it is read by that (surrealdb #7221). */
export function withId(target: RecordTarget, record: unknown): unknown {
  return target instanceof RecordId && isPlainObject(record) ? { id: target, ...record } : record
}

export function createQuery(target: RecordTarget, data?: object): CompiledQuery {
  if (target instanceof RecordIdRange) throw invalid('create() takes a RecordId or a table, not a range of records.')
  return writeQuery('CREATE', target, data)
}

export function updateQuery(target: RecordTarget, data?: object): CompiledQuery {
  return writeQuery('UPDATE', target, data)
}

export function upsertQuery(target: RecordTarget, data?: object): CompiledQuery {
  return writeQuery('UPSERT', target, data)
}

function writeQuery(verb: 'CREATE' | 'UPDATE' | 'UPSERT', target: RecordTarget, data?: object): CompiledQuery {
  const { only, value } = checkedTarget(target)
  if (data === undefined) return { query: `${verb} ${only}$target`, bindings: { target: value } }
  return { query: `${verb} ${only}$target CONTENT $data`, bindings: { target: value, data: checkedData(data) } }
}

export function mergeQuery(target: RecordTarget, data: object): CompiledQuery {
  const { only, value } = checkedTarget(target)
  return { query: `UPDATE ${only}$target MERGE $data`, bindings: { target: value, data: checkedData(data) } }
}

export function patchQuery(target: RecordTarget, operations: readonly PatchOperation[]): CompiledQuery {
  const { only, value } = checkedTarget(target)
  if (!Array.isArray(operations)) throw notGiven('The operations of a patch', operations, 'a list of JSON Patch steps')
  return { query: `UPDATE ${only}$target PATCH $operations`, bindings: { target: value, operations } }
}

export function deleteQuery(target: RecordTarget): CompiledQuery {
  const { only, value } = checkedTarget(target)
  return { query: `DELETE ${only}$target RETURN BEFORE`, bindings: { target: value } }
}

/** Without a table, each record says by its id where it belongs. */
export function insertQuery(data: unknown, table?: Table | string): CompiledQuery {
  const rows = checkedRows(data)
  if (table !== undefined)
    return { query: 'INSERT INTO $table $data', bindings: { table: checkedTable(table), data: rows } }
  const list: readonly unknown[] = Array.isArray(rows) ? rows : [rows]
  if (!list.every((row) => (row as { id?: unknown }).id instanceof RecordId))
    throw invalid('Without a table, every record to insert needs a RecordId as its id; or call insert(table, data).')
  return { query: 'INSERT $data', bindings: { data: rows } }
}

export function insertRelationQuery(data: unknown, table: Table | string): CompiledQuery {
  return {
    query: 'INSERT RELATION INTO $table $data',
    bindings: { table: checkedTable(table), data: checkedRows(data) },
  }
}

interface Relation {
  readonly from: RecordEnd
  readonly edge: Table | RecordId | string
  readonly to: RecordEnd
  readonly data?: object | undefined
}

export function relateQuery({ from, edge, to, data }: Relation): CompiledQuery {
  const several = Array.isArray(from) || Array.isArray(to)
  if (several && edge instanceof RecordId)
    throw invalid('Several edges cannot have one id; relate() takes a table as the edge then.')
  const bindings = {
    from: checkedEnd('from', from),
    edge: edge instanceof RecordId ? edge : checkedTable(edge),
    to: checkedEnd('to', to),
  }
  const query = `RELATE ${several ? '' : 'ONLY '}$from->$edge->$to`
  if (data === undefined) return { query, bindings }
  return { query: `${query} CONTENT $data`, bindings: { ...bindings, data: checkedData(data) } }
}

/** ONLY gives the record itself instead of a list of one. */
function checkedTarget(target: RecordTarget): { readonly only: '' | 'ONLY '; readonly value: unknown } {
  if (target instanceof RecordId) return { only: 'ONLY ', value: target }
  if (target instanceof RecordIdRange) return { only: '', value: target }
  if (isTable(target)) return { only: '', value: checkedTable(target) }
  throw notGiven('The target', target, 'a RecordId, a RecordIdRange, a Table or the name of a table')
}

/** A Table, or a string, which is always the name of one. */
export function isTable(value: unknown): value is Table | string {
  return typeof value === 'string' || value instanceof Table
}

export function checkedTable(table: Table | string): Table {
  if (!isTable(table)) throw notGiven('The table', table, 'a Table or the name of one')
  if (table instanceof Table) return table
  if (table === '') throw invalid('The name of a table is empty.')
  // a string that looks like a record id must neither be taken for one nor make a table of that name
  if (table.includes(':')) {
    throw invalid(
      "A string is the name of a table. For one record pass new RecordId('person', 1); for a table with a colon in its name, new Table(name).",
    )
  }
  return new Table(table)
}

function checkedEnd(name: 'from' | 'to', end: RecordEnd): RecordEnd {
  const ends: readonly unknown[] = Array.isArray(end) ? end : [end]
  if (ends.every((each) => each instanceof RecordId)) return end
  throw notGiven(`The argument "${name}" of relate()`, end, 'a RecordId or a list of them')
}

function checkedData(data: unknown): object {
  if (isObject(data) && !Array.isArray(data)) return data
  throw notGiven('The data of a record', data, 'an object')
}

function checkedRows(data: unknown): object {
  const rows: readonly unknown[] = Array.isArray(data) ? data : [data]
  for (const row of rows) checkedData(row)
  return data as object
}

function notGiven(what: string, value: unknown, wanted: string): LookupError {
  if (value === undefined) return new LookupError('UNDEFINED_VALUE', `${what} is undefined; pass ${wanted}.`)
  return invalid(`${what} has to be ${wanted}.`)
}

function invalid(message: string): LookupError {
  return new LookupError('INVALID_VALUE', message)
}

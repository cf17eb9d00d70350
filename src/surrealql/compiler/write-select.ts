import { requireFeature, type Dialect } from '../dialect.js'
import { escapeIdentifier, escapePath } from '../escape.js'
import { and, binary, bound, idiom, type Expression } from '../nodes/expression.js'
import type {
  Column,
  EdgeDirection,
  FusedSelects,
  Order,
  Path,
  Projection,
  SelectStatement,
  Target,
} from '../nodes/select-statement.js'
import { keepComputed } from './keep-computed.js'
import { askComputed } from './ask-computed.js'
import { isMisled } from './misleading-indexes.js'
import { orderByColumns } from './order-by-columns.js'
import { readRanges } from './read-ranges.js'
import { searchEvery } from './search-every.js'
import type { SurrealqlWriter } from './surrealql-writer.js'
import { writeExpression } from './write-expression.js'

/** Writes a SELECT. */
export function writeSelect(writer: SurrealqlWriter, statement: SelectStatement): void {
  writeAsItIs(writer, forDialect(writer.dialect, statement))
}

function writeAsItIs(writer: SurrealqlWriter, select: SelectStatement): void {
  writer.write('SELECT ')
  writeProjection(writer, select.projection)
  writer.write(select.only ? ' FROM ONLY ' : ' FROM ')
  writeTarget(writer, select.from)
  if (select.indexes && select.from.kind === 'table') {
    const { indexes } = select
    writer.write(indexes === 'none' ? ' WITH NOINDEX' : ` WITH INDEX ${indexes.map(escapeIdentifier).join(', ')}`)
  }
  if (select.where) {
    writer.write(' WHERE ')
    writeExpression(writer, select.where)
  }
  writeClauses(writer, select)
}

function forDialect(dialect: Dialect, statement: SelectStatement): SelectStatement {
  const asked = searchEvery(askComputed(withTrustedIndexes(statement, dialect), dialect), dialect)
  const found = findById(readRanges(orderByColumns(asked, dialect), dialect), dialect)
  return filterInSubselect(dialect.indexesLoseComputed ? keepComputed(found, dialect) : found, dialect)
}

/** An index that the user asks for is one that they trust. */
function withTrustedIndexes(statement: SelectStatement, dialect: Dialect): SelectStatement {
  const { from: target, where, indexes } = statement
  if (indexes || !where || !isMisled({ target, where }, dialect)) return statement
  return { ...statement, indexes: 'none' }
}

/** What stands behind WHERE, in the order of the grammar. */
function writeClauses(writer: SurrealqlWriter, select: SelectStatement): void {
  const { split, orderBy, fetch } = select
  if (split?.length) writer.write(` SPLIT ${paths(split)}`)
  writeGroup(writer, select)
  if (orderBy?.length) writer.write(` ORDER BY ${orderBy === 'random' ? 'RAND()' : orderBy.map(orderText).join(', ')}`)
  writeBound(writer, 'LIMIT', select.limit)
  writeBound(writer, 'START', select.start)
  if (fetch?.length) writer.write(` FETCH ${paths(fetch)}`)
  writeBound(writer, 'VERSION', select.version)
  writeBound(writer, 'TIMEOUT', select.timeout)
  if (select.tempFiles) writer.write(' TEMPFILES')
  if (select.explain) writer.write(EXPLAIN[select.explain])
}

const EXPLAIN = { plan: ' EXPLAIN', full: ' EXPLAIN FULL' } as const

/** A clause with a value, where there is one. */
export function writeBound(writer: SurrealqlWriter, word: string, value: unknown): void {
  if (value !== undefined) writer.write(` ${word} `).bind(value)
}

function writeGroup(writer: SurrealqlWriter, { projection, groupBy }: SelectStatement): void {
  if (groupBy === 'all' || projection.kind === 'count') writer.write(' GROUP ALL')
  else if (groupBy) writer.write(` GROUP BY ${paths(groupBy)}`)
}

function paths(all: readonly Path[]): string {
  return all.map(escapePath).join(', ')
}

function orderText({ path, direction, collate, numeric }: Order): string {
  return `${escapePath(path)}${collate ? ' COLLATE' : ''}${numeric ? ' NUMERIC' : ''} ${direction}`
}

/** Writes what a statement writes to: see `Dialect.losesIds`. */
export function writeWriteTarget(writer: SurrealqlWriter, target: Target): void {
  writeTarget(writer, writer.dialect.losesIds ? withoutIndexes(target) : target)
}

function withoutIndexes(target: Target): Target {
  if (target.kind === 'fused') return { ...target, selects: target.selects.map(selectWithoutIndexes) }
  return target.kind === 'select' ? { kind: 'select', select: selectWithoutIndexes(target.select) } : target
}

function selectWithoutIndexes(select: SelectStatement): SelectStatement {
  return { ...select, from: withoutIndexes(select.from), indexes: 'none' }
}

const ARROWS: Readonly<Record<EdgeDirection, string>> = { out: '->', in: '<-', both: '<->' }

/** Writes what a statement reads or writes. */
export function writeTarget(writer: SurrealqlWriter, target: Target): void {
  switch (target.kind) {
    case 'table':
      writer.write(escapeIdentifier(target.table))
      return
    case 'records':
      writer.bind(target.records)
      return
    case 'edges':
      return writeEdges(writer, target)
    case 'select':
      writer.write('(')
      writeSelect(writer, target.select)
      writer.write(')')
      return
    case 'called':
      writer.write('array::first([0].map(|$each| (')
      writeAsItIs(writer, target.select)
      writer.write(')))')
      return
    case 'fused':
      return writeFused(writer, target)
    default:
      target satisfies never
  }
}

function writeEdges(writer: SurrealqlWriter, { record, direction, table }: Extract<Target, { kind: 'edges' }>): void {
  const isNested = Array.isArray(record) && writer.dialect.nestsEdges
  if (isNested) writer.write('array::flatten(')
  writer.bind(record).write(`${ARROWS[direction]}${escapeIdentifier(table)}`)
  if (isNested) writer.write(')')
}

function writeFused(writer: SurrealqlWriter, { selects, limit, by }: FusedSelects): void {
  requireFeature(writer.dialect, 'hybrid searches', 'nearest() and search() together')
  writer.write(`search::${by.kind}([`)
  selects.forEach((select, index) => {
    writer.write(index > 0 ? ', (' : '(')
    writeSelect(writer, select)
    writer.write(')')
  })
  writer.write('], ')
  if (by.kind === 'rrf') writer.bind(limit).write(', ').bind(by.constant).write(')')
  else writer.bind(by.weights).write(', ').bind(limit).write(', ').bind(by.scale).write(')')
}

function writeProjection(writer: SurrealqlWriter, projection: Projection): void {
  switch (projection.kind) {
    case 'all':
      writer.write('*')
      for (const column of projection.also ?? []) writeColumn(writer.write(', '), column)
      if (projection.omit?.length) writer.write(` OMIT ${projection.omit.map(escapeIdentifier).join(', ')}`)
      return
    case 'columns':
      projection.columns.forEach((column, index) => {
        if (index > 0) writer.write(', ')
        writeColumn(writer, column)
      })
      return
    case 'value':
      writer.write('VALUE ')
      writeExpression(writer, projection.value)
      return
    case 'count':
      writer.write(`${writer.dialect.counts} AS ${escapeIdentifier(projection.alias)}`)
      return
    default:
      projection satisfies never
  }
}

function writeColumn(writer: SurrealqlWriter, { value, alias }: Column): void {
  writeExpression(writer, value)
  if (alias !== undefined) writer.write(` AS ${escapeIdentifier(alias)}`)
}

/** What a target means: another one, and a condition besides those of the statement. */
export interface ResolvedTarget {
  readonly target: Target
  readonly condition?: Expression
}

/** Records by their ids: without a look at all the others, which is how the engine carries out `id IN …`, where that can be. */
export function resolveIds(target: Target, isScan: boolean): ResolvedTarget {
  if (target.kind !== 'table' || !target.ids) return { target }
  const { ids, ...table } = target
  if (!isScan) return { target: { kind: 'records', records: ids } }
  return { target: table, condition: binary(idiom('id'), 'IN', bound(ids)) }
}

/**
 * Of records that are named, the engine counts those that are not there too, and sorts none (seen on 3.0.2): they stand in a
 * sub-select.
 */
function findById(statement: SelectStatement, { losesIds }: Dialect): SelectStatement {
  if (statement.from.kind !== 'table' || !statement.from.ids) return statement
  const { from, where, version, ...others } = statement
  const { target, condition } = resolveIds(from, losesIds === true || others.indexes !== undefined)
  if (condition) return { ...statement, from: target, where: where ? and(condition, where) : condition }
  const found: SelectStatement = {
    kind: 'select',
    projection: { kind: 'all' },
    from: target,
    ...(version !== undefined && { version }),
  }
  return { ...others, ...(where && { where }), from: { kind: 'select', select: found } }
}

/** See `Dialect.limitBeforeFilter` and `Dialect.incompleteIndexes`. */
function filterInSubselect(statement: SelectStatement, dialect: Dialect): SelectStatement {
  const isOrderedOutside = dialect.incompleteIndexes && isOrderedByIndex(statement)
  if (!isOrderedOutside && !(dialect.limitBeforeFilter && isLimitedFilter(statement))) return statement
  const { where, indexes, version, orderBy, ...outer } = statement
  const isOrderedInside = !isOrderedOutside && !isOrderedByRows(statement)
  const inner: SelectStatement = {
    kind: 'select',
    projection: { kind: 'all' },
    from: statement.from,
    ...(where && { where }),
    ...(indexes && { indexes }),
    ...(version !== undefined && { version }),
  }
  const order = orderBy && { orderBy }
  const [inside, outside] = isOrderedInside ? [order, undefined] : [undefined, order]
  return { ...outer, ...outside, from: { kind: 'select', select: { ...inner, ...inside } } }
}

/** What is ordered by a column that is made in it, or after rows were made into others, is ordered there. */
function isOrderedByRows({ projection, split, groupBy }: SelectStatement): boolean {
  return makesColumns(projection) || split !== undefined || groupBy !== undefined
}

function isLimitedFilter({ limit, start, where }: SelectStatement): boolean {
  return where !== undefined && (limit !== undefined || start !== undefined)
}

/** Whether the engine may take the order from an index. That of the ids it has anyway. */
function isOrderedByIndex({ from, indexes, orderBy, projection }: SelectStatement): boolean {
  if (from.kind !== 'table' || indexes === 'none' || projection.kind === 'value' || !Array.isArray(orderBy))
    return false
  const [first] = orderBy as readonly Order[]
  return first !== undefined && !(first.path.length === 1 && first.path[0] === 'id')
}

function makesColumns(projection: Projection): boolean {
  return projection.kind === 'columns' || (projection.kind === 'all' && projection.also !== undefined)
}

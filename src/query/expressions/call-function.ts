import { LookupError } from '../../errors.js'
import { expressionOf } from '../../fields/lookups/expression-operand.js'
import { familyOf } from '../../fields/lookups/family.js'
import type { Field } from '../../fields/field.js'
import { REFUSED, valueOperand } from '../../fields/lookups/operands.js'
import {
  binary,
  call,
  type BinaryOperator,
  type Expression,
  type FunctionName,
} from '../../surrealql/nodes/expression.js'
import type { ArgumentKind, FunctionEntry, ValueKind } from './functions/function-table.js'
import type { MethodCall } from './method-call.js'
import { isExpression, resolveExpression } from './resolve-expression.js'
import { asOperand, familyOfValue, finished, guarded, type Scope, type TypedValue } from './typed-value.js'
import { fieldOfKind } from './value-kinds.js'

type Guarded = Pick<TypedValue, 'expression' | 'guards'>

/** What a function of the engine makes of a value; NONE where the value, or an argument, is missing or of another kind. */
export function callFunction(entry: FunctionEntry, { value, name, given, scope }: MethodCall): TypedValue {
  const where = `${value.where}.${name}()`
  const asked = askedValue(entry, value)
  const kinds = kindsOf(entry.takes, given.length)
  if (!kinds) throw new LookupError('INVALID_VALUE', `${where} takes ${describe(entry.takes)}.`)
  const all = kinds.map((kind, index) =>
    readArgument({ where, field: fieldOfKind(kind, value.field), given: given[index], scope }),
  )
  return {
    where,
    field: fieldOfKind(kindBehind(entry.gives), value.field),
    expression: callEngine(entry, asked.expression, all),
    guards: [asked, ...all].flatMap(({ guards }) => guards),
    isCertain: !entry.gives.endsWith('?'),
  }
}

function callEngine({ engine }: FunctionEntry, value: Expression, given: readonly Guarded[]): Expression {
  const all = given.map(({ expression }) => expression)
  if (typeof engine === 'function') return engine(value, ...all)
  return isFunctionName(engine) ? call(engine, value, ...all) : binary(value, engine, all[0]!)
}

function isFunctionName(engine: FunctionName | BinaryOperator): engine is FunctionName {
  return engine.includes('::')
}

function askedValue({ takesMissing, needs }: FunctionEntry, value: TypedValue): Guarded {
  if (takesMissing) return { expression: finished(value), guards: [] }
  const { expression, guards } = guarded(value, familyOfValue(value))
  return { expression, guards: needs ? [...guards, call(needs, expression)] : guards }
}

/** An argument of a method: a value of a field, or an expression of such values. */
export interface Argument {
  readonly where: string
  readonly field: Field
  readonly given: unknown
  readonly scope: Scope
}

/** An argument as an expression that can be given to a function while its guards hold. */
export function readArgument({ where, field, given, scope }: Argument): Guarded {
  const value = isExpression(given) ? resolveExpression(given, scope) : undefined
  const read = valueOperand.read(value ? asOperand(value) : given, field)
  if (read === REFUSED) throw new LookupError('INVALID_VALUE', `${where} takes ${valueOperand.wanted(field)}.`)
  return value ? guarded(value, familyOf(field.databaseType())) : { expression: expressionOf(read), guards: [] }
}

/** The kind of each argument; undefined where there are too many, or too few. */
function kindsOf(takes: readonly ArgumentKind[], count: number): readonly ValueKind[] | undefined {
  const rest = takes.find((kind) => kind.startsWith('...'))
  const needed = takes.filter((kind) => !kind.startsWith('...') && !kind.endsWith('?')).length
  if (count < needed || (!rest && count > takes.length)) return undefined
  return Array.from({ length: count }, (_, index) => kindBehind(takes[index] ?? rest!))
}

function kindBehind(kind: ArgumentKind): ValueKind {
  return kind.replace('...', '').replace('?', '') as ValueKind
}

function describe(takes: readonly ArgumentKind[]): string {
  return takes.length === 0 ? 'no argument' : `these arguments: ${takes.join(', ')}`
}

import { ModelDefinitionError } from '../../errors.js'
import { expressionOf, mayBeMissing } from '../../fields/lookups/expression-operand.js'
import type { Field } from '../../fields/field.js'
import type { FieldDecorator } from '../../fields/field-decorator.js'
import {
  elementOperand,
  elementsOperand,
  listOperand,
  textOperand,
  valueOperand,
} from '../../fields/lookups/operands.js'
import { registeredFor } from '../../fields/lookups/registered-lookups.js'
import { hasMethod } from './call-method.js'
import type { ExpressionOf, TypedExpression } from './expression-types.js'
import { settledExpression } from './query-expression.js'
import { resolveCondition, resolveExpression } from './resolve-expression.js'
import { finished, placeOf, type Scope, type TypedValue } from './typed-value.js'
import { textField } from './value-kinds.js'

/** A class of fields: by its decorator, `StringField`; or by one of it, where that takes more: `ListField(StringField())`. */
export type FieldClass<Value> = (() => FieldDecorator<Value>) | FieldDecorator<Value>

/** What the operand of a lookup is, by the word for it. */
export interface LookupOperands<Value> {
  /** A value of the field. */
  value: Value
  /** A list of such values. */
  list: Value[]
  /** An element of the field's list. */
  element: Value extends readonly (infer Element)[] ? Element : never
  /** A list of such elements. */
  elements: Value
  /** A text, whatever the field is. */
  text: string
}

/** What `registerLookup` is told. */
export interface LookupDefinition<Value, Takes extends keyof LookupOperands<unknown>> {
  /** What it takes on its right side. Default: `value`, one of the field itself. */
  readonly takes?: Takes
  /** What has to be true of the value, with what was given. Where the value is missing, its functions give nothing. */
  readonly build: (
    value: ExpressionOf<Value>,
    given: ExpressionOf<LookupOperands<Value>[Takes]>,
  ) => TypedExpression<boolean>
}

/** What `registerTransform` is told. */
export interface TransformDefinition<Value, Made> {
  /** The field that what it makes is one of: what can be asked of it follows from that. */
  readonly gives: FieldDecorator<Made>
  /** What it makes of the value. */
  readonly build: (value: ExpressionOf<Value>) => TypedExpression<Made>
}

const OPERANDS = {
  value: valueOperand,
  list: listOperand,
  element: elementOperand,
  elements: elementsOperand,
  text: textOperand,
} as const

/**
 * Gives a class of fields, and those that extend it, a lookup of your own: in filters as `name__soundslike`, in `where()` as
 * `u.name.soundslike('x')`. The compiler learns of it from {@link CustomLookups}. A name that is taken, or that no filter
 * could hold, is a ModelDefinitionError.
 *
 * @example
 * ```ts
 * import { Collection, Document, registerLookup, StringField } from 'surrealengine'
 *
 * declare module 'surrealengine' {
 *   interface CustomLookups<Value> {
 *     soundslike: Value extends string ? string : never
 *   }
 * }
 * registerLookup(StringField, 'soundslike', {
 *   build: (value, given) => value.jaroWinklerSimilarity(given).gt(0.8),
 * })
 *
 * @Collection('register_lookup_example')
 * class Person extends Document<Person>() {
 *   @StringField() name?: string
 * }
 * Person.objects.filter({ name__soundslike: 'Jon' }).toSurrealQL()
 * ```
 * ```surql
 * SELECT * FROM `register_lookup_example` WHERE ((IF type::is_string(`name`) { string::similarity::jaro_winkler(`name`, $p0) } ELSE { NONE }) > $p1)
 * ```
 */
export function registerLookup<Value, const Takes extends keyof LookupOperands<unknown> = 'value'>(
  fieldClass: FieldClass<Value>,
  name: string,
  { takes, build }: LookupDefinition<Value, Takes>,
): void {
  const field = fieldOf(fieldClass)
  checkName(field, name)
  registeredFor(field).lookups.set(name, {
    operand: OPERANDS[takes ?? 'value'],
    build: (left, right) => {
      const scope: Scope = { name: `the lookup "${name}"` }
      const value = express({ field, expression: left, isCertain: false }, scope) as ExpressionOf<Value>
      const operand = {
        field: givenField(field, takes),
        expression: expressionOf(right),
        isCertain: !mayBeMissing(right),
      }
      const given = express(operand, scope)
      return resolveCondition(build(value, given as never), scope.name, scope)
    },
  })
}

/**
 * Gives a class of fields, and those that extend it, a transform of your own: in filters as `name__initial`, with the lookups
 * of what it makes behind it, and in `where()` as `u.name.initial()`. The compiler learns of it from
 * {@link CustomTransforms}. A name that is taken, or that no filter could hold, is a ModelDefinitionError.
 *
 * @example
 * ```ts
 * import { Collection, Document, registerTransform, StringField } from 'surrealengine'
 *
 * declare module 'surrealengine' {
 *   interface CustomTransforms<Value> {
 *     initial: Value extends string ? string : never
 *   }
 * }
 * registerTransform(StringField, 'initial', { gives: StringField(), build: (value) => value.slice(0, 1).uppercase() })
 *
 * @Collection('register_transform_example')
 * class Person extends Document<Person>() {
 *   @StringField() name?: string
 * }
 * Person.objects.filter({ name__initial__in: ['A', 'B'] }).toSurrealQL()
 * ```
 * ```surql
 * SELECT * FROM `register_transform_example` WHERE ((IF type::is_string(`name`) { string::uppercase(string::slice(`name`, $p0, $p1)) } ELSE { NONE }) IN $p2)
 * ```
 */
export function registerTransform<Value, Made>(
  fieldClass: FieldClass<Value>,
  name: string,
  { gives, build }: TransformDefinition<Value, Made>,
): void {
  const field = fieldOf(fieldClass)
  checkName(field, name)
  registeredFor(field).transforms.set(name, {
    field: gives.field,
    build: (left) => {
      const scope: Scope = { name: `the transform "${name}"` }
      const value = express({ field, expression: left, isCertain: false }, scope) as ExpressionOf<Value>
      return finished(resolveExpression(build(value), scope))
    },
  })
}

function fieldOf<Value>(given: FieldClass<Value>): Field {
  if ('field' in given) return given.field
  return given().field
}

/** An expression of a lookup's own; what was given as a value is there for certain. */
function express({ field, expression, isCertain }: OperandValue, scope: Scope): object {
  return settledExpression({ ...placeOf(scope.name, expression, field), isCertain }, scope)
}

type OperandValue = Pick<TypedValue, 'field' | 'expression' | 'isCertain'>

function givenField(field: Field, takes: keyof typeof OPERANDS = 'value'): Field {
  if (takes === 'text') return textField
  return takes === 'element' ? (field.element ?? field) : field
}

function checkName(field: Field, name: string): void {
  const place = `The lookup or transform "${name}" of ${field.kind} fields`
  if (!/^[a-z]\w*$/i.test(name) || name.includes('__') || name.endsWith('_'))
    throw new ModelDefinitionError(
      'INVALID_DEFINITION',
      `${place} needs a name of letters, digits and single underscores that begins with a letter.`,
    )
  if (!field.lookup(name) && !hasMethod(field, name)) return
  throw new ModelDefinitionError('INVALID_DEFINITION', `${place} has a name that is taken; choose another one.`)
}

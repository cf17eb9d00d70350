import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { isPlainObject } from '../../values.js'
import { checkUnwatched } from './element.js'
import type { Field } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { KeyedField } from './keyed-field.js'
import type { FieldBinding, Structure } from '../structure.js'
import { AnyKind } from '../any-field.js'

type Values = Record<string, unknown>
type NamedFields = Readonly<Record<string, FieldDecorator<unknown>>>

/** What an object field can be told besides the options of every field. */
export interface ObjectFieldOptions<Value = unknown> extends FieldOptions<Value> {
  /** Keys that no field is declared for are kept, whatever they hold. Default: they are refused. */
  readonly flexible?: boolean
}

const anyValue = new AnyKind()

export class ObjectKind extends KeyedField<Values> {
  readonly kind = 'object'
  readonly structure: Structure
  declare readonly options: ObjectFieldOptions<Values>

  /** With the field of the keys that no field is declared for, where they are kept. */
  constructor(
    fields: Readonly<Record<string, Field>>,
    options: ObjectFieldOptions<Values> = {},
    readonly otherKeys: Field = anyValue,
  ) {
    super(options)
    this.structure = structureOf(fields)
  }

  override get isFlexible(): boolean {
    return this.options.flexible ?? false
  }

  protected override get others(): Field | undefined {
    return this.isFlexible ? this.otherKeys : undefined
  }

  accepts(value: unknown): boolean {
    return (
      isPlainObject(value) &&
      Object.keys(value).every((key) => this.structure.binding(key) || this.#takesOther(value[key])) &&
      this.structure.bindings.every(({ name, field }) => isMissing(value[name]) || field.accepts(value[name]))
    )
  }

  #takesOther(value: unknown): boolean {
    return this.isFlexible && (isMissing(value) || this.otherKeys.accepts(value))
  }

  protected buildSchema(): z.ZodType {
    return z.custom((value) => isPlainObject(value), 'must be an object')
  }

  protected make(values: Values): Values {
    return values
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

function structureOf(fields: Readonly<Record<string, Field>>): Structure {
  const bindings = Object.entries(fields).map(([name, field]) => bind(name, field))
  const byName = new Map(bindings.map((binding) => [binding.name, binding]))
  const columns = new Set(bindings.map(({ column }) => column))
  if (columns.size < bindings.length) throw invalid('two fields of an ObjectField are stored under one name')
  return {
    name: 'the object',
    table: undefined,
    bindings,
    virtuals: [],
    validates: [],
    keepsUnknown: false,
    binding: (name) => byName.get(name),
    hydrate: (stored) => stored,
  }
}

function bind(name: string, field: Field): FieldBinding {
  checkUnwatched(field, 'An ObjectField')
  const column = field.options.dbField ?? name
  if (column === '' || column === '__proto__' || name.includes('__'))
    throw invalid('a field of an ObjectField has a name that cannot be used: it is empty, or has "__" in it')
  if (field.isComputed) throw invalid('an ObjectField has a computed field; the database computes whole fields only')
  return { name, column, field }
}

function invalid(message: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_FIELD_OPTION', `${message}.`)
}

/** The values of an object's fields, each of which may be missing unless it is `required`. */
export type ObjectValue<Fields extends NamedFields> = {
  -readonly [Name in keyof Fields]?: Fields[Name] extends FieldDecorator<infer Value> ? Value | null | undefined : never
}

/**
 * An object with named fields, without a class of its own; stored as `object`. A change of one of them writes that one
 * alone. Without fields it takes any object, and with `flexible: true` keys that no field is declared for are kept.
 *
 * @example
 * ```ts
 * import { Collection, Document, ObjectField, StringField } from 'surrealengine'
 *
 * @Collection('object_field_example')
 * class Person extends Document<Person>() {
 *   @ObjectField({ city: StringField({ required: true }), zip: StringField() }) address?: { city: string; zip?: string }
 *   @ObjectField() settings?: Record<string, unknown>
 * }
 * Person.objects.filter({ address__city: 'Paris' })
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `address` ON `object_field_example` TYPE none | object
 * DEFINE FIELD OVERWRITE `address`.`city` ON `object_field_example` TYPE string
 * DEFINE FIELD OVERWRITE `address`.`zip` ON `object_field_example` TYPE none | null | string
 * DEFINE FIELD OVERWRITE `settings` ON `object_field_example` TYPE none | null | object FLEXIBLE
 * ```
 */
export function ObjectField(
  fields?: undefined,
  options?: FieldOptions<Readonly<Record<string, unknown>>>,
): FieldDecorator<Readonly<Record<string, unknown>>>
export function ObjectField<const Fields extends NamedFields>(
  fields: Fields,
  options?: ObjectFieldOptions<ObjectValue<Fields>>,
): FieldDecorator<ObjectValue<Fields>>
export function ObjectField(fields?: NamedFields, options?: object): FieldDecorator<never> {
  const named = Object.fromEntries(Object.entries(fields ?? {}).map(([name, { field }]) => [name, field]))
  const kind = new ObjectKind(named, fields ? options : { ...options, flexible: true })
  return fieldDecorator<Values>(kind) as unknown as FieldDecorator<never>
}

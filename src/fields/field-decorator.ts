import 'reflect-metadata'
import { ModelDefinitionError } from '../errors.js'
import type { Field } from './field.js'

/**
 * A decorator of one field, for TypeScript's legacy decorators and for standard ones. It carries the field itself, so that
 * it can also stand inside another field: `ListField(StringField())`.
 */
export interface FieldDecorator<Value> {
  readonly field: Field<Value>
  <This, Property extends Value | null | undefined>(
    value: undefined,
    context: ClassFieldDecoratorContext<This, Property> & { readonly static: false; readonly private: false },
  ): void
  <Key extends string, Target extends { [Name in Key]?: Value | null | undefined } & { readonly prototype?: never }>(
    target: Target,
    key: Key,
  ): void
}

const FIELDS = Symbol.for('surrealengine.fields')

/** Fields by property name, in the order they were declared, inherited ones first. */
export type DeclaredFields = ReadonlyMap<string, Field>

/** Standard decorators share one metadata object per class; compilers look for this symbol when classes are defined. */
const symbols = Symbol as { metadata?: symbol }
symbols.metadata ??= Symbol('Symbol.metadata')

/** Makes the decorator of a field. */
export function fieldDecorator<Value>(field: Field<Value>): FieldDecorator<Value> {
  const decorate = (target: unknown, context: unknown): void => {
    if (isStandardContext(context)) declareStandard(context, field)
    else declareLegacy(target, context, field)
  }
  return Object.assign(decorate, { field })
}

interface StandardContext {
  readonly kind: string
  readonly name: string | symbol
  readonly static?: boolean
  readonly private?: boolean
  readonly metadata?: Record<symbol, unknown>
}

function isStandardContext(context: unknown): context is StandardContext {
  return typeof context === 'object' && context !== null && 'kind' in context
}

function declareStandard(context: StandardContext, field: Field): void {
  const { kind, name, metadata } = context
  if (kind !== 'field' || context.static || context.private || typeof name !== 'string') throw misplaced(name)
  if (!metadata) {
    throw new ModelDefinitionError(
      'INVALID_MODEL',
      'This compiler gives decorators no metadata; update it, or set "experimentalDecorators".',
    )
  }
  if (!Object.hasOwn(metadata, FIELDS)) metadata[FIELDS] = new Map(metadata[FIELDS] as DeclaredFields | undefined)
  ;(metadata[FIELDS] as Map<string, Field>).set(name, field)
}

/** Kept on the prototype: the class itself is not what a subclass inherits from, once its decorator has wrapped it. */
function declareLegacy(target: unknown, key: unknown, field: Field): void {
  if (typeof target !== 'object' || target === null || typeof key !== 'string') throw misplaced(key)
  const own = Reflect.getOwnMetadata(FIELDS, target) as Map<string, Field> | undefined
  const fields = own ?? new Map(Reflect.getMetadata(FIELDS, target) as DeclaredFields | undefined)
  if (!own) Reflect.defineMetadata(FIELDS, fields, target)
  fields.set(key, field)
}

/** Declares fields on a class without decorators; a class that extends it has them under every decorator system. */
export function declareFields(target: { readonly prototype: object }, fields: Readonly<Record<string, Field>>): void {
  const symbol = symbols.metadata!
  const parent = (target as unknown as Record<symbol, object | undefined>)[symbol] ?? null
  const all = new Map([...inheritedFields(target, symbol), ...Object.entries(fields)])
  Reflect.defineMetadata(FIELDS, all, target.prototype)
  const metadata = Object.create(parent) as Record<symbol, DeclaredFields>
  metadata[FIELDS] = all
  Object.defineProperty(target, symbol, { value: metadata, configurable: true })
}

/** The fields of the nearest class that has any, whichever system of decorators declared them. */
function inheritedFields(target: object, symbol: symbol): DeclaredFields {
  for (let base = target; typeof base === 'function'; base = Object.getPrototypeOf(base) as object) {
    const metadata = Object.hasOwn(base, symbol) ? (base as never as Record<symbol, object>)[symbol] : undefined
    if (metadata && Object.hasOwn(metadata, FIELDS)) return (metadata as Record<symbol, DeclaredFields>)[FIELDS]!
    const prototype = base.prototype as object | undefined
    const own = prototype && (Reflect.getOwnMetadata(FIELDS, prototype) as DeclaredFields | undefined)
    if (own) return own
  }
  return new Map()
}

function misplaced(name: unknown): ModelDefinitionError {
  return new ModelDefinitionError(
    'INVALID_MODEL',
    `A field decorator stands on ${String(name)}; it belongs on an instance property.`,
  )
}

/** The fields declared on a class, as its class decorator sees them. */
export function declaredFields(
  target: { readonly prototype: object },
  context?: { readonly metadata?: object },
): DeclaredFields {
  const standard = (context?.metadata as Record<symbol, DeclaredFields> | undefined)?.[FIELDS]
  return standard ?? (Reflect.getMetadata(FIELDS, target.prototype) as DeclaredFields | undefined) ?? new Map()
}

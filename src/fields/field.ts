import { z, type ZodType } from 'zod'
import { ModelDefinitionError } from '../errors.js'
import type { FieldOptions } from './field-options.js'
import { registeredLookup, registeredTransform } from './lookups/registered-lookups.js'
import { equalityLookups, type Lookup, type LookupTable } from './lookups/lookups.js'
import type { PathStep } from '../surrealql/nodes/define-statement.js'
import type { CompiledQuery } from '../surrealql/compiled-query.js'
import { isSurql } from '../surrealql/surql.js'
import { Findings, type ValuePath } from './findings.js'
import { isObject, isPlainObject } from '../values.js'
import { reading } from './reading.js'
import { isSameValue } from './same-value.js'
import type { FilterStep, Transform, TransformTable } from './lookups/filter-step.js'
import type { Arithmetic } from './numbers/arithmetic.js'

const REQUIRED = 'is required; give it a value'

/** One thing to write: the value at a path, in the form the database stores. `undefined` removes the key. */
export interface Change {
  readonly path: readonly string[]
  readonly value: unknown
}

/** What becomes of a record when the one it links to is deleted. */
export type OnDelete = 'reject' | 'cascade' | 'ignore' | 'unset' | CompiledQuery

/** A class inside a field: its fields. */
export interface EmbeddedFields {
  readonly bindings: readonly { readonly field: Field }[]
}

/** The fields of a class, by their names. */
export interface NamedFields {
  binding(name: string): { readonly name: string; readonly column: string; readonly field: Field } | undefined
}

/** A class behind a link: as much as fields may know of it. */
export interface LinkedStructure {
  readonly name: string
  readonly table: string | undefined
}

/** A field inside a field: under a key, or as each element of a list. */
export interface FieldPart {
  readonly step: PathStep
  readonly field: Field
}

/**
 * `fields/` is about one value: each class declares, checks, converts, compares and filters its own kind, so that no
 * shared code ever asks what kind a field is. The layers above read fields; nothing here knows a document or a network.
 */
export abstract class Field<Value = unknown> {
  /** The word for this kind in messages: `string`, `list`. */
  abstract readonly kind: string

  constructor(readonly options: FieldOptions<Value> = {}) {
    if (options.required && options.default === null) {
      throw new ModelDefinitionError(
        'INVALID_FIELD_OPTION',
        'A required field cannot have the default null; drop one of the two.',
      )
    }
  }

  /** What stands for it inside of another field, which an error names; a field that is of records only throws it. */
  asPart(_holder: string): Field<Value> {
    return this
  }

  /** Whether a value that is neither null nor undefined is of this kind at all, whatever its limits. */
  abstract accepts(value: unknown): boolean

  /** The zod schema of a value that is neither null nor undefined, limits included. */
  protected abstract buildSchema(): ZodType

  /** The SurrealQL type of a value that is neither NONE nor NULL. */
  abstract databaseType(): string

  #schema: ZodType | undefined
  protected get schema(): ZodType {
    return (this.#schema ??= this.buildSchema())
  }

  /** The SurrealQL type of this field: an optional one takes NONE, and NULL where it can. */
  typeExpression(): string {
    const type = this.databaseType()
    // which NONE and NULL are values of
    if (this.options.required || type === 'any') return type
    return this.allowsNull ? `none | null | ${type}` : `none | ${type}`
  }

  /** The database defines no field inside one that may be NULL. */
  get allowsNull(): boolean {
    return !this.options.required && this.parts().length === 0
  }

  /** Adds what is wrong with a value. Null and undefined are a matter of the options; the rest is the kind's own. */
  validate(value: unknown, path: ValuePath, findings: Findings): void {
    if (value !== undefined && value !== null) return this.#validatePresent(value, path, findings)
    if (this.options.required && !(value === undefined && this.isFilledIn)) findings.add(path, 'required', REQUIRED)
    else if (value === null && !this.allowsNull)
      findings.add(path, 'not_nullable', 'cannot be null; set it to undefined to remove it')
  }

  /** Adds what is wrong with a value only because it takes the place of a stored one. */
  validateUpdate(value: unknown, path: ValuePath, findings: Findings): void {
    const { readonly, required, defaultAlways, value: written } = this.options
    if (readonly) findings.add(path, 'readonly', 'is stored and cannot be changed')
    // the database fills in a default once, when the record is created
    else if (required && value === undefined && this.isFilledIn && defaultAlways === undefined && written === undefined)
      findings.add(path, 'required', REQUIRED)
  }

  #validatePresent(value: unknown, path: ValuePath, findings: Findings): void {
    const before = findings.issues.length
    if (!isObject(value)) this.validateValue(value, path, findings)
    else {
      reading(
        value,
        () => this.validateValue(value, path, findings),
        () => findings.add(path, 'unreadable', 'cannot be read: it throws an error of its own'),
      )
    }
    const { validators } = this.options
    if (!validators || findings.issues.length > before) return
    for (const validator of validators) findings.take(path, validator(value as Value))
  }

  /** Whether a value is one that the schema takes, where that can be said at once; false leaves it to the schema. */
  protected isSurelyValid(_value: unknown): boolean {
    return false
  }

  /** Adds what is wrong with a value that is neither null nor undefined. */
  protected validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    if (this.isSurelyValid(value)) return
    const result = this.schema.safeParse(value)
    if (result.success) return
    for (const issue of result.error.issues) {
      const inner = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
      findings.add([...path, ...inner], issue.code, issue.message)
    }
  }

  /** The zod schema of what JSON holds for a value: for a kind that JSON has no form of, what `toJSON()` makes of it. */
  jsonForm(): ZodType {
    return this.schema
  }

  /** The value behind its JSON form, which has been checked. */
  fromJson(json: unknown): Value {
    return json as Value
  }

  /** The zod schema of a value that is neither null nor undefined: of this kind already, or in its JSON form. */
  zodType(): ZodType {
    if (this.#form === this.schema) return this.schema
    // whatever is no value of this kind, and no form of one, is for the schema to find wrong
    return z.preprocess((value) => (this.accepts(value) ? value : this.#read(value)), this.schema)
  }

  #read(json: unknown): unknown {
    // an instance of a class is nothing that JSON holds, though it may look like an object without keys
    if (isObject(json) && !Array.isArray(json) && !isPlainObject(json)) return json
    return this.#form.safeParse(json).success ? this.fromJson(json) : json
  }

  #jsonForm: ZodType | undefined
  get #form(): ZodType {
    return (this.#jsonForm ??= this.jsonForm())
  }

  /** The value, converted where the option `coerce` asks for it; one that cannot be converted is left to the checks. */
  coerce(value: unknown): unknown {
    if (!isObject(value)) return this.convert(value)
    return reading(
      value,
      () => this.convert(value),
      () => value,
    )
  }

  /** {@link coerce}, of a value that can be read. */
  protected convert(value: unknown): unknown {
    if (!this.options.coerce || value === undefined || value === null || this.accepts(value)) return value
    return this.coerceValue(value)
  }

  /** A value of another kind as one of this kind, or as it is. */
  protected coerceValue(value: unknown): unknown {
    return this.#read(value)
  }

  /** The value that a text stands for, as a URL holds it; a text that stands for none is left to the checks. */
  fromText(text: string): unknown {
    return this.accepts(text) ? text : this.coerceValue(text)
  }

  /** The database makes the value; nothing is ever written. */
  get isComputed(): boolean {
    return this.options.computed !== undefined
  }

  /** The database gives a record a value of its own where it is given none. */
  get isFilledIn(): boolean {
    const { default: initial, defaultAlways, value } = this.options
    return this.isComputed || value !== undefined || defaultAlways !== undefined || isSurql(initial)
  }

  /** The value as the database stores it. */
  toDatabase(value: unknown): unknown {
    if (value === undefined || value === null) return value
    return reading<unknown>(
      value,
      () => this.valueToDatabase(value as Value),
      () => value,
    )
  }

  /** The stored value as the document holds it; a copy wherever the document could change it in place. */
  fromDatabase(stored: unknown): Value | null | undefined {
    return stored === undefined || stored === null ? stored : this.valueFromDatabase(stored)
  }

  protected valueToDatabase(value: Value): unknown {
    return value
  }

  protected valueFromDatabase(stored: unknown): Value {
    return stored as Value
  }

  /** Whether the document's value still is what the database stores. */
  isUnchanged(value: unknown, stored: unknown): boolean {
    return value === stored || isSameValue(this.toDatabase(value), stored)
  }

  /** Adds what has to be written so that the database stores this value. */
  collectChanges(
    value: unknown,
    stored: unknown,
    into: { readonly path: readonly string[]; readonly changes: Change[] },
  ): void {
    if (!this.isComputed && !this.isUnchanged(value, stored))
      into.changes.push({ path: into.path, value: this.toDatabase(value) })
  }

  /** The value of a document that was given none. */
  defaultValue(): Value | null | undefined {
    const value = this.options.default
    if (isSurql(value)) return undefined
    return typeof value === 'function' ? (value as () => Value)() : value
  }

  /** A default that is a plain value has to be one that this field takes; validators of the user's own are not asked. */
  checkDefault(): void {
    const value = this.options.default
    if (value === undefined || value === null || typeof value === 'function' || isSurql(value)) return
    const findings = new Findings()
    this.validateValue(value, [], findings)
    const [issue] = findings.issues
    if (issue) {
      const message = `The default is none that this ${this.kind} field takes: ${issue.message}.`
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', message)
    }
  }

  /** What a filter can ask of this field, by the name behind `__`. */
  get lookups(): LookupTable {
    return equalityLookups
  }

  /** What a filter can make of this field's value before it asks, by the name behind `__`: `name__len__gte`. */
  get transforms(): TransformTable<Field> {
    return {}
  }

  /** How sums and means of these values are made; undefined where they are no numbers. */
  get arithmetic(): Arithmetic<Field> | undefined {
    return undefined
  }

  /** The lookup of that name: the kind's own, or one that was registered for it. */
  lookup(name: string): Lookup | undefined {
    return Object.hasOwn(this.lookups, name) ? this.lookups[name] : registeredLookup(this, name)
  }

  /** The transform of that name: the kind's own, or one that was registered for it. */
  transform(name: string): Transform<Field> | undefined {
    return Object.hasOwn(this.transforms, name) ? this.transforms[name] : registeredTransform<Field>(this, name)
  }

  /** The document inside this field's values, or behind them, whose fields have names; undefined where there is none. */
  get structure(): NamedFields | undefined {
    return undefined
  }

  /** The way behind `name` in the path of a filter; empty where there is none. */
  filterSteps(name: string): readonly FilterStep<Field>[] {
    const inner = this.fieldAt(name)
    if (inner) return [{ kind: 'key', key: inner.column, field: inner.field }]
    const transform = this.transform(name)
    return transform ? [{ kind: 'transform', ...transform }] : []
  }

  /** The field behind `name` inside this one, for paths such as `address__city`; undefined when there is none. */
  fieldAt(_name: string): { readonly column: string; readonly field: Field } | undefined {
    return undefined
  }

  /** Whether what is inside a value is in another record. */
  get isLink(): boolean {
    return false
  }

  /** The field of one element, for a list. */
  get element(): Field | undefined {
    return undefined
  }

  /** Whether the database is told the type. */
  get isTyped(): boolean {
    return true
  }

  /** Whether the objects in it may have keys that the schema does not name. */
  get isFlexible(): boolean {
    return false
  }

  /** Whether a list may hold nothing at all where this field's value would be. */
  get takesNothing(): boolean {
    return false
  }

  /** The structures of the documents inside this field's values, as far as the database's schema names their fields. */
  get embedded(): readonly EmbeddedFields[] {
    return []
  }

  /** The structures of the documents it links to, if it is a link, or holds links as a list or a set does. */
  get linked(): readonly LinkedStructure[] {
    return []
  }

  /** What becomes of the record when the one it links to is deleted; undefined where the database does not watch the link. */
  get onDelete(): OnDelete | undefined {
    return undefined
  }

  /** The sequence the database takes the value from. */
  get sequence(): { readonly name: string } | undefined {
    return undefined
  }

  /** The fields inside this one that the database's schema has to know too. */
  parts(): readonly FieldPart[] {
    return []
  }
}

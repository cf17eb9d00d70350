import { z, type ZodType } from 'zod'
import { isPlainObject } from '../../values.js'
import { checkInside, Descent, writing, type InnerCheck } from '../descent.js'
import { readJson } from './element.js'
import { Field, type Change, type FieldPart, type EmbeddedFields } from '../field.js'
import type { Findings, ValuePath } from '../findings.js'
import { isText } from '../text/is-text.js'
import { addKey } from './keys.js'
import { described, objectForm, optionalAsAllowed, withDefault } from './object-form.js'
import type { FieldBinding, Structure } from '../structure.js'
import { EACH_ELEMENT } from '../../surrealql/nodes/define-statement.js'

type Values = Record<string, unknown>

const coercing = new Descent()

/**
 * What the fields of objects have in common: some keys have a field of their own, and the others share one or are refused.
 * A change of one key writes that key alone, so that what other writers put beside it stays.
 */
export abstract class KeyedField<Value extends object> extends Field<Value> {
  /** The keys that have a field of their own. */
  abstract override get structure(): Structure

  /** The field of every other key; undefined where there is no other key. */
  protected get others(): Field | undefined {
    return undefined
  }

  /** Whether a value is an object of this kind, whatever is in it. */
  protected isOwn(value: unknown): value is Values {
    return isPlainObject(value)
  }

  /** An object of this kind with these values. */
  protected abstract make(values: Values): Value

  databaseType(): string {
    return 'object'
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    const before = findings.issues.length
    super.validateValue(value, path, findings)
    if (findings.issues.length > before || !this.isOwn(value)) return
    checkInside(value, { path, findings, check: () => this.#validateKeys(value, path, findings) })
  }

  #validateKeys(value: Values, path: ValuePath, findings: Findings): void {
    for (const { name, field } of this.structure.bindings) field.validate(value[name], [...path, name], findings)
    for (const key of this.#otherKeys(value)) {
      const at = { path: [...path, key], findings }
      if (key === '__proto__' || !isText(key)) findings.add(at.path, 'invalid_key', 'cannot be a key')
      else if (!this.others || this.#columns.has(key))
        findings.add(at.path, 'unknown_field', `is no field of ${this.structure.name}`)
      else this.#validateOther(this.others, value[key], at)
    }
  }

  /** A key that holds `undefined` is no key. */
  #validateOther(field: Field, value: unknown, { path, findings }: Omit<InnerCheck, 'check'>): void {
    if (value === undefined) return
    if (value === null && !field.takesNothing)
      findings.add(path, 'not_nullable', 'cannot be null; set it to undefined to remove it')
    else field.validate(value, path, findings)
  }

  get #columns(): ReadonlySet<string> {
    return new Set(this.structure.bindings.map(({ column }) => column))
  }

  /** The keys that have no field of their own; an instance of a class has none. */
  #otherKeys(value: Values): readonly string[] {
    return isPlainObject(value) ? Object.keys(value).filter((key) => !this.structure.binding(key)) : []
  }

  /** An instance is converted in place; of a plain object there is a copy. */
  protected override convert(value: unknown): unknown {
    if (!this.isOwn(value)) return super.convert(value)
    return super.convert(coercing.into(value, value, () => this.#coerceKeys(value)))
  }

  #coerceKeys(value: Values): Values {
    const changed: Values = {}
    const coerceKey = (key: string, field: Field): void => {
      const coerced = field.coerce(value[key])
      if (coerced !== value[key]) changed[key] = coerced
    }
    for (const { name, field } of this.structure.bindings) coerceKey(name, field)
    if (this.others) for (const key of this.#otherKeys(value)) coerceKey(key, this.others)
    if (Object.keys(changed).length === 0) return value
    return isPlainObject(value) ? { ...value, ...changed } : Object.assign(value, changed)
  }

  override jsonForm(): ZodType {
    const formOf = (field: Field): ZodType => {
      const form = optionalAsAllowed(field, field.jsonForm())
      // what is hidden is not shown, but may be given
      return described(field, field.options.hidden ? form.optional() : form)
    }
    return (this.#jsonForm ??= this.#objectOf(formOf, (others) => others.jsonForm()))
  }
  #jsonForm: ZodType | undefined

  override fromJson(json: unknown): Value {
    const given = json as Values
    const values: Values = {}
    for (const { name, field } of this.structure.bindings) {
      const value = given[name] === undefined ? field.defaultValue() : readJson(field, given[name])
      if (value !== undefined) values[name] = value
    }
    if (this.others) for (const key of this.#otherKeys(given)) addKey(values, key, readJson(this.others, given[key]))
    return this.make(values)
  }

  override zodType(): ZodType {
    return (this.#zodType ??= z.preprocess(
      (value) => this.#asPlain(value),
      this.#objectOf(
        (field) => withDefault(field, optionalAsAllowed(field, field.zodType())),
        (others) => others.zodType(),
      ).transform((values) => this.make(values as Values)),
    ))
  }
  #zodType: ZodType | undefined

  /** An instance is checked by its fields, as an object is, so that what is wrong is found where it is. */
  #asPlain(value: unknown): unknown {
    if (!this.isOwn(value) || isPlainObject(value)) return value
    const present = this.structure.bindings.filter(({ name }) => value[name] !== undefined)
    return Object.fromEntries(present.map(({ name }) => [name, value[name]]))
  }

  /** Only made when it is needed: a class may have fields of itself. */
  #objectOf(formOf: (field: Field) => ZodType, formOfOthers: (field: Field) => ZodType): ZodType {
    return z.lazy(() => {
      const named = objectForm(this.structure.bindings, formOf)
      return this.others ? named.catchall(formOfOthers(this.others).optional()) : named
    })
  }

  protected override valueToDatabase(value: Value): unknown {
    if (!this.isOwn(value)) return value
    return writing.into<unknown>(value, value, () => {
      const stored: Values = {}
      for (const { name, column, field } of this.structure.bindings)
        addKey(stored, column, field.toDatabase(value[name]))
      if (this.others) for (const key of this.#otherKeys(value)) addKey(stored, key, this.others.toDatabase(value[key]))
      return stored
    })
  }

  protected override valueFromDatabase(stored: unknown): Value {
    if (!isPlainObject(stored)) return stored as Value
    const values: Values = {}
    for (const { name, column, field } of this.structure.bindings) {
      const value = field.fromDatabase(stored[column])
      if (value !== undefined) values[name] = value
    }
    if (this.others) {
      const named = this.#columns
      for (const key of Object.keys(stored))
        if (!named.has(key)) addKey(values, key, this.others.fromDatabase(stored[key]))
    }
    return values as Value
  }

  override isUnchanged(value: unknown, stored: unknown): boolean {
    if (!this.isOwn(value) || !isPlainObject(stored)) return super.isUnchanged(value, stored)
    return (
      this.structure.bindings.every(({ name, column, field }) => field.isUnchanged(value[name], stored[column])) &&
      this.#otherFields(value, stored).every(([key, field]) => field.isUnchanged(value[key], stored[key]))
    )
  }

  override collectChanges(
    value: unknown,
    stored: unknown,
    into: { readonly path: readonly string[]; readonly changes: Change[] },
  ): void {
    if (!this.isOwn(value) || !isPlainObject(stored)) return super.collectChanges(value, stored, into)
    const at = (column: string): typeof into => ({ path: [...into.path, column], changes: into.changes })
    for (const { name, column, field } of this.structure.bindings)
      field.collectChanges(value[name], stored[column], at(column))
    for (const [key, field] of this.#otherFields(value, stored)) field.collectChanges(value[key], stored[key], at(key))
  }

  /** The keys of either object that have no field of their own. Where the field refuses them, the stored ones are left alone. */
  #otherFields(value: Values, stored: Values): readonly (readonly [string, Field])[] {
    const { others } = this
    if (!others) return []
    const named = this.#columns
    const keys = new Set([...Object.keys(stored).filter((key) => !named.has(key)), ...this.#otherKeys(value)])
    return [...keys].map((key) => [key, others])
  }

  override fieldAt(name: string): FieldBinding | undefined {
    const named = this.structure.binding(name)
    if (named || !this.others || this.lookup(name) || this.transform(name)) return named
    return { name, column: name, field: this.others }
  }

  override get embedded(): readonly EmbeddedFields[] {
    return [...this.structure.bindings.flatMap(({ field }) => field.embedded), ...(this.others?.embedded ?? [])]
  }

  override parts(): readonly FieldPart[] {
    return this.structure.bindings.map(({ column, field }) => ({ step: column, field }))
  }
}

/** The part of an object that all keys share. */
export function everyKey(field: Field): FieldPart {
  return { step: EACH_ELEMENT, field }
}

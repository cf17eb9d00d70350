import { z } from 'zod'
import { isPlainObject } from '../values.js'
import { Field, type Change, type FieldPart } from './field.js'
import { fieldDecorator, type FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'
import type { Findings, ValuePath } from './findings.js'
import { described, objectForm, optionalAsAllowed, withDefault } from './object-form.js'
import { linkedStructure, type FieldBinding, type Structure } from './structure.js'

type Values = Record<string, unknown>

class EmbeddedKind extends Field<object> {
  readonly kind = 'embedded document'

  constructor(
    readonly link: () => object,
    options: FieldOptions<object> = {},
  ) {
    super(options)
  }

  get structure(): Structure {
    return linkedStructure(this.link, 'An EmbeddedField')
  }

  accepts(value: unknown): boolean {
    return isPlainObject(value) || value instanceof (this.link() as new () => object)
  }

  protected buildSchema(): z.ZodType {
    return z.custom((value) => this.accepts(value), `must be ${this.structure.name}, or an object with its fields`)
  }

  databaseType(): string {
    return 'object'
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    const before = findings.issues.length
    super.validateValue(value, path, findings)
    if (findings.issues.length > before) return
    const values = value as Values
    if (isPlainObject(value)) {
      for (const key of Object.keys(value)) {
        if (!this.structure.binding(key))
          findings.add([...path, key], 'unknown_field', `is no field of ${this.structure.name}`)
      }
    }
    for (const { name, field } of this.structure.bindings) field.validate(values[name], [...path, name], findings)
  }

  /** Its fields, in place. */
  override coerce(value: unknown): unknown {
    if (!this.accepts(value)) return value
    const values = value as Values
    for (const { name, field } of this.structure.bindings) {
      const coerced = field.coerce(values[name])
      if (coerced !== values[name]) values[name] = coerced
    }
    return value
  }

  #jsonObject: z.ZodType | undefined

  /** What it holds is looked up when it is used: the class may hold itself. A hidden field is not shown, but may be given. */
  override jsonForm(): z.ZodType {
    return z.lazy(
      () =>
        (this.#jsonObject ??= objectForm(this.structure.bindings, (field) => {
          const form = optionalAsAllowed(field, field.jsonForm())
          return described(field, field.options.hidden ? form.optional() : form)
        })),
    )
  }

  override fromJson(json: unknown): object {
    const values = json as Values
    const fields = this.structure.bindings.map(({ name, field }) => {
      const part = values[name]
      return [name, part === undefined || part === null ? part : field.fromJson(part)]
    })
    return this.#instance(Object.fromEntries(fields) as Values)
  }

  #givenObject: z.ZodType | undefined

  /** An instance is checked by its fields, as an object is, so that what is wrong is found where it is. */
  override zodType(): z.ZodType {
    const given = z.lazy(
      () =>
        (this.#givenObject ??= objectForm(this.structure.bindings, (field) =>
          withDefault(field, optionalAsAllowed(field, field.zodType())),
        ).transform((values) => this.#instance(values))),
    )
    return z.preprocess((value) => (this.accepts(value) ? this.#fieldsOf(value as Values) : value), given)
  }

  #fieldsOf(value: Values): Values {
    if (isPlainObject(value)) return value
    const present = this.structure.bindings.filter(({ name }) => value[name] !== undefined)
    return Object.fromEntries(present.map(({ name }) => [name, value[name]]))
  }

  #instance(values: Values): object {
    return this.structure.hydrate(this.valueToDatabase(values) as Values)
  }

  protected override valueToDatabase(value: object): unknown {
    const stored: Values = {}
    for (const { name, column, field } of this.structure.bindings) {
      const part = field.toDatabase((value as Values)[name])
      if (part !== undefined) stored[column] = part
    }
    return stored
  }

  protected override valueFromDatabase(stored: unknown): object {
    return isPlainObject(stored) ? this.structure.hydrate(stored) : (stored as object)
  }

  override isUnchanged(value: unknown, stored: unknown): boolean {
    if (!isObject(value) || !isPlainObject(stored)) return super.isUnchanged(value, stored)
    return this.structure.bindings.every(({ name, column, field }) => field.isUnchanged(value[name], stored[column]))
  }

  /** Only the parts that differ, so that what other writers put beside them stays. */
  override collectChanges(
    value: unknown,
    stored: unknown,
    into: { readonly path: readonly string[]; readonly changes: Change[] },
  ): void {
    if (!isObject(value) || !isPlainObject(stored)) return super.collectChanges(value, stored, into)
    for (const { name, column, field } of this.structure.bindings) {
      field.collectChanges(value[name], stored[column], { path: [...into.path, column], changes: into.changes })
    }
  }

  override fieldAt(name: string): FieldBinding | undefined {
    return this.structure.binding(name)
  }

  override parts(): readonly FieldPart[] {
    return this.structure.bindings.map(({ column, field }) => ({ step: column, field }))
  }
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A document inside a document; stored as `object`. A change of one of its fields writes that field alone.
 *
 * @example
 * ```ts
 * import { Collection, Document, Embeddable, EmbeddedDocument, EmbeddedField, StringField } from 'surrealengine'
 *
 * @Embeddable()
 * class Address extends EmbeddedDocument<Address>() {
 *   @StringField() city?: string
 * }
 *
 * @Collection('embedded_field_example')
 * class Person extends Document<Person>() {
 *   @EmbeddedField(() => Address) address?: Address
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `address` ON `embedded_field_example` TYPE none | null | object
 * ```
 */
export function EmbeddedField<Instance extends object>(
  link: () => new (...values: never[]) => Instance,
  options?: FieldOptions<Instance>,
): FieldDecorator<Instance> {
  return fieldDecorator(new EmbeddedKind(link, options as FieldOptions<object>) as unknown as Field<Instance>)
}

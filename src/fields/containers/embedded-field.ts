import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { isObject, isPlainObject } from '../../values.js'
import type { Field, FieldPart, EmbeddedFields } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import type { Findings, ValuePath, WholeVerdict } from '../findings.js'
import { KeyedField } from './keyed-field.js'
import { linkedStructure, type Structure } from '../structure.js'

type Values = Record<string, unknown>

/** Those under `@Validate()`. */
type Methods = Readonly<Record<string, () => WholeVerdict | PromiseLike<WholeVerdict>>>

class EmbeddedKind extends KeyedField<object> {
  readonly kind = 'embedded document'

  constructor(
    readonly link: () => object,
    options: FieldOptions<object> = {},
  ) {
    super(options)
  }

  override get structure(): Structure {
    return linkedStructure(this.link, 'An EmbeddedField')
  }

  accepts(value: unknown): boolean {
    return this.isOwn(value)
  }

  protected override isOwn(value: unknown): value is Values {
    if (isPlainObject(value)) return true
    const target = this.link() as new () => object
    // its constructor says it for most values; `instanceof` takes long with a class that is a proxy
    return isObject(value) && (value.constructor === target || value instanceof target)
  }

  protected override isSurelyValid(value: unknown): boolean {
    return this.isOwn(value)
  }

  protected buildSchema(): z.ZodType {
    return z.custom((value) => this.isOwn(value), `must be ${this.structure.name}, or an object with its fields`)
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    super.validateValue(value, path, findings)
    if (!this.isOwn(value)) return
    const { name, validates } = this.structure
    for (const method of validates) {
      const run = (): WholeVerdict | PromiseLike<WholeVerdict> => this.#instanceOf(value)[method]!()
      findings.checks.push({ path, what: `${name}.${method}`, run })
    }
  }

  /** Methods are those of the class. */
  #instanceOf(value: Values): Methods {
    return (isPlainObject(value) ? this.make(value) : value) as Methods
  }

  protected make(values: Values): object {
    return this.structure.hydrate(this.valueToDatabase(values) as Values)
  }

  protected override valueFromDatabase(stored: unknown): object {
    return isPlainObject(stored) ? this.structure.hydrate(stored) : (stored as object)
  }

  override get embedded(): readonly EmbeddedFields[] {
    return [this.structure]
  }

  /** A document that can hold itself has no end of fields: the database is told of none. */
  override get isFlexible(): boolean {
    return reaches(this.structure, this.structure)
  }

  override parts(): readonly FieldPart[] {
    if (this.isFlexible) return []
    for (const { name, field } of this.structure.bindings) {
      if (field.isComputed || field.onDelete) {
        throw new ModelDefinitionError(
          'INVALID_FIELD_OPTION',
          `${this.structure.name}.${name} is ${field.isComputed ? 'computed' : 'a reference with onDelete'}; the database has that only for fields of a record itself.`,
        )
      }
    }
    return super.parts()
  }
}

/** Whether documents of the one structure can hold documents of the other, however deep. */
function reaches(from: EmbeddedFields, to: EmbeddedFields, seen = new Set<EmbeddedFields>()): boolean {
  const inside = from.bindings.flatMap(({ field }) => field.embedded)
  return inside.some((structure) => {
    if (structure === to) return true
    if (seen.has(structure)) return false
    return reaches(structure, to, seen.add(structure))
  })
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
 * DEFINE FIELD OVERWRITE `address` ON `embedded_field_example` TYPE none | object
 * DEFINE FIELD OVERWRITE `address`.`city` ON `embedded_field_example` TYPE none | null | string
 * ```
 */
export function EmbeddedField<Instance extends object>(
  link: () => new (...values: never[]) => Instance,
  options?: FieldOptions<Instance>,
): FieldDecorator<Instance> {
  return fieldDecorator(new EmbeddedKind(link, options as FieldOptions<object>) as unknown as Field<Instance>)
}

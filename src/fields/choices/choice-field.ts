import { ChoiceKind } from './choice-kind.js'
import type { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import type { LiteralValue } from './literal-type.js'
import { scalarDecorator } from '../scalar-decorator.js'

/** A TypeScript `enum`, or an object that is used as one. */
export type EnumObject = Readonly<Record<string, string | number>>

class ChoiceFieldKind extends ChoiceKind {
  readonly kind = 'choice'

  constructor(choices: readonly LiteralValue[] | EnumObject, options?: FieldOptions<LiteralValue>) {
    super(Array.isArray(choices) ? (choices as readonly LiteralValue[]) : enumValues(choices), 'A ChoiceField', options)
  }

  /** The types of the choices; that it is one of them is checked by this side alone. */
  databaseType(): string {
    const types = this.choices.map((choice) => {
      if (typeof choice === 'string') return 'string'
      return typeof choice === 'boolean' ? 'bool' : Number.isInteger(choice) ? 'int' : 'float'
    })
    return [...new Set(types)].join(' | ')
  }
}

/** The values of an enum; one of numbers also holds the name of each number, which is no value. */
function enumValues(choices: EnumObject | readonly LiteralValue[]): readonly LiteralValue[] {
  const entries = Object.entries(choices as EnumObject)
  const isName = (key: string, value: unknown): boolean =>
    typeof value === 'string' && String(Number(key)) === key && (choices as EnumObject)[value] === Number(key)
  return [...new Set(entries.filter(([key, value]) => !isName(key, value)).map(([, value]) => value))]
}

/**
 * One of the choices: a list of strings, numbers and booleans, or a TypeScript enum. Stored as `string`, `int` or what
 * the choices are, so that a choice can be added without another definition.
 *
 * @example
 * ```ts
 * import { ChoiceField, Collection, Document } from 'surrealengine'
 *
 * enum Level {
 *   Low = 1,
 *   High = 2,
 * }
 *
 * @Collection('choice_field_example')
 * class Task extends Document<Task>() {
 *   @ChoiceField(Level, { default: Level.Low }) level!: Level
 *   @ChoiceField(['draft', 'done']) state?: 'draft' | 'done'
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `level` ON `choice_field_example` TYPE none | null | int
 * ```
 */
export function ChoiceField<const Choices extends readonly LiteralValue[]>(
  choices: Choices,
  options?: FieldOptions<Choices[number]>,
): FieldDecorator<Choices[number]>
export function ChoiceField<Enum extends EnumObject>(
  choices: Enum,
  options?: FieldOptions<Enum[keyof Enum]>,
): FieldDecorator<Enum[keyof Enum]>
export function ChoiceField(choices: readonly LiteralValue[] | EnumObject, options?: unknown): FieldDecorator<never> {
  const field: Field<unknown> = new ChoiceFieldKind(choices, options as FieldOptions<LiteralValue> | undefined)
  return scalarDecorator(field as Field<never>)
}

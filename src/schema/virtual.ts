import { declareMember } from './declared-members.js'

/** The word under which the getters of {@link Virtual} are noted. */
export const VIRTUAL = 'virtual'

/** A decorator of a getter, for legacy and standard decorators. */
export interface VirtualDecorator {
  <This, Value>(
    getter: (this: This) => Value,
    context: ClassGetterDecoratorContext<This, Value> & { readonly static: false; readonly private: false },
  ): void
  <Value>(
    target: object & { readonly prototype?: never },
    key: string,
    descriptor: TypedPropertyDescriptor<Value> & (Value extends (...values: never[]) => unknown ? never : unknown),
  ): void
}

/**
 * Puts a getter into `toJSON()`. A getter is computed here and stored nowhere, so that no filter can ask for it, with or
 * without this decorator.
 *
 * @example
 * ```ts
 * import { Collection, Document, StringField, Virtual } from 'surrealengine'
 *
 * @Collection('virtual_example')
 * class Person extends Document<Person>() {
 *   @StringField() firstName?: string
 *   @StringField() lastName?: string
 *   @Virtual() get fullName() {
 *     return `${this.firstName} ${this.lastName}`
 *   }
 * }
 * new Person({ firstName: 'Ann', lastName: 'Lee' }).toJSON()
 * ```
 */
export const Virtual =
  (): VirtualDecorator =>
  (target: unknown, context: unknown): void =>
    declareMember({ decorator: '@Virtual', word: VIRTUAL, belongs: 'getter' }, target, context)

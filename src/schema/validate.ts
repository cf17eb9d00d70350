import { declareMember } from './declared-members.js'

/** The word under which the methods of {@link Validate} are noted. */
export const VALIDATE = 'validate'

/** One thing that a method under `@Validate()` found. */
export interface ValidationFinding {
  /** The field it is about: `['address', 'city']`, or its name. Default: the whole document. */
  readonly path?: string | readonly (string | number)[]
  readonly message: string
}

/** What a method under `@Validate()` says: nothing when all is well, a message about the document, or a list of findings. */
export type ValidationVerdict = string | readonly ValidationFinding[] | null | undefined | void

/** A decorator of a method that gives a {@link ValidationVerdict}, for legacy and standard decorators. */
export interface ValidateDecorator {
  <This, Method extends (this: This) => ValidationVerdict | PromiseLike<ValidationVerdict>>(
    method: Method,
    context: ClassMethodDecoratorContext<This, Method> & { readonly static: false; readonly private: false },
  ): void
  <Method extends () => ValidationVerdict | PromiseLike<ValidationVerdict>>(
    target: object & { readonly prototype?: never },
    key: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void
}

/**
 * Checks what no field can check by itself: a method that says nothing when all is well, or what is wrong. It runs after the
 * checks of the fields, wherever they run; all findings are in one ValidationError, with the code `custom`. A promise it
 * returns is awaited, and is an AsyncInSyncError in a blocking method.
 *
 * @example
 * ```ts
 * import { Collection, DateTimeField, Document, Validate } from 'surrealengine'
 *
 * @Collection('validate_example')
 * class Stay extends Document<Stay>() {
 *   @DateTimeField({ required: true }) arrival!: Date
 *   @DateTimeField({ required: true }) departure!: Date
 *   @Validate() endsAfterItBegins() {
 *     if (this.departure < this.arrival) return [{ path: 'departure', message: 'is before the arrival' }]
 *     return undefined
 *   }
 * }
 * ```
 */
export const Validate =
  (): ValidateDecorator =>
  (target: unknown, context: unknown): void =>
    declareMember({ decorator: '@Validate', word: VALIDATE, belongs: 'method' }, target, context)

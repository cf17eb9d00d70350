/** For the compiler alone: an interface has to name the parameters that it shall have when users add to it. */
declare const ASKED: unique symbol

/**
 * The lookups that were registered with `registerLookup`, for the compiler: add yours to it. Each name has what the lookup
 * takes, by the type of the value that is asked; `never` where it cannot be asked.
 *
 * @example
 * ```ts
 * import { registerLookup, StringField } from 'surrealengine'
 *
 * declare module 'surrealengine' {
 *   interface CustomLookups<Value> {
 *     soundslike: Value extends string ? string : never
 *   }
 * }
 * registerLookup(StringField, 'soundslike', {
 *   build: (value, given) => value.jaroWinklerSimilarity(given).gt(0.8),
 * })
 * ```
 */
export interface CustomLookups<Value> {
  readonly [ASKED]?: Value
}

/**
 * The transforms that were registered with `registerTransform`, for the compiler: add yours to it. Each name has the type
 * of what the transform makes, by the type of the value; `never` where there is none.
 *
 * @example
 * ```ts
 * import { registerTransform, StringField } from 'surrealengine'
 *
 * declare module 'surrealengine' {
 *   interface CustomTransforms<Value> {
 *     initial: Value extends string ? string : never
 *   }
 * }
 * registerTransform(StringField, 'initial', { gives: StringField(), build: (value) => value.slice(0, 1) })
 * ```
 */
export interface CustomTransforms<Value> {
  readonly [ASKED]?: Value
}

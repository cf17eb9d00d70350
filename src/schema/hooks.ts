import { declaredMembers, declareMember } from './declared-members.js'

/** When a hook runs. A model's method of the same name is a hook too. */
export const HOOK_NAMES = ['beforeSave', 'afterSave', 'beforeDelete', 'afterDelete'] as const
export type HookName = (typeof HOOK_NAMES)[number]

/** The methods to call at each moment, by name, in order. */
export type Hooks = Readonly<Record<HookName, readonly string[]>>

/** A decorator of a method, for legacy and standard decorators. It may return a promise, in async mode. */
export interface HookDecorator {
  <This, Method extends (this: This) => unknown>(
    method: Method,
    context: ClassMethodDecoratorContext<This, Method> & { readonly static: false; readonly private: false },
  ): void
  <Method extends () => unknown>(
    target: object & { readonly prototype?: never },
    key: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void
}

function hookDecorator(hook: HookName): HookDecorator {
  const decorator = `@${hook.charAt(0).toUpperCase()}${hook.slice(1)}`
  return (target: unknown, context: unknown) =>
    declareMember({ decorator, word: hook, belongs: 'method' }, target, context)
}

/**
 * Runs a method before each save, before the document is validated. A promise it returns is awaited by `save()`, and is an
 * AsyncInSyncError in `saveSync()`.
 *
 * @example
 * ```ts
 * import { BeforeSave, Collection, Document, StringField } from 'surrealengine'
 *
 * @Collection('before_save_example')
 * class Person extends Document<Person>() {
 *   @StringField({ required: true }) email!: string
 *   @BeforeSave() lowerCase() {
 *     this.email = this.email.toLowerCase()
 *   }
 * }
 * ```
 */
export const BeforeSave = (): HookDecorator => hookDecorator('beforeSave')

/** Runs a method after each save that wrote something; see {@link BeforeSave}. */
export const AfterSave = (): HookDecorator => hookDecorator('afterSave')

/** Runs a method before the record is deleted; see {@link BeforeSave}. */
export const BeforeDelete = (): HookDecorator => hookDecorator('beforeDelete')

/** Runs a method after the record was deleted; see {@link BeforeSave}. */
export const AfterDelete = (): HookDecorator => hookDecorator('afterDelete')

/** The hooks of a class: the method of the hook's own name first, then the decorated ones. */
export function declaredHooks(target: { readonly prototype: object }, context?: { readonly metadata?: object }): Hooks {
  const methods = target.prototype as Record<string, unknown>
  const all = HOOK_NAMES.map((hook) => {
    const byName = typeof methods[hook] === 'function' ? [hook as string] : []
    return [hook, [...new Set([...byName, ...declaredMembers(hook, target, context)])]] as const
  })
  return Object.fromEntries(all) as unknown as Hooks
}

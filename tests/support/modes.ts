/** Every integration test body runs in both modes: `mode(user).save()` is `user.save()`, or `user.saveSync()`. */
export type ModeName = 'async' | 'sync'

/** Gives a target whose operations run in one mode. Its types are those of the async form; `await` serves both. */
export type Mode = <Target extends object>(target: Target) => Target

export const MODES: Readonly<Record<ModeName, Mode>> = {
  async: (target) => target,
  sync: (target) =>
    new Proxy(target, {
      get(object, name) {
        const values = object as Record<string | symbol, unknown>
        const twin = typeof name === 'string' ? values[`${name}Sync`] : undefined
        const value = typeof twin === 'function' ? twin : values[name]
        return typeof value === 'function' ? (value.bind(object) as unknown) : value
      },
    }),
}

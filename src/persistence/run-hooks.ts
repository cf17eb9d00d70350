import type { HookName } from '../schema/hooks.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { fieldValues } from './document-state.js'
import { callUser, type Operation } from './operation.js'

/** Runs the hooks of one moment, one after the other. */
export function* runHooks(meta: ModelMeta, hook: HookName, document: object): Operation<void> {
  for (const method of meta.hooks[hook]) {
    const run = fieldValues(document)[method]
    if (typeof run === 'function') yield* callUser(`${meta.name}.${method}`, () => run.call(document) as unknown)
  }
}

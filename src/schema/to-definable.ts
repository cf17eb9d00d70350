import { DefinedObject } from './defined-object.js'
import type { Definable } from './define-statements.js'
import { modelMetaOf } from './model-registry.js'
import type { ModelLike } from './table-options.js'

/** What a user gives as a definition, in the form the schema knows; a class without `@Collection` is a ModelDefinitionError. */
export function toDefinable(definition: ModelLike | DefinedObject): Definable {
  return definition instanceof DefinedObject ? definition : modelMetaOf(definition)
}

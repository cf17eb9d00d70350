import { ModelDefinitionError } from '../errors.js'
import { findStructure, registerStructure } from '../fields/structure.js'
import { hydrateFields } from '../persistence/hydrator.js'
import { toJsonObject, toPlainObject } from '../persistence/plain-object.js'
import { buildEmbeddedStructure } from '../schema/build-model-meta.js'
import type { Structure } from '../fields/structure.js'
import type { FieldName } from '../query/lookup-types.js'
import type { ClassDecorator } from './collection.js'
import { constructBare, finishInstances, memberNames, type AnyClass } from './constructible-class.js'
import { fillInstance, giveFields } from './given-fields.js'

/** The base of every embedded document; user code extends `EmbeddedDocument<Address>()`. */
export class EmbeddedDocumentBase {
  /** @internal */
  constructor(fields?: Readonly<Record<string, unknown>>) {
    const structure = structureOf(new.target)
    if (fields !== undefined) giveFields({ instance: this, structure, fields })
  }

  /** The fields as a plain object; values keep their classes, and are copies. */
  toObject(): Record<string, unknown> {
    return toPlainObject(structureOf(this.constructor), this)
  }

  /** {@link toObject} without hidden fields, and with values that JSON can hold. */
  toJSON(): Record<string, unknown> {
    return toJsonObject(structureOf(this.constructor), this)
  }
}

/** The class an embedded document extends. */
export interface EmbeddedClass<Model> {
  new (fields?: { readonly [Name in FieldName<Model>]?: Model[Name] | null | undefined }): EmbeddedDocumentBase
}

/** `EmbeddedDocument<Address>()` is the class that `Address` extends. */
export interface EmbeddedDocumentFactory {
  <Model>(): EmbeddedClass<Model>
  [Symbol.hasInstance](value: unknown): value is EmbeddedDocumentBase
}

/**
 * The base of a document that is stored inside another one.
 *
 * @example
 * ```ts
 * import { Embeddable, EmbeddedDocument, StringField } from 'surrealengine'
 *
 * @Embeddable()
 * class Address extends EmbeddedDocument<Address>() {
 *   @StringField() city?: string
 * }
 * new Address({ city: 'Paris' })
 * ```
 */
export const EmbeddedDocument = (() => EmbeddedDocumentBase) as unknown as EmbeddedDocumentFactory

Object.defineProperty(EmbeddedDocument, Symbol.hasInstance, {
  value: (value: unknown) => value instanceof EmbeddedDocumentBase,
})

const reserved = memberNames(EmbeddedDocumentBase)

/** Makes a class an embedded document: its fields are checked and known to `EmbeddedField`. */
export function Embeddable(): ClassDecorator {
  return (target: AnyClass, context?: ClassDecoratorContext) => {
    if (!(target.prototype instanceof EmbeddedDocumentBase)) {
      throw new ModelDefinitionError(
        'INVALID_MODEL',
        `${target.name} has @Embeddable but is no embedded document; write class ${target.name} extends EmbeddedDocument<${target.name}>().`,
      )
    }
    const structure = buildEmbeddedStructure({
      target: target,
      context,
      reserved,
      hydrate: (own, stored) => {
        const instance = constructBare(target)
        hydrateFields(own, instance, stored)
        return instance
      },
    })
    const finished = finishInstances(target, (instance) => fillInstance(instance, structure))
    registerStructure(target, structure)
    registerStructure(finished, structure)
    return finished
  }
}

function structureOf(target: { readonly name: string }): Structure {
  const structure = findStructure(target)
  if (structure) return structure
  throw new ModelDefinitionError(
    'MODEL_NOT_DECORATED',
    `${target.name || 'The class'} has no @Embeddable; put the decorator above the class.`,
  )
}

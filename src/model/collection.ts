import { ModelDefinitionError } from '../errors.js'
import type { StatefulDocument } from '../persistence/document-state.js'
import { hydrateRecord } from '../persistence/hydrator.js'
import { buildModelMeta } from '../schema/build-model-meta.js'
import type { CollectionOptions } from '../schema/model-meta.js'
import { inheritedBy, registerAbstract, registerModel } from '../schema/model-registry.js'
import { constructBare, finishInstances, memberNames, type AnyClass } from './constructible-class.js'
import { DocumentBase } from './document-base.js'
import { fillInstance } from './given-fields.js'
import { NodeDocument } from './node-document.js'
import { RelationBase } from './relation-document.js'

/** A decorator of a class, for legacy and standard decorators. */
export interface ClassDecorator {
  <Class extends AnyClass>(target: Class, context: ClassDecoratorContext<Class>): Class
  <Class extends AnyClass>(target: Class): Class
}

const reserved = memberNames(NodeDocument)
const reservedInRelations = memberNames(RelationBase)

/**
 * Makes a class a model, stored in the table of that name; without a name, in the snake_case of the class's own.
 *
 * A definition that cannot work is a ModelDefinitionError at once: two models on one table, two fields under one name in
 * the database, a field named like a member of every document.
 *
 * @example
 * ```ts
 * import { Collection, Document, StringField } from 'surrealengine'
 *
 * @Collection('collection_example', { schema: 'full', indexes: [{ fields: ['lastName', 'firstName'], unique: true }] })
 * class Person extends Document<Person>() {
 *   @StringField({ required: true }) firstName!: string
 *   @StringField({ required: true }) lastName!: string
 * }
 * ```
 */
export function Collection(table?: string, options?: CollectionOptions): ClassDecorator
export function Collection(options?: CollectionOptions): ClassDecorator
export function Collection(first?: string | CollectionOptions, second: CollectionOptions = {}): ClassDecorator {
  const [table, options] = typeof first === 'string' ? [first, second] : [undefined, first ?? second]
  return (target: AnyClass, context?: ClassDecoratorContext) => defineModel({ target, context, table, options })
}

interface Definition {
  readonly target: AnyClass
  readonly context: ClassDecoratorContext | undefined
  readonly table: string | undefined
  readonly options: CollectionOptions
}

function defineModel({ target, context, table, options }: Definition): AnyClass {
  if (!(target.prototype instanceof DocumentBase)) {
    throw new ModelDefinitionError(
      'INVALID_MODEL',
      `${target.name} has @Collection but is no document; write class ${target.name} extends Document<${target.name}>().`,
    )
  }
  const inherited = inheritedBy(target)
  const merged = mergeOptions(inherited.options, options)
  if (options.abstract) {
    registerAbstract(target, merged)
    return target
  }
  const isRelation = target.prototype instanceof RelationBase
  const meta = buildModelMeta({
    target: target,
    context,
    reserved: isRelation ? reservedInRelations : reserved,
    table,
    options: merged,
    parent: inherited.meta,
    isRelation,
    hydrate: (own, stored) => {
      const document = constructBare(target) as StatefulDocument
      hydrateRecord(own, document, stored)
      return document
    },
  })
  const finished = finishInstances(target, (instance) => fillInstance(instance, meta))
  registerModel(meta, target, finished)
  return finished
}

/** A model's own options above those of the class it extends; indexes add up, and each model says itself what it is. */
function mergeOptions(inherited: CollectionOptions, own: CollectionOptions): CollectionOptions {
  const { abstract: _abstract, discriminator: _discriminator, indexes = [], ...rest } = inherited
  const all = [...indexes, ...(own.indexes ?? [])]
  return { ...rest, ...own, ...(all.length > 0 && { indexes: all }) }
}

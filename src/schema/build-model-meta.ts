import { ModelDefinitionError } from '../errors.js'
import { OwnIdField } from '../fields/links/own-id-field.js'
import type { FieldBinding, Structure } from '../fields/structure.js'
import { unknownBinding } from '../fields/unknown-field.js'
import { bindFields, type DecoratedClass } from './bind-fields.js'
import { checkIndexes } from './define-indexes.js'
import { checkTableOptions } from './define-table.js'
import { declaredMembers } from './declared-members.js'
import { addVariant, discriminatorBinding } from './discriminator.js'
import { declaredHooks } from './hooks.js'
import type { CollectionOptions, Discriminator, ModelMeta } from './model-meta.js'
import { endBindings, isRelation as saysRelation } from './relation.js'
import { rolesOf } from './roles.js'
import { VALIDATE } from './validate.js'
import { VIRTUAL } from './virtual.js'

/** What `@Collection` was told, and how to make instances. */
export interface ModelDefinition extends DecoratedClass {
  readonly table: string | undefined
  /** Its own, and those of the class it extends. */
  readonly options: CollectionOptions
  /** The model it extends; undefined for none, and for an abstract one. */
  readonly parent: ModelMeta | undefined
  /** Whether its records are edges. */
  readonly isRelation: boolean
  hydrate(meta: ModelMeta, stored: Record<string, unknown>): object
}

/** The metadata of a model class; a definition that cannot work is a ModelDefinitionError. */
export function buildModelMeta(definition: ModelDefinition): ModelMeta {
  const { target, context, options, parent, isRelation } = definition
  checkOptions(definition)
  const discriminator = discriminatorOf(definition)
  const table = tableOf(definition, discriminator)
  const bindings = allBindings(definition, discriminator)
  const id: FieldBinding = { name: 'id', column: 'id', field: new OwnIdField(table) }
  const byName = new Map([...bindings, id].map((binding) => [binding.name, binding]))
  const declared = (name: string): FieldBinding | undefined => byName.get(name)
  const keepsUnknown = options.unknownFields === 'keep'
  const columns = new Set(bindings.map(({ column }) => column))
  const isTaken = (name: string): boolean => columns.has(name) || definition.reserved.has(name)
  const meta: ModelMeta = {
    name: target.name,
    table,
    bindings,
    id,
    computed: bindings.filter(({ field }) => field.isComputed).map(({ column }) => column),
    options,
    hooks: declaredHooks(target, context),
    validates: declaredMembers(VALIDATE, target, context),
    virtuals: declaredMembers(VIRTUAL, target, context),
    roles: rolesOf(target, declared),
    parent,
    discriminator,
    isMember: (name) => name in target.prototype,
    isRelation,
    keepsUnknown,
    binding: keepsUnknown ? (name) => byName.get(name) ?? unknownBinding(name, isTaken) : declared,
    hydrate: discriminator
      ? (stored) => {
          const variant = discriminator.variants.get(stored[discriminator.column] as string)
          return variant && variant !== meta ? variant.hydrate(stored) : definition.hydrate(meta, stored)
        }
      : (stored) => definition.hydrate(meta, stored),
  }
  checkTableOptions(meta)
  checkIndexes(meta)
  Object.freeze(meta)
  if (discriminator?.root) addVariant(meta)
  return meta
}

/** A model that names no table, and extends one with a discriminator, is stored in the table of that one. */
function discriminatorOf({ table, options, parent }: ModelDefinition): Discriminator | undefined {
  if (options.discriminator === undefined) return undefined
  const variants = new Map<string, ModelMeta>()
  const shared = table === undefined ? parent?.discriminator : undefined
  return shared
    ? { column: shared.column, value: options.discriminator, root: shared.root ?? parent, variants }
    : { column: options.discriminator, value: undefined, root: undefined, variants }
}

function tableOf(definition: ModelDefinition, discriminator: Discriminator | undefined): string {
  const { name } = definition.target
  const table = discriminator?.root?.table ?? definition.table ?? snakeCase(name)
  if (table !== '' && !table.includes('\0')) return table
  throw invalid(`${name || 'A class without a name'} has no usable table name; write @Collection('name').`)
}

function checkOptions({ target, options, parent, isRelation }: ModelDefinition): void {
  if (options.unknownFields === 'keep' && options.schema === 'full') {
    throw invalid(`${target.name} keeps unknown fields, which a table with the schema 'full' refuses; use 'less'.`)
  }
  if (!isRelation && saysRelation(options)) {
    throw invalid(
      `${target.name} has "in", "out" or the type "relation" but is no relation; extend RelationDocument<${target.name}>().`,
    )
  }
  if (parent?.isRelation && !isRelation) throw invalid(`${target.name} extends a relation and is none.`)
}

function allBindings(definition: ModelDefinition, discriminator: Discriminator | undefined): readonly FieldBinding[] {
  const { options, isRelation } = definition
  const bindings = bindFields({ ...definition, builtIn: isRelation ? endBindings(options) : [] })
  if (!discriminator) return bindings
  const { column, value } = discriminator
  const at = bindings.findIndex((binding) => binding.column === column)
  const binding = discriminatorBinding(column, value, bindings[at])
  if (at >= 0) return bindings.with(at, binding)
  if (binding.name === 'id' || binding.name.includes('__') || definition.reserved.has(binding.name)) {
    throw invalid(`${definition.target.name}: a discriminator cannot be called "${column}"; choose another column.`)
  }
  return [binding, ...bindings]
}

function invalid(message: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_MODEL', message)
}

/** The structure of an embedded document's class. */
export function buildEmbeddedStructure(
  definition: DecoratedClass & { hydrate(structure: Structure, stored: Record<string, unknown>): object },
): Structure {
  const bindings = bindFields(definition)
  const byName = new Map(bindings.map((binding) => [binding.name, binding]))
  const structure: Structure = {
    name: definition.target.name,
    table: undefined,
    bindings,
    virtuals: declaredMembers(VIRTUAL, definition.target, definition.context),
    validates: declaredMembers(VALIDATE, definition.target, definition.context),
    keepsUnknown: false,
    binding: (name) => byName.get(name),
    hydrate: (stored) => definition.hydrate(structure, stored),
  }
  return Object.freeze(structure)
}

/** `WorksAt` → `works_at`, `HTTPLog` → `http_log`. */
function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
}

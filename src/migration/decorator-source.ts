import { call, list, object, text, type Source, type SourceEntry } from './source-text.js'

/** The decorator of a field as source, and what has to be known of it. */
export interface DecoratorSource {
  readonly name: string
  /** In front of the options. */
  readonly items: readonly Source[]
  /** Options can be added until it is printed: an index is known after its field. */
  readonly options: SourceEntry[]
  /** The type of the property. */
  readonly type: string
  /** Whether the value may be NULL when it is not required. */
  readonly allowsNull: boolean
  /** Whether the database's schema has to know it where it is the element of a list. */
  readonly needsDefinition: boolean
}

/** A decorator with what most of them have in common. */
export function decorator(
  name: string,
  type: string,
  { items = [], options = [], allowsNull = true, needsDefinition = false }: Partial<DecoratorSource> = {},
): DecoratorSource {
  return { name, type, items, options: [...options], allowsNull, needsDefinition }
}

/** The same with further options in front. */
export function withOptions(source: DecoratorSource, options: readonly SourceEntry[]): DecoratorSource {
  return { ...source, options: [...options, ...source.options] }
}

/** A decorator as an expression. */
export function toSource({ name, items, options }: DecoratorSource): Source & { readonly kind: 'call' } {
  if (options.length === 0) return call(name, items)
  // the fields of a union are a list when options follow, and an object or a list may have no fields
  const isOpen = items.length === 0 && (name === 'ObjectField' || name === 'ListField')
  const before = name === 'UnionField' ? [list(items)] : isOpen ? [NONE] : items
  return call(name, [...before, object(options)])
}

const NONE = text('undefined')

/** The decorator for a value that may be missing, but is not NULL. */
export function optional(inner: DecoratorSource, options: readonly SourceEntry[] = []): DecoratorSource {
  const { type, needsDefinition } = inner
  return decorator('OptionField', type, {
    items: [toSource(inner)],
    options: [...options],
    needsDefinition,
    allowsNull: false,
  })
}

import type { Definitions, SchemaInfo } from './schema-info.js'
import { splitOutside, wordsOf } from './split-outside.js'
import { SourceNames } from './source-names.js'
import { readFieldTree, unescapeName, type FieldNode } from './field-tree.js'
import { writeField, type WrittenField } from './write-field.js'

/** What is written besides the classes. */
interface Source {
  readonly names: SourceNames
  readonly imports: Set<string>
  /** Finished classes: what a class needs is before it. */
  readonly classes: string[]
}

/** The TypeScript source of models that define what a database has. */
export function writeModels({ database, tables }: SchemaInfo): string {
  const source: Source = { names: new SourceNames(), imports: new Set(['Collection', 'Document']), classes: [] }
  for (const [table, definitions] of tables)
    writeModel(source, { table, definitions, definition: database['tables']![table]! })
  const others = Object.entries(database).filter(([kind]) => kind !== 'tables' && kind !== 'users')
  const rest = others.flatMap(([, definitions]) => Object.values(definitions).map(notWritten))
  const imports = `import { ${[...source.imports].sort().join(', ')} } from 'surrealengine'`
  return [...(tables.size > 0 ? [imports] : []), ...source.classes, ...rest].join('\n\n') + '\n'
}

interface TableToWrite {
  readonly table: string
  readonly definition: string
  readonly definitions: Definitions
}

function writeModel(source: Source, { table, definition, definitions }: TableToWrite): void {
  const name = source.names.classFor(table)
  const tree = readFieldTree(definitions['fields'] ?? {})
  const body = writeFields(source, tree, name)
  const indexes = Object.values(definitions['indexes'] ?? {}).map((index) => writeIndex(index))
  const options = [
    `schema: '${wordsOf(definition).includes('SCHEMAFULL') ? 'full' : 'less'}'`,
    ...listOption(
      'indexes',
      indexes.filter(({ isWritten }) => isWritten).map(({ text }) => text),
    ),
  ]
  const leftOut = [
    ...tableRest(definition),
    ...indexes.filter(({ isWritten }) => !isWritten).map(({ text }) => text),
    ...Object.values(definitions['events'] ?? {}),
  ]
  source.classes.push(
    [
      ...leftOut.map(notWritten),
      `@Collection(${JSON.stringify(table)}, { ${options.join(', ')} })`,
      `export class ${name} extends Document<${name}>() {`,
      ...body,
      '}',
    ].join('\n'),
  )
}

function writeFields(source: Source, tree: ReadonlyMap<string, FieldNode>, owner: string): readonly string[] {
  return [...tree].flatMap(([column, node]) => {
    const written = writeField(node, {
      column,
      embedded: (inside) => writeEmbedded(source, inside, `${owner} ${column}`),
    })
    for (const each of written.imports) source.imports.add(each)
    return linesOf(written)
  })
}

function linesOf({ leftOut, lines }: WrittenField): readonly string[] {
  return [...leftOut.map(notWritten), ...lines].map((line) => line.replaceAll(/^/gm, '  '))
}

function writeEmbedded(source: Source, inside: ReadonlyMap<string, FieldNode>, name: string): string {
  const className = source.names.classFor(name)
  const body = writeFields(source, inside, className)
  source.imports.add('Embeddable').add('EmbeddedDocument')
  source.classes.push(
    ['@Embeddable()', `export class ${className} extends EmbeddedDocument<${className}>() {`, ...body, '}'].join('\n'),
  )
  return className
}

/** DEFINE INDEX name ON table FIELDS a, b [UNIQUE], as an option; any other one as it is. */
function writeIndex(definition: string): { readonly text: string; readonly isWritten: boolean } {
  const words = wordsOf(definition)
  const isUnique = words.at(-1) === 'UNIQUE'
  const paths = splitOutside(words.slice(6, isUnique ? -1 : undefined).join(' '), ',').map((path) =>
    splitOutside(path.trim(), '.').map(unescapeName),
  )
  const isPlain = paths.every((path) => path.every((step) => /^[^\s*]+$/.test(step) && !step.includes('__')))
  if (words[5] !== 'FIELDS' || !isPlain) return { text: definition, isWritten: false }
  const fields = paths.map((path) => JSON.stringify(path.map((step) => SourceNames.property(step)).join('__')))
  const name = JSON.stringify(unescapeName(words[2]!))
  const unique = isUnique ? ', unique: true' : ''
  return { text: `{ fields: [${fields.join(', ')}]${unique}, name: ${name} }`, isWritten: true }
}

function listOption(name: string, items: readonly string[]): readonly string[] {
  return items.length > 0 ? [`${name}: [${items.join(', ')}]`] : []
}

/** What a table has that is not said by `schema`. */
function tableRest(definition: string): readonly string[] {
  const rest = wordsOf(definition).slice(3).join(' ')
  return /^TYPE NORMAL SCHEMA(FULL|LESS) PERMISSIONS NONE$/.test(rest) ? [] : [definition]
}

function notWritten(definition: string): string {
  return `// not written: ${definition.replaceAll(/\s+/g, ' ')}`
}

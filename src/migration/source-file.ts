import { toSource, type DecoratorSource } from './decorator-source.js'
import { print, printDecorator, propertyName, type Source } from './source-text.js'
import { SourceNames, TYPE_IMPORTS } from './source-names.js'

/** A property of a class, or what stands in its place: definitions that no decorator says. */
export interface SourceProperty {
  readonly leftOut: readonly string[]
  readonly field?: {
    readonly name: string
    readonly decorator: DecoratorSource
    readonly isRequired: boolean
    readonly isReadonly: boolean
  }
}

/** A class with a decorator. */
export interface SourceClass {
  readonly leftOut: readonly string[]
  readonly decorator: Source & { readonly kind: 'call' }
  readonly name: string
  /** What it extends. */
  readonly base: string
  readonly properties: readonly SourceProperty[]
}

/** A TypeScript file in the making. */
export class SourceFile {
  readonly names = new SourceNames()
  readonly #imports = new Set<string>()
  /** Printed at the end: the indexes of a field are known after its class. */
  readonly #parts: (() => string)[] = []

  /** A constant that other files can use. */
  addConstant(name: string, value: Source): void {
    const start = `export const ${name} = `
    this.#parts.push(() => {
      this.#use(value)
      return `${start}${print(value, { indent: 0, column: start.length, behind: 0 })}`
    })
  }

  addClass(written: SourceClass): void {
    this.#parts.push(() => this.#printClass(written))
  }

  #printClass({ leftOut, decorator, name, base, properties }: SourceClass): string {
    this.#use(decorator)
    this.#imports.add(/^\w+/.exec(base)![0])
    const head = [
      ...leftOut.map(notWritten),
      `@${printDecorator(decorator, { indent: 0, column: 1, behind: 0 })}`,
      `export class ${name} extends ${base} {`,
    ]
    const body = properties.flatMap((property) => this.#linesOf(property))
    return body.length === 0 ? `${head.join('\n')}}` : [...head, ...body, '}'].join('\n')
  }

  /** Definitions that nothing can say. */
  addLeftOut(definitions: readonly string[]): void {
    if (definitions.length > 0) this.#parts.push(() => definitions.map(notWritten).join('\n'))
  }

  #linesOf({ leftOut, field }: SourceProperty): readonly string[] {
    const comments = leftOut.map((definition) => `  ${notWritten(definition)}`)
    if (!field) return comments
    const { name, decorator, isRequired, isReadonly } = field
    const source = toSource(decorator)
    this.#use(source)
    this.#useTypes(decorator.type)
    const property = `${isReadonly ? 'readonly ' : ''}${propertyName(name)}${isRequired ? '!' : '?'}: ${decorator.type}`
    const printed = `  @${printDecorator(source, { indent: 2, column: 3, behind: 0 })}`
    const inOneLine = `${printed} ${property}`
    const fits = !printed.includes('\n') && inOneLine.length <= 120
    return [...comments, ...(fits ? [inOneLine] : [printed, `  ${property}`])]
  }

  #use(source: Source): void {
    if (source.kind === 'list') for (const each of source.items) this.#use(each)
    if (source.kind === 'object') for (const [, value] of source.entries) this.#use(value)
    if (source.kind === 'text' && source.text.startsWith('surql`')) this.#imports.add('surql')
    if (source.kind !== 'call') return
    this.#imports.add(source.name.replace('new ', ''))
    for (const each of source.items) this.#use(each)
  }

  #useTypes(type: string): void {
    const words = type.replaceAll(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g, '').match(/[\p{ID_Continue}$]+/gu) ?? []
    for (const word of words) if (TYPE_IMPORTS.has(word)) this.#imports.add(`type ${word}`)
  }

  toString(): string {
    const parts = this.#parts.map((part) => part())
    const byName = (left: string, right: string): number =>
      left.replace('type ', '') < right.replace('type ', '') ? -1 : 1
    const names = [...this.#imports].sort(byName)
    const inOneLine = `import { ${names.join(', ')} } from 'surrealengine'`
    const inLines = `import {\n${names.map((name) => `  ${name},\n`).join('')}} from 'surrealengine'`
    const imports = inOneLine.length > 120 ? inLines : inOneLine
    return [...(names.length > 0 ? [imports] : []), ...parts].join('\n\n') + '\n'
  }
}

function notWritten(definition: string): string {
  return `// not written: ${definition.replaceAll(/\s+/g, ' ')}`
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

export const ROOT = path.join(__dirname, '../..')

/** A block fenced as `ts`: in Markdown, or below an `@example` in the JSDoc of src. */
export interface CodeBlock {
  /** File and line of the first line of code: `docs/queries.md:12`. */
  readonly place: string
  readonly file: string
  readonly line: number
  readonly code: string
  /** Marked in Markdown by `<!-- run -->` before the fence. */
  readonly runs: boolean
}

const below = (folder: string, ending: string): string[] =>
  existsSync(path.join(ROOT, folder))
    ? readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith(ending))
        .map((file) => path.join(folder, file))
        .sort()
    : []

function blocksOf(file: string, text: string): CodeBlock[] {
  return [...text.matchAll(/(<!-- run -->\n+)?^```ts\n([\s\S]*?)^```/gm)].map((match) => {
    const [whole, mark, code = ''] = match
    const line = text.slice(0, match.index + whole.indexOf('```ts')).split('\n').length + 1
    return { place: `${file}:${line}`, file, line, code, runs: mark !== undefined }
  })
}

/** A source file with nothing left of it but its JSDoc, each line where it was. */
function onlyJsDoc(source: string): string {
  const blank = (text: string) => text.replaceAll(/[^\n]/g, '')
  let kept = ''
  let end = 0
  for (const match of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const comment = match[0].includes('@example')
      ? match[0].replaceAll(/^[ \t]*(\/\*\*|\*\/|\* ?)/gm, '')
      : blank(match[0])
    kept += blank(source.slice(end, match.index)) + comment
    end = match.index + match[0].length
  }
  return kept
}

/** Every block of README.md, docs/ and the JSDoc of src. */
export function codeBlocks(): CodeBlock[] {
  const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
  return [
    ...['README.md', ...below('docs', '.md')]
      .filter((file) => existsSync(path.join(ROOT, file)))
      .flatMap((file) => blocksOf(file, read(file))),
    ...below('src', '.ts').flatMap((file) => blocksOf(file, onlyJsDoc(read(file)))),
  ]
}

const SAMPLE = path.join(__dirname, 'sample-models.ts')
const INDEX = path.join(ROOT, 'src/index.ts')

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: [
    'lib.es2023.d.ts',
    'lib.esnext.disposable.d.ts',
    'lib.esnext.decorators.d.ts',
    'lib.dom.d.ts',
    'lib.dom.iterable.d.ts',
  ],
  types: ['node'],
  typeRoots: [path.join(ROOT, 'node_modules/@types')],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
  paths: { surrealengine: [INDEX] },
}

/** The names a module exports. */
function exportsOf(files: readonly string[]): string[][] {
  const program = ts.createProgram([...files], OPTIONS)
  const checker = program.getTypeChecker()
  return files.map((file) => {
    const source = program.getSourceFile(file)
    const symbol = source && checker.getSymbolAtLocation(source)
    return symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : []
  })
}

/**
 * What stands before and after a block. One that imports something is a whole module; any other is a fragment, which sees
 * every public name and the models of sample-models.ts, and may declare names of its own over them.
 */
function wrapperOf(block: CodeBlock, fragmentStart: string): [start: string, end: string] {
  return /^import /m.test(block.code) ? ['', ''] : [fragmentStart, '}\n']
}

/** Compiles all blocks as one program: what is wrong with them, each with its place. */
export function compileErrors(blocks: readonly CodeBlock[]): string[] {
  const [publicNames = [], sampleNames = []] = exportsOf([INDEX, SAMPLE])
  const shadowed = publicNames.filter((name) => !sampleNames.includes(name))
  const start = `import { ${shadowed.join(', ')} } from 'surrealengine'; import { ${sampleNames.join(', ')} } from '${SAMPLE.replace(/ts$/, 'js')}'; export async function fragment() {\n`
  const modules = new Map(
    blocks.map((block, at) => {
      const [before, after] = wrapperOf(block, start)
      return [
        path.join(ROOT, `docs/code-block-${at}.ts`),
        { block, text: before + block.code + after, offset: before === '' ? 0 : 1 },
      ] as const
    }),
  )

  const host = ts.createCompilerHost(OPTIONS)
  const onDisk = { fileExists: host.fileExists, readFile: host.readFile, getSourceFile: host.getSourceFile }
  host.fileExists = (file) => modules.has(file) || onDisk.fileExists(file)
  host.readFile = (file) => modules.get(file)?.text ?? onDisk.readFile(file)
  host.getSourceFile = (file, language, ...rest) => {
    const text = modules.get(file)?.text
    return text === undefined
      ? onDisk.getSourceFile(file, language, ...rest)
      : ts.createSourceFile(file, text, language)
  }

  const program = ts.createProgram([...modules.keys()], OPTIONS, host)
  return [...modules].flatMap(([file, { block, offset }]) => {
    const source = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) => {
        const line = block.line + (source?.getLineAndCharacterOfPosition(start).line ?? 0) - offset
        return `${block.file}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
      },
    )
  })
}

import path from 'node:path'
import ts from 'typescript'

const ROOT = path.join(__dirname, '../..')
const MARK = '@ts-expect-error '

/** Settings of a user that change what compiles. */
export interface Settings {
  readonly experimentalDecorators: boolean
  readonly exactOptionalPropertyTypes: boolean
}

/** One thing the compiler says. */
export interface Complaint {
  /** From 0. */
  readonly line: number
  readonly message: string
}

/** A line of which the file says, in the line above it, what the compiler says of it. */
export interface Mark {
  readonly line: number
  /** Part of the message; what stands behind ` -- ` is a remark. */
  readonly message: string
}

/** What the compiler says of a file of this folder when the marks in it do not count, and what the marks say. */
export function checkFile(
  name: string,
  settings: Settings,
): { readonly complaints: Complaint[]; readonly marks: Mark[] } {
  const file = path.join(__dirname, name)
  const text = readText(file)
  const options = { ...baseOptions(), ...settings }
  const program = ts.createProgram([file], options, hostWith(options))
  const source = program.getSourceFile(file)
  const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  const complaints = diagnostics.map(({ file: at, start = 0, messageText }) => ({
    line: at ? at.getLineAndCharacterOfPosition(start).line : 0,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }))
  return { complaints, marks: marksIn(text) }
}

function marksIn(text: string): Mark[] {
  return text.split('\n').flatMap((content, index) => {
    const at = content.indexOf(MARK)
    return at < 0 ? [] : [{ line: index + 1, message: content.slice(at + MARK.length).split(' -- ')[0]! }]
  })
}

function readText(file: string): string {
  const text = ts.sys.readFile(file)
  if (text === undefined) throw new Error(`${file} cannot be read`)
  return text
}

function baseOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: object
  }
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options
}

const parsed = new Map<string, ts.SourceFile | undefined>()

/** A host that reads each file once, and takes the marks for ordinary comments. */
function hostWith(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (name, ...others) => {
    if (!parsed.has(name)) {
      const isMarked = path.dirname(path.resolve(name)) === __dirname
      const unmarked = (): ts.SourceFile =>
        ts.createSourceFile(name, readText(name).replaceAll('@ts-expect-error', '@expected-error--'), others[0])
      parsed.set(name, isMarked ? unmarked() : getSourceFile(name, ...others))
    }
    return parsed.get(name)
  }
  return host
}

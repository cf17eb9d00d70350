import { transformSync as esbuild } from 'esbuild'
import { transformSync as swc, type Options } from '@swc/core'
import ts from 'typescript'

/** One way to make JavaScript of TypeScript. */
export interface Toolchain {
  readonly name: string
  /** The JavaScript of one file; undefined when Node is to run the TypeScript itself, with tsx. */
  readonly compile: ((source: string, file: string) => string) | undefined
  readonly settings: Settings
}

/** What of a tsconfig changes how classes are made. */
export interface Settings {
  readonly experimentalDecorators: boolean
  readonly emitDecoratorMetadata: boolean
  readonly useDefineForClassFields: boolean
}

const compileWithTypeScript =
  (settings: Settings): Toolchain['compile'] =>
  (source, fileName) => {
    const compilerOptions = { ...settings, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
    return ts.transpileModule(source, { fileName, compilerOptions }).outputText
  }

const compileWithSwc =
  (settings: Settings, decoratorVersion: '2022-03' | '2023-11'): Toolchain['compile'] =>
  (source, filename) => {
    const decorators = settings.experimentalDecorators
      ? { legacyDecorator: true, decoratorMetadata: settings.emitDecoratorMetadata }
      : { decoratorVersion }
    const options: Options = {
      filename,
      swcrc: false,
      module: { type: 'es6' },
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { ...decorators, useDefineForClassFields: settings.useDefineForClassFields },
      },
    }
    return swc(source, options).code
  }

const compileWithEsbuild =
  ({ emitDecoratorMetadata: _, ...compilerOptions }: Settings): Toolchain['compile'] =>
  (source, sourcefile) =>
    esbuild(source, { loader: 'ts', format: 'esm', target: 'es2022', sourcefile, tsconfigRaw: { compilerOptions } })
      .code

const SETTINGS: readonly Settings[] = [true, false].flatMap((useDefineForClassFields) => [
  { experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields },
  { experimentalDecorators: true, emitDecoratorMetadata: false, useDefineForClassFields },
  { experimentalDecorators: false, emitDecoratorMetadata: false, useDefineForClassFields },
])

function describeSettings({
  experimentalDecorators,
  emitDecoratorMetadata,
  useDefineForClassFields,
}: Settings): string {
  const decorators = experimentalDecorators ? 'legacy decorators' : 'standard decorators'
  const metadata = emitDecoratorMetadata ? ' with metadata' : ''
  return `${decorators}${metadata}, ${useDefineForClassFields ? 'define' : 'assign'}`
}

/** Every compiler with every setting it knows. */
export const TOOLCHAINS: readonly Toolchain[] = SETTINGS.flatMap((settings): Toolchain[] => {
  const named = (compiler: string, compile: Toolchain['compile']): Toolchain => ({
    name: `${compiler}, ${describeSettings(settings)}`,
    compile,
    settings,
  })
  const later = settings.experimentalDecorators ? [] : [named('swc 2023-11', compileWithSwc(settings, '2023-11'))]
  // esbuild makes no metadata, so there is nothing to tell apart
  const withoutMetadata = settings.emitDecoratorMetadata
    ? []
    : [named('esbuild', compileWithEsbuild(settings)), named('tsx', undefined)]
  return [
    named('tsc', compileWithTypeScript(settings)),
    named('swc', compileWithSwc(settings, '2022-03')),
    ...later,
    ...withoutMetadata,
  ]
})

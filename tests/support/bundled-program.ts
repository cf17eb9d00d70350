import { buildSync } from 'esbuild'

const programs = new Map<string, string>()

/** A program in TypeScript with the files of ours that it imports, as one text in JavaScript: it starts without a loader. */
export function bundledProgram(file: string, format: 'cjs' | 'esm'): string {
  const known = programs.get(file)
  if (known !== undefined) return known
  const options = { bundle: true, write: false, platform: 'node', packages: 'external', logLevel: 'error' } as const
  const { text } = buildSync({ entryPoints: [file], format, ...options }).outputFiles[0]!
  programs.set(file, text)
  return text
}

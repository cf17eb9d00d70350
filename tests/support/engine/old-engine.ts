import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The package of engine 2.6, under a name of its own beside that of engine 3. */
export const OLD_ENGINE = 'surrealdb-node-2'

/** How a process comes to load it, or why none can. */
export type OldEngine = { readonly preload?: string } | { readonly missing: string }

/** The variable of the environment in which the tests find it. */
export const FOUND_ENGINE = 'FOUND_OLD_ENGINE'

/** Jest calls this once, before the first test of the project `engine 2.6`; it reads no other file of ours. */
export default function setup(): void {
  process.env[FOUND_ENGINE] = JSON.stringify(findOldEngine())
}

/** The binary wants functions that the C library has since version 2.38: the same as the plain ones, but for binary literals. */
const SHIM = `
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
long __isoc23_strtol(const char *text, char **end, int base) { return strtol(text, end, base); }
long long __isoc23_strtoll(const char *text, char **end, int base) { return strtoll(text, end, base); }
unsigned long __isoc23_strtoul(const char *text, char **end, int base) { return strtoul(text, end, base); }
unsigned long long __isoc23_strtoull(const char *text, char **end, int base) { return strtoull(text, end, base); }
int __isoc23_sscanf(const char *text, const char *format, ...) {
  va_list values;
  va_start(values, format);
  int count = vsscanf(text, format, values);
  va_end(values);
  return count;
}
`

/** Tried in a process of its own; where the C library is too old for it, with those functions besides. */
function findOldEngine(): OldEngine {
  const plain = failureOf()
  if (plain === undefined) return {}
  const preload = buildShim()
  if (preload === undefined) return { missing: plain }
  const shimmed = failureOf(preload)
  return shimmed === undefined ? { preload } : { missing: shimmed }
}

/** What a process needs in its environment. */
export function environmentOf(preload: string | undefined): NodeJS.ProcessEnv {
  return preload ? { ...process.env, LD_PRELOAD: preload } : process.env
}

function failureOf(preload?: string): string | undefined {
  try {
    const program = `await import('${OLD_ENGINE}').catch(({ message }) => { console.log(message.split('\\n')[0]) }); process.exit()`
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      env: environmentOf(preload),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return said.trim() || undefined
  } catch (error) {
    return String(error)
  }
}

function buildShim(): string | undefined {
  if (process.platform !== 'linux') return undefined
  const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-shim-'))
  const [source, library] = ['shim.c', 'shim.so'].map((name) => path.join(directory, name)) as [string, string]
  try {
    writeFileSync(source, SHIM)
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, source], { stdio: 'ignore' })
    return library
  } catch {
    return undefined
  }
}

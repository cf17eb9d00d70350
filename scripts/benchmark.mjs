/** `npm run benchmark`: compiles the package and benchmarks/, then measures each engine in a process of its own. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'

process.chdir(path.join(import.meta.dirname, '..'))

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const [engine, ...rest] = process.argv.slice(2)
run('scripts/build-host.mjs')
run('node_modules/typescript/bin/tsc', '-p', 'benchmarks/tsconfig.json')
for (const each of engine ? [engine] : ['mem', 'surrealkv', 'ws', 'http'])
  run('.tmp/benchmark/benchmarks/main.js', each, ...rest)

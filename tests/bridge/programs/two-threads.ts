/** Starts two threads that each open a store: together, or in turn; or that both talk to a server. */
import { buildSync } from 'esbuild'
import { Worker } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { startServer } from '../../support/server/server.js'

const [how = ''] = process.argv.slice(2)
const server = how === 'server' ? await startServer() : undefined
const target = server ? { kind: 'websocket', urls: [server.wsUrl] } : { kind: 'embedded', urls: ['mem://'] }
/** What the threads said. */
const answers = { opened: 0, refused: 0 }

/** As JavaScript: a worker does not inherit the TypeScript loader. */
const threadProgram = buildSync({
  entryPoints: [fileURLToPath(new URL('./thread.ts', import.meta.url))],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  external: ['@surrealdb/node'],
  logLevel: 'error',
  logOverride: { 'empty-import-meta': 'silent' },
}).outputFiles[0]!.text

const workers: Worker[] = []

/** Resolves when the thread has ended; `answered` is called as soon as it knows whether it could open its link. */
function runThread(mode: 'async' | 'sync', answered: () => void): Promise<unknown> {
  const worker = new Worker(threadProgram, { eval: true, execArgv: [], workerData: { target, mode } })
  workers.push(worker)
  worker.on('message', (answer: keyof typeof answers) => {
    answers[answer]++
    answered()
  })
  return new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('exit', resolve)
  })
}

function letThemEnd(): void {
  for (const worker of workers.splice(0)) worker.postMessage('end')
}

function whenBothAnswered(): void {
  if (answers.opened + answers.refused === 2) letThemEnd()
}

if (how === 'in turn') {
  await runThread('async', letThemEnd)
  await runThread('sync', letThemEnd)
} else {
  await Promise.all([runThread('async', whenBothAnswered), runThread('sync', whenBothAnswered)])
}
await server?.stop()
console.log(JSON.stringify(answers))

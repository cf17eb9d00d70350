/** Starts two threads that each open a store: together, or in turn; or that both talk to a server. */
import { Worker } from 'node:worker_threads'
import { startServer } from '../../support/bridge-server.js'

const [how = ''] = process.argv.slice(2)
const server = how === 'server' ? await startServer() : undefined
const target = server ? { kind: 'websocket', url: server.wsUrl } : { kind: 'embedded', url: 'mem://' }
/** What the threads said. */
const answers = { opened: 0, refused: 0 }

const workers: Worker[] = []

/** Resolves when the thread has ended; `answered` is called as soon as it knows whether it could open its link. */
function runThread(mode: 'async' | 'sync', answered: () => void): Promise<unknown> {
  // a worker does not inherit the TypeScript loader
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(process.env.THREAD_FILE) })`
  const worker = new Worker(start, {
    eval: true,
    env: { ...process.env, THREAD_FILE: new URL('./thread.ts', import.meta.url).href },
    workerData: { target, mode },
  })
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

import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'

/**
 * Starts a thread that runs this file, with a job and a port for what it gives. It is not waited for, and
 * where it does not start it gives nothing.
 */
export function startHelper<Job extends { port: MessagePort }, Given>(file: URL, job: Omit<Job, 'port'>) {
  const { port1, port2: port } = new MessageChannel()
  const worker = new Worker(file, {
    workerData: { ...job, port },
    transferList: [port],
  })
  worker.unref()
  worker.on('error', () => {})
  return {
    /** The next that was given, if any. */
    received: (): Given | undefined => receiveMessageOnPort(port1)?.message,
    close: () => port1.close(),
  }
}

// Asks for statistics over one connection for so long, and tells how long 99 of 100 answers took at most.
import { Agent, get } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

const { url, token, seconds } = workerData as { url: string; token: string; seconds: number }
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const headers = { authorization: `Bearer ${token}` }

const ask = () =>
  new Promise<void>((resolve, reject) => {
    get(`${url}/v1/statistics`, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`statistics: ${answer.statusCode}`))
      answer.on('end', resolve).resume()
    }).on('error', reject)
  })

const times: number[] = []
const until = performance.now() + seconds * 1000
while (performance.now() < until) {
  const began = performance.now()
  await ask()
  times.push(performance.now() - began)
}
agent.destroy()
parentPort?.postMessage(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)])

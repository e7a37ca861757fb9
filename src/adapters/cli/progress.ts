import type { OnProgress } from '../../application/audit.ts'

export type Terminal = {
  isTTY?: boolean | undefined
  columns?: number | undefined
  rows?: number | undefined
  write(text: string): unknown
}

const BAR_WIDTH = 30

/**
 * Shows how far the work is: on a terminal one line that is drawn again at every percent, elsewhere a line at
 * every tenth. `finish` ends the drawn line, so that what is printed next begins on its own.
 */
export function createProgress(terminal: Terminal): { onProgress: OnProgress; finish(): void } {
  const stepPercent = terminal.isTTY ? 1 : 10
  let shown = ''
  let drawing = false

  return {
    onProgress({ phase, done, total }) {
      const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100))
      const step = `${phase} ${Math.floor(percent / stepPercent)}`
      if (step === shown) return
      const counts = `${phase} ${String(percent).padStart(3)} % (${done} of ${total})`
      if (!terminal.isTTY) {
        terminal.write(`${counts}\n`)
      } else {
        const filled = Math.round((percent / 100) * BAR_WIDTH)
        const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${counts}`
        // Back to the start of the line, and what stood there before is wiped.
        terminal.write(`\r\u001b[2K${bar.slice(0, terminal.columns ?? 80)}`)
        drawing = true
      }
      shown = step
    },
    finish() {
      if (drawing) terminal.write('\n')
      drawing = false
    },
  }
}

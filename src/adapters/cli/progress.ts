import type { OnProgress } from '../../application/audit.ts'

export type Terminal = {
  isTTY?: boolean | undefined
  columns?: number | undefined
  rows?: number | undefined
  write(text: string): unknown
}

const BAR_WIDTH = 20
const REDRAW_MILLISECONDS = 200

/**
 * Shows how far the work is: on a terminal one line that is drawn again at every percent and several times a
 * second, with the rate of the phase and the time that is left at this rate; elsewhere a line at every tenth.
 * `finish` ends the drawn line, so that what is printed next begins on its own.
 */
export function createProgress(
  terminal: Terminal,
  now: () => number,
): { onProgress: OnProgress; finish(): void } {
  const stepPercent = terminal.isTTY ? 1 : 10
  let shown = ''
  let shownAt = 0
  let drawing = false
  let began = { phase: '', done: 0, at: 0 }

  function draw(counts: string, rate: string, percent: number) {
    const filled = Math.round((percent / 100) * BAR_WIDTH)
    const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${counts}${rate}`
    // Back to the start of the line, and what stood there before is wiped.
    terminal.write(`\r\u001b[2K${bar.slice(0, terminal.columns ?? 100)}`)
    drawing = true
  }

  return {
    onProgress({ phase, done, total, unit = 'events' }) {
      const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100))
      const step = `${phase} ${Math.floor(percent / stepPercent)}`
      const at = terminal.isTTY ? now() : 0
      if (phase !== began.phase) began = { phase, done, at }
      if (step === shown && at - shownAt < REDRAW_MILLISECONDS) return
      const counts = `${phase} ${String(percent).padStart(3)} % (${done} of ${total})`
      if (!terminal.isTTY) terminal.write(`${counts}\n`)
      else draw(counts, rateOf(done - began.done, at - began.at, total - done, unit), percent)
      shown = step
      shownAt = at
    },
    finish() {
      if (drawing) terminal.write('\n')
      drawing = false
    },
  }
}

function rateOf(done: number, milliseconds: number, left: number, unit: string): string {
  if (done <= 0 || milliseconds <= 0) return ''
  const perSecond = (done / milliseconds) * 1000
  return `, ${Math.round(perSecond)} ${unit}/s, ${timeText(left / perSecond)} left`
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [minutes, rest] = [Math.floor(whole / 60), String(whole % 60).padStart(2, '0')]
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}

import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { Explained, type Input } from './operations.ts'
import type { Terminal } from './progress.ts'
import { plain } from './train-words.ts'

/** A typed line, and when it was: it may have waited. */
export type Line = { text: string; at: number }

export type Console = {
  /** Whether what is drawn stands still, so that a clock in it may run. */
  live: boolean
  /** Tells something that stays. */
  say(line: string): void
  /** Shows how things stand, in place of what was drawn before. */
  draw(lines: readonly string[]): void
  /** The next line that was typed; undefined when nothing more will come. */
  nextLine(prompt: () => string, hidden?: boolean): Promise<Line | undefined>
  /** Lines that nobody has asked for yet. */
  waiting(): number
  columns(): number
  ring(): void
  /** Nobody is waited for any more. */
  end(): void
  /** Leaves the terminal as it was. */
  close(): void
}

export type ConsoleParts = { input: Input; output: Terminal; now(): number; onStop(): void }

const COLUMNS = 80
const ROWS = 24

/** Lines as they come, for those who ask one after the other. */
function createLines(now: () => number) {
  const lines: Line[] = []
  let asked: ((line: Line | undefined) => void) | undefined
  let ended = false
  return {
    waiting: () => lines.length,
    push(text: string) {
      const line = { text, at: now() }
      if (asked === undefined) lines.push(line)
      else asked(line)
      asked = undefined
    },
    end(dropping: boolean) {
      ended = true
      if (dropping) lines.length = 0
      asked?.(undefined)
      asked = undefined
    },
    next: () =>
      new Promise<Line | undefined>((resolve) => {
        if (lines.length > 0 || ended) resolve(lines.shift())
        else asked = resolve
      }),
  }
}

/** Without a terminal: everything is a line of its own, and nothing is drawn twice. */
export function openPipe({ input, output, now }: ConsoleParts): Console {
  const lines = createLines(now)
  const reader = createInterface({ input, terminal: false })
  reader.on('line', lines.push)
  reader.on('close', () => lines.end(false))
  let drawn = ''
  const say = (line: string) => output.write(`${plain(line)}\n`)
  return {
    live: false,
    say,
    draw(shown) {
      const text = shown.map((line) => `${line}\n`).join('')
      if (text !== drawn) output.write(text)
      drawn = text
    },
    async nextLine(prompt, hidden) {
      if (hidden) throw new Explained('There is no terminal to ask for a password: set REPLEDGER_PASSWORD.')
      if (prompt() !== '> ') say(prompt().trimEnd())
      return lines.next()
    },
    waiting: lines.waiting,
    columns: () => COLUMNS,
    ring() {},
    end: () => lines.end(true),
    close: () => reader.close(),
  }
}

const CLEAR_LINE = '\u001b[K'
const CLEAR_BELOW = '\u001b[J'
const NO_WRAP = '\u001b[?7l'
const WRAP = '\u001b[?7h'

/**
 * What is said goes up like any output; below it stands what is drawn, and the line that is being typed. All
 * of it is painted over in one go, never wiped before, so that it does not flicker.
 */
export function openTerminal({ input, output, now, onStop }: ConsoleParts): Console {
  const lines = createLines(now)
  // The editor keeps the line and the cursor; where they are to be seen is decided here.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const editor = createInterface({ input, output: nowhere, terminal: true, historySize: 0, prompt: '' })
  let block: readonly string[] = []
  let question = { prompt: () => '', hidden: false }
  let rowsAbove = 0
  let painted = ''
  let closed = false

  // A terminal that does not know its size says 0.
  const columns = () => (output.columns || COLUMNS) - 1
  const toTop = () => `\r${rowsAbove > 0 ? `\u001b[${rowsAbove}A` : ''}`

  function paint(said: readonly string[] = []) {
    if (closed) return
    const prompt = question.prompt()
    const room = Math.max(1, columns() - prompt.length)
    const from = Math.max(0, editor.cursor - room + 1)
    const typed = question.hidden ? '' : editor.line.slice(from, from + room)
    const right = prompt.length + (question.hidden ? 0 : editor.getCursorPos().cols - from)
    const above = block.slice(0, (output.rows || ROWS) - 1)
    const rows = [...above, `${prompt}${typed}`].map((row) => `${row}${CLEAR_LINE}`).join('\r\n')
    const placed = right > 0 ? `\r\u001b[${right}C` : '\r'
    const picture = `${NO_WRAP}${rows}${CLEAR_BELOW}${WRAP}${placed}`
    if (picture === painted && said.length === 0) return
    const record = said.map((line) => `${line}\r\n`).join('')
    output.write(`${toTop()}${record === '' ? '' : `${CLEAR_BELOW}${record}`}${picture}`)
    painted = picture
    rowsAbove = above.length
  }

  const onKey = () => paint()
  input.on('keypress', onKey)
  editor.on('line', lines.push)
  editor.on('close', () => lines.end(false))
  editor.on('SIGINT', onStop)
  // Back from the shell, where Ctrl-Z had led: the editor waits to be told, and what the shell wrote stays.
  editor.on('SIGCONT', () => {
    editor.resume()
    rowsAbove = 0
    painted = ''
    paint()
  })

  return {
    live: true,
    say: (line) => paint([plain(line)]),
    draw(shown) {
      block = ['', ...shown]
      paint()
    },
    nextLine(prompt, hidden = false) {
      question = { prompt, hidden }
      paint()
      return lines.next()
    },
    waiting: lines.waiting,
    columns,
    ring: () => void output.write('\u0007'),
    end: () => lines.end(true),
    close() {
      if (closed) return
      closed = true
      output.write(`${toTop()}${CLEAR_BELOW}`)
      input.off('keypress', onKey)
      editor.close()
    },
  }
}

import { Command } from 'commander'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function serveCommand(perform: Perform) {
  return new Command('serve')
    .description('serve the HTTP API until the process is asked to end (the default)')
    .action((options) =>
      perform(options, async ({ operations, settings, outside, answer }) => {
        // Heard from the first moment on: whoever is asked to end while starting ends once it listens.
        const stopped = outside.stopAsked()
        const serving = await operations.serve(settings)
        if (isHindrance(serving)) return serving
        answer({ url: serving.url, dataDir: settings.dataDir }, [
          `RepLedger answers at ${serving.url} and keeps its data in ${settings.dataDir}`,
          ...(serving.isStarting ? ['It builds its views first; /readyz tells how far it is.'] : []),
        ])
        const hindrance = await Promise.race([stopped.then(() => undefined), serving.failed])
        await serving.close()
        return hindrance ?? exitCodes.good
      }),
    )
}

# A digest may follow the tag: --build-arg NODE_IMAGE=node:24-slim@sha256:...
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# Volumes that are mounted here take over whose these are.
RUN mkdir -m 0700 ../data ../backups ../vaults

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="RepLedger" org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=5005 DATA_DIR=/data SQLITE_TMPDIR=/data
# As npm start has it.
ENV MALLOC_MMAP_THRESHOLD_=1048576 NODE_OPTIONS="--max-semi-space-size=8 --max-old-space-size=1024"
WORKDIR /app
COPY --from=packages --chown=1000:1000 /data /data
COPY --from=packages --chown=1000:1000 /backups /backups
COPY --from=packages --chown=1000:1000 /vaults /vaults
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY client client
COPY src src
USER 1000:1000
VOLUME /data
EXPOSE 5005
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m --start-interval=2s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
